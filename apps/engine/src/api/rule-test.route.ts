import {
  chainTestReportSchema,
  chainTestsSchema,
  replayReportSchema,
  replayRequestSchema,
  ruleChainMetadataSchema,
} from '@thingwire/contracts'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pathId } from './page-query.ts'
import { addRoute, type RouteGroup, tenantAdmin } from './route.ts'

const params = z.object({ ruleChainId: pathId })

/** Tests of rule chains, and what a change would have done to messages that have come. */
export const ruleTestRoutes = ({ ruleTests, replays }: ApiDeps): RouteGroup => {
  const tag = 'Rule chains'
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/ruleChain/:ruleChainId/runTests',
        access: tenantAdmin,
        summary: 'Run tests of a rule chain, or of a drawing that is not saved, without changing anything',
        params,
        body: z.object({ metadata: ruleChainMetadataSchema.optional(), tests: chainTestsSchema.optional() }),
        response: z.array(chainTestReportSchema),
        handle: ({ caller, params: { ruleChainId }, body }) => ruleTests.run(caller, ruleChainId, body),
      })
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/ruleChain/:ruleChainId/replay',
        access: tenantAdmin,
        summary: 'Run kept messages through a drawing, and tell where the outcome differs from the saved one',
        params,
        body: replayRequestSchema.extend({
          metadata: ruleChainMetadataSchema,
          /** Absent: the saved drawing. */
          against: ruleChainMetadataSchema.optional(),
        }),
        response: replayReportSchema,
        handle: ({ caller, params: { ruleChainId }, body }) => replays.run(caller, ruleChainId, body),
      })
    },
  }
}
