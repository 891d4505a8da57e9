import {
  defaultRuleChainRequestSchema,
  entityId,
  importRuleChainDataSchema,
  libraryImportSchema,
  nullUuid,
  outputLabelsUsageSchema,
  ruleChainDataSchema,
  ruleChainGraphSchema,
  ruleChainImportResultSchema,
  ruleChainMetadataSchema,
  ruleChainSchema,
  saveRuleChainSchema,
  scriptLanguages,
  scriptTestResultSchema,
  scriptTestSchema,
} from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { toGraph } from '../rule-chains/rule-chain-data.ts'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { idListQuery, optionalPageQuery, pathId, queryFlag, requirePageLink } from './page-query.ts'
import { addRoute, type RouteGroup, tenantAdmin } from './route.ts'
import { sentAsIs } from './serializer.ts'

const params = z.object({ ruleChainId: pathId })
const maxExported = 1_000

/** Rule chains and their drawings (as ThingsBoard). */
export const ruleChainRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Rule chains'
  return {
    tag,
    register: (api) => {
      readRoutes(api, tag, deps)
      listRoutes(api, tag, deps)
      labelRoutes(api, tag, deps)
      writeRoutes(api, tag, deps)
      fileRoutes(api, tag, deps)
      scriptRoutes(api, tag, deps)
    },
  }
}

const readRoutes = (api: FastifyInstance, tag: string, { ruleChains }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/ruleChain/:ruleChainId',
    access: tenantAdmin,
    summary: 'One rule chain',
    params,
    response: ruleChainSchema,
    handle: ({ caller, params: { ruleChainId } }) => ruleChains.find(caller, ruleChainId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/ruleChain/:ruleChainId/metadata',
    access: tenantAdmin,
    summary: 'Nodes and connections of a rule chain',
    params,
    response: ruleChainGraphSchema,
    handle: async ({ caller, params: { ruleChainId } }) => toGraph(await ruleChains.metadata(caller, ruleChainId)),
  })
}

const listRoutes = (api: FastifyInstance, tag: string, { database }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/ruleChains',
    access: tenantAdmin,
    summary: 'Rule chains of the tenant; with ruleChainIds: those',
    query: z.object({
      ...optionalPageQuery,
      type: z.string().max(16).optional(),
      ruleChainIds: idListQuery.optional(),
    }),
    response: z.union([pageOf(ruleChainSchema), z.array(ruleChainSchema)]),
    handle: ({ caller, query }) =>
      query.ruleChainIds
        ? database.ruleChains.findMany(scopeOf(caller), query.ruleChainIds)
        : database.ruleChains.list(scopeOf(caller), requirePageLink(query), { type: query.type }),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/ruleChains/list',
    access: tenantAdmin,
    summary: 'Those of the rule chains that the tenant has',
    query: z.object({ ruleChainIds: idListQuery }),
    response: z.array(ruleChainSchema),
    handle: ({ caller, query }) => database.ruleChains.findMany(scopeOf(caller), query.ruleChainIds),
  })
}

const labelRoutes = (api: FastifyInstance, tag: string, { database, access }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/ruleChain/:ruleChainId/output/labels',
    access: tenantAdmin,
    summary: 'Names of the output nodes: the labels along which a calling node goes on',
    params,
    response: z.array(z.string()),
    handle: async ({ caller, params: { ruleChainId } }) => {
      const { scope } = await access.require(caller, entityId('RULE_CHAIN', ruleChainId), 'READ', {
        missingText: 'byId',
      })
      return database.ruleChains.outputLabels(scope, ruleChainId)
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/ruleChain/:ruleChainId/output/labels/usage',
    access: tenantAdmin,
    summary: 'Which nodes of other chains call this one, and the labels that they use',
    params,
    response: z.array(outputLabelsUsageSchema),
    handle: async ({ caller, params: { ruleChainId } }) => {
      const { scope } = await access.require(caller, entityId('RULE_CHAIN', ruleChainId), 'READ', {
        missingText: 'byId',
      })
      return database.ruleChains.outputLabelUsages(scope, ruleChainId)
    },
  })
}

