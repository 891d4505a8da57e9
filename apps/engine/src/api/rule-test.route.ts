import { chainTestReportSchema, chainTestsSchema, ruleChainMetadataSchema } from '@thingwire/contracts'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pathId } from './page-query.ts'
import { addRoute, type RouteGroup, tenantAdmin } from './route.ts'

/** Tests of rule chains. */
export const ruleTestRoutes = ({ ruleTests }: ApiDeps): RouteGroup => {
  const tag = 'Rule chains'
  return {
    tag,
    register: (api) =>
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/ruleChain/:ruleChainId/runTests',
        access: tenantAdmin,
        summary: 'Run tests of a rule chain, or of a drawing that is not saved, without changing anything',
        params: z.object({ ruleChainId: pathId }),
        body: z.object({ metadata: ruleChainMetadataSchema.optional(), tests: chainTestsSchema.optional() }),
        response: z.array(chainTestReportSchema),
        handle: ({ caller, params, body }) => ruleTests.run(caller, params.ruleChainId, body),
      }),
  }
}
