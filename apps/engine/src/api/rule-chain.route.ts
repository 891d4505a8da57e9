import { AppError, idOf, ruleChainMetadataSchema, ruleChainTypes } from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { notFound } from '../access/entity-access.ts'
import type { ApiDeps } from './api-deps.ts'
import { pageOf, ruleChainMetadataOutput, ruleChainSchema } from './entity-schemas.ts'
import { pageQuerySchema, pathId, toPageLink } from './page-query.ts'
import { addRoute, type RouteGroup, tenantAdmin } from './route.ts'
import { sentAsIs } from './serializer.ts'

const params = z.object({ ruleChainId: pathId })
const saveRuleChainSchema = z.object({
  id: idOf('RULE_CHAIN').nullish(),
  name: z
    .string({ error: 'Rule chain name should be specified!' })
    .trim()
    .min(1, 'Rule chain name should be specified!')
    .max(255),
  type: z.enum(ruleChainTypes).default('CORE'),
  debugMode: z.boolean().default(false),
  additionalInfo: z.record(z.string(), z.unknown()).nullish(),
})

/** Rule chains and their drawings (as ThingsBoard). */
export const ruleChainRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Rule chains'
  return {
    tag,
    register: (api) => {
      readRoutes(api, tag, deps)
      writeRoutes(api, tag, deps)
      fileRoutes(api, tag, deps)
    },
  }
}

const readRoutes = (api: FastifyInstance, tag: string, { database }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/ruleChains',
    access: tenantAdmin,
    summary: 'Rule chains of the tenant',
    query: pageQuerySchema,
    response: pageOf(ruleChainSchema),
    handle: ({ caller, query }) => database.ruleChains.list(scopeOf(caller), toPageLink(query)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/ruleChain/:ruleChainId',
    access: tenantAdmin,
    summary: 'One rule chain',
    params,
    response: ruleChainSchema,
    handle: async ({ caller, params: { ruleChainId } }) => {
      const chain = await database.ruleChains.find(scopeOf(caller), ruleChainId)
      if (!chain) throw notFound('RULE_CHAIN')
      return chain
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/ruleChain/:ruleChainId/metadata',
    access: tenantAdmin,
    summary: 'Nodes and connections of a rule chain',
    params,
    response: ruleChainMetadataOutput,
    handle: async ({ caller, params: { ruleChainId } }) => {
      const metadata = await database.ruleChains.metadata(scopeOf(caller), ruleChainId)
      if (!metadata) throw notFound('RULE_CHAIN')
      return { ...metadata, ruleChainConnections: null }
    },
  })
}

const writeRoutes = (api: FastifyInstance, tag: string, { ruleChains }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/ruleChain',
    access: tenantAdmin,
    summary: 'Create an empty rule chain',
    body: saveRuleChainSchema,
    response: ruleChainSchema,
    handle: ({ caller, body: { id, ...chain } }) => {
      if (id) throw new AppError('ARGUMENT_INVALID', 'Renaming a rule chain is not supported')
      return ruleChains.create(caller, chain)
    },
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/ruleChain/metadata',
    access: tenantAdmin,
    summary: 'Save nodes and connections; running batches end on the old version',
    body: ruleChainMetadataSchema,
    response: ruleChainMetadataOutput,
    handle: async ({ caller, body }) => ({
      ...(await ruleChains.saveMetadata(caller, body)),
      ruleChainConnections: null,
    }),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/ruleChain/:ruleChainId/root',
    access: tenantAdmin,
    summary: 'Make a rule chain the one that messages enter first',
    params,
    response: ruleChainSchema,
    handle: ({ caller, params: { ruleChainId } }) => ruleChains.setRoot(caller, ruleChainId),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/ruleChain/:ruleChainId',
    access: tenantAdmin,
    summary: 'Delete a rule chain',
    params,
    response: 'empty',
    handle: ({ caller, params: { ruleChainId } }) => ruleChains.delete(caller, ruleChainId),
  })
}

const fileRoutes = (api: FastifyInstance, tag: string, { ruleChains }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/ruleChain/import',
    access: tenantAdmin,
    summary: 'Create a rule chain from an exported file of any age, with warnings about what will not run',
    // Checked by the import itself, which names every problem of the file and not just the first.
    body: z.unknown(),
    response: z.object({ ruleChain: ruleChainSchema, warnings: z.array(z.string()) }),
    handle: ({ caller, body }) => ruleChains.import(caller, body),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/ruleChain/:ruleChainId/export',
    access: tenantAdmin,
    summary: 'A rule chain as a file',
    params,
    response: sentAsIs(z.looseObject({ ruleChain: z.looseObject({}), metadata: z.looseObject({}) })),
    handle: ({ caller, params: { ruleChainId } }) => ruleChains.export(caller, ruleChainId),
  })
}