const writeRoutes = (api: FastifyInstance, tag: string, { ruleChains }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/ruleChain',
    access: tenantAdmin,
    summary: 'Create an empty rule chain, or change name, description and debug flag of one',
    body: saveRuleChainSchema,
    response: ruleChainSchema,
    handle: ({ caller, body }) => ruleChains.save(caller, body),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/ruleChain/device/default',
    access: tenantAdmin,
    summary: 'Create a rule chain with the usual nodes for the devices of a profile',
    body: defaultRuleChainRequestSchema,
    response: ruleChainSchema,
    handle: ({ caller, body }) => ruleChains.createDefault(caller, body.name),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/ruleChain/metadata',
    access: tenantAdmin,
    summary: 'Save nodes and connections; running batches end on the old version',
    query: z.object({ updateRelated: queryFlag.default(true) }),
    body: ruleChainMetadataSchema,
    response: ruleChainGraphSchema,
    handle: async ({ caller, query, body }) =>
      toGraph(await ruleChains.saveMetadata(caller, body, { updateRelated: query.updateRelated })),
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

const fileRoutes = (api: FastifyInstance, tag: string, { ruleChains, ruleChainTransfer }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/ruleChain/import',
    access: tenantAdmin,
    summary: 'Create a rule chain from an exported file of any age, with warnings about what will not run',
    // Checked by the import itself, which names every problem of the file and not just the first.
    body: z.unknown(),
    response: z.object({
      ruleChain: ruleChainSchema,
      warnings: z.array(z.string()),
      scriptLibraries: z.array(libraryImportSchema),
    }),
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
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/ruleChains/export',
    access: tenantAdmin,
    summary: `Rule chains of the tenant in one file, ${maxExported} at most`,
    query: z.object({
      limit: z
        .string({ error: "Required request parameter 'limit' for method parameter type int is not present" })
        .regex(/^[1-9]\d{0,8}$/, "Invalid value of request parameter 'limit'")
        .transform((text) => Math.min(Number(text), maxExported)),
    }),
    response: ruleChainDataSchema,
    handle: ({ caller, query }) => ruleChainTransfer.export(caller, query.limit),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/ruleChains/import',
    access: tenantAdmin,
    summary: 'Rule chains of such a file; overwrite: those of the same name and type are replaced',
    query: z.object({ overwrite: queryFlag.default(false) }),
    body: importRuleChainDataSchema,
    response: z.array(ruleChainImportResultSchema),
    handle: ({ caller, query, body }) => ruleChainTransfer.import(caller, body, query.overwrite),
  })
}

const scriptRoutes = (api: FastifyInstance, tag: string, { scripts, database, access }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/ruleChain/tbelEnabled',
    access: tenantAdmin,
    summary: 'Whether scripts may be written in TBEL',
    response: z.boolean(),
    handle: () => true,
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/ruleChain/testScript',
    access: tenantAdmin,
    summary: 'Try a script with a message; what is wrong with it is told in error',
    query: z.object({ scriptLang: z.enum(scriptLanguages).default('JS') }),
    body: scriptTestSchema,
    response: scriptTestResultSchema,
    handle: ({ caller, query, body }) => scripts.test(caller.tenantId ?? nullUuid, query.scriptLang, body),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/ruleNode/:ruleNodeId/debugIn',
    access: tenantAdmin,
    summary: 'The last message that entered a node while it was debugged, or nothing',
    params: z.object({ ruleNodeId: pathId }),
    response: z.record(z.string(), z.unknown()).optional(),
    handle: async ({ caller, params: { ruleNodeId } }) => {
      const node = entityId('RULE_NODE', ruleNodeId)
      const { tenantId } = await access.require(caller, node, 'READ', { missingText: 'byId' })
      return (await database.events.lastIn(tenantId, ruleNodeId)) ?? undefined
    },
  })
}
