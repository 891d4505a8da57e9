import {
  AppError,
  entityId,
  entityIdSchema,
  messageViewSchema,
  ruleNodeScriptSchema,
  ruleNodeStateSchema,
  tracePathSchema,
  traceSchema,
} from '@thingwire/contracts'
import { z } from 'zod'
import { readNodeStates } from '../rule-runner/node-states.ts'
import { readSamples } from '../rule-debug/connection-samples.ts'
import { readScriptUses } from '../scripting/script-uses.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { ApiDeps } from './api-deps.ts'
import { pathId } from './page-query.ts'
import { addRoute, type RouteGroup, tenantAdmin } from './route.ts'

const sampleSchema = z.object({ at: z.number(), message: messageViewSchema, error: z.string().nullable() })
const tenantOf = ({ tenantId }: Caller): string => {
  if (!tenantId) throw new AppError('PERMISSION_DENIED')
  return tenantId
}

const traceParams = z.object({ traceId: pathId })

/** Looking at messages on their way through rule chains. */
export const ruleDebugRoutes = ({ access, redis, traces, now }: ApiDeps): RouteGroup => {
  const tag = 'Rule engine debugging'
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/traces',
        access: tenantAdmin,
        summary: 'Follow the next message of an entity through all rule chains and queues',
        body: z.object({
          entityId: entityIdSchema,
          /** How long to wait for it, ms. */
          waitMs: z.number().int().min(1_000).max(3_600_000).default(300_000),
        }),
        response: traceSchema,
        handle: async ({ caller, body }) => {
          const { tenantId } = await access.require(caller, body.entityId, 'READ', { missingText: 'byId' })
          return traces.begin(tenantId, body.entityId, body.waitMs)
        },
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/traces',
        access: tenantAdmin,
        summary: 'Traces of the last day, newest first',
        response: z.array(traceSchema),
        handle: ({ caller }) => traces.list(tenantOf(caller)),
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/traces/:traceId',
        access: tenantAdmin,
        summary: 'The steps of a message, with what each node changed',
        params: traceParams,
        response: tracePathSchema,
        handle: ({ caller, params }) => traces.find(tenantOf(caller), params.traceId),
      })
      addRoute(api, tag, {
        method: 'DELETE',
        path: '/api/traces/:traceId',
        access: tenantAdmin,
        summary: 'Forget a trace, or stop waiting for its message',
        params: traceParams,
        response: 'empty',
        handle: ({ caller, params }) => traces.delete(tenantOf(caller), params.traceId),
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/ruleChain/:ruleChainId/nodeStates',
        access: tenantAdmin,
        summary: 'The nodes of a chain that are not active, with the reason',
        params: z.object({ ruleChainId: pathId }),
        response: z.array(ruleNodeStateSchema),
        handle: async ({ caller, params: { ruleChainId } }) => {
          await access.require(caller, entityId('RULE_CHAIN', ruleChainId), 'READ', { missingText: 'byId' })
          return readNodeStates(redis, ruleChainId, now())
        },
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/ruleChain/:ruleChainId/scripts',
        access: tenantAdmin,
        summary: 'What the scripts of a chain have done: calls, messages, errors, time, and whether one is suspended',
        params: z.object({ ruleChainId: pathId }),
        response: z.array(ruleNodeScriptSchema),
        handle: async ({ caller, params: { ruleChainId } }) => {
          await access.require(caller, entityId('RULE_CHAIN', ruleChainId), 'READ', { missingText: 'byId' })
          return readScriptUses(redis, ruleChainId, now())
        },
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/ruleChain/:ruleChainId/samples',
        access: tenantAdmin,
        summary: 'The last messages that left a node by a connection; without one: that came to it',
        params: z.object({ ruleChainId: pathId }),
        query: z.object({ ruleNodeId: pathId, connection: z.string().max(255).optional() }),
        response: z.array(sampleSchema),
        handle: async ({ caller, params: { ruleChainId }, query: { ruleNodeId, connection } }) => {
          await access.require(caller, entityId('RULE_CHAIN', ruleChainId), 'READ', { missingText: 'byId' })
          return readSamples(redis, { ruleChainId, ruleNodeId, connection: connection ?? null })
        },
      })
    },
  }
}
