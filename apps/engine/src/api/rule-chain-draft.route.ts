import {
  publishDraftSchema,
  ruleChainDraftSchema,
  ruleChainGraphSchema,
  ruleChainSummarySchema,
  ruleChainUsesSchema,
  ruleChainVersionDocumentSchema,
  ruleChainVersionSchema,
  ruleNodeMatchSchema,
  savedRuleChainDraftSchema,
  versionNoteSchema,
  saveRuleChainDraftSchema,
  entityId,
} from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { idListQuery, pageQuerySchema, pathId, toPageLink, versionNumber } from './page-query.ts'
import { addRoute, type RouteGroup, tenantAdmin } from './route.ts'
import { sentAsIs } from './serializer.ts'

const params = z.object({ ruleChainId: pathId })

/** How rule chains are edited: in drafts, which are published as versions. */
export const ruleChainDraftRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Rule chain drafts and versions'
  return {
    tag,
    register: (api) => {
      draftRoutes(api, tag, deps)
      versionRoutes(api, tag, deps)
      findRoutes(api, tag, deps)
    },
  }
}

const draftRoutes = (api: FastifyInstance, tag: string, { ruleChainDrafts }: ApiDeps): void => {
  const path = '/api/ruleChain/:ruleChainId/draft'
  addRoute(api, tag, {
    method: 'GET',
    path,
    access: tenantAdmin,
    summary: 'The edits of a rule chain that are not published; null when there are none',
    params,
    response: sentAsIs(z.object({ draft: ruleChainDraftSchema.nullable() })),
    handle: async ({ caller, params: { ruleChainId } }) => {
      const draft = await ruleChainDrafts.find(caller, ruleChainId)
      return { draft: draft && { ruleChainId: ruleChainId.toLowerCase(), ...draft } }
    },
  })
  addRoute(api, tag, {
    method: 'PUT',
    path,
    access: tenantAdmin,
    summary: 'Save the draft of a rule chain, valid or not; 409 when somebody else has saved another one',
    params,
    body: saveRuleChainDraftSchema,
    response: savedRuleChainDraftSchema,
    handle: async ({ caller, params: { ruleChainId }, body }) => ({
      ruleChainId: ruleChainId.toLowerCase(),
      ...(await ruleChainDrafts.save(caller, ruleChainId, body)),
    }),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path,
    access: tenantAdmin,
    summary: 'Discard the draft of a rule chain; 409 when `revision` is given and it is another by now',
    params,
    query: z.object({ revision: versionNumber.optional() }),
    response: 'empty',
    handle: ({ caller, params: { ruleChainId }, query: { revision } }) =>
      ruleChainDrafts.discard(caller, ruleChainId, revision ?? null),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/ruleChain/:ruleChainId/publish',
    access: tenantAdmin,
    summary: 'Put the draft in place of what runs; 409 when either is another than the caller has seen',
    params,
    body: publishDraftSchema,
    response: z.object({ metadata: ruleChainGraphSchema, version: z.number().int() }),
    handle: ({ caller, params: { ruleChainId }, body }) => ruleChainDrafts.publish(caller, ruleChainId, body),
  })
}

const versionRoutes = (api: FastifyInstance, tag: string, { ruleChainDrafts }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/ruleChain/:ruleChainId/versions',
    access: tenantAdmin,
    summary: 'What was published of a rule chain, newest first; the last 200 are kept',
    params,
    query: pageQuerySchema,
    response: pageOf(ruleChainVersionSchema),
    handle: ({ caller, params: { ruleChainId }, query }) =>
      ruleChainDrafts.versions(caller, ruleChainId, toPageLink(query)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/ruleChain/:ruleChainId/version/:version',
    access: tenantAdmin,
    summary: 'What was published when the rule chain had this version',
    params: params.extend({ version: versionNumber }),
    response: sentAsIs(ruleChainVersionDocumentSchema),
    handle: ({ caller, params: { ruleChainId, version } }) => ruleChainDrafts.version(caller, ruleChainId, version),
  })
  addRoute(api, tag, {
    method: 'PUT',
    path: '/api/ruleChain/:ruleChainId/version/:version/note',
    access: tenantAdmin,
    summary: 'Say something else about a version',
    params: params.extend({ version: versionNumber }),
    body: versionNoteSchema,
    response: ruleChainVersionSchema,
    handle: ({ caller, params: { ruleChainId, version }, body }) =>
      ruleChainDrafts.saveNote(caller, ruleChainId, version, body.note || null),
  })
}

const findRoutes = (api: FastifyInstance, tag: string, { database, access }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/ruleChain/:ruleChainId/usedBy',
    access: tenantAdmin,
    summary: 'What would miss a rule chain: nodes that call it, profiles that begin with it',
    params,
    response: ruleChainUsesSchema,
    handle: async ({ caller, params: { ruleChainId } }) => {
      const { scope } = await access.require(caller, entityId('RULE_CHAIN', ruleChainId), 'READ', {
        missingText: 'byId',
      })
      return database.ruleNodeSearch.uses(scope, ruleChainId)
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/ruleChains/summaries',
    access: tenantAdmin,
    summary: 'What lists tell of rule chains: nodes, uses, when they were published and edited, and by whom',
    query: z.object({ ruleChainIds: idListQuery }),
    response: z.array(ruleChainSummarySchema),
    handle: ({ caller, query }) => database.ruleNodeSearch.summaries(scopeOf(caller), query.ruleChainIds),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/ruleChains/search',
    access: tenantAdmin,
    summary: 'Nodes of all rule chains whose name, description or configuration has a text; 100 at most',
    query: z.object({ textSearch: z.string().trim().min(1).max(255) }),
    response: z.array(ruleNodeMatchSchema),
    handle: ({ caller, query }) => database.ruleNodeSearch.find(scopeOf(caller), query.textSearch),
  })
}
