import { entityTypeSchema } from '@thingwire/contracts'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { invalidBody } from '../rpc/rpc-service.ts'
import type { RuleEngineCall } from '../rpc/rule-engine-calls.ts'
import type { ApiDeps } from './api-deps.ts'
import { errorBody } from './error-edge.ts'
import { isJson, jsonTextSchema, useTextBodies } from './json-body.ts'
import { pathId } from './page-query.ts'
import { addRoute, anyone, type RouteGroup } from './route.ts'
import type { Caller } from '../auth/sign-in.ts'

const defaultTimeoutMs = 10_000
const longestTimeoutMs = 300_000

const entityPath = { entityType: entityTypeSchema, entityId: pathId }
const timeout = z
  .string()
  .regex(/^\d{1,9}$/, "Invalid value of path variable 'timeout'")
  .transform((text) => Math.min(Number(text), longestTimeoutMs))

/** REST calls into rule chains, answered by a "rest call reply" node (as ThingsBoard). */
export const ruleEngineRoutes = ({ ruleEngineCalls, now }: ApiDeps): RouteGroup => {
  const tag = 'Rule engine'
  const common = {
    method: 'POST',
    access: anyone,
    body: jsonTextSchema.optional(),
    response: 'raw',
    errorFormat: 'text',
  } as const

  const answer = async (
    caller: Caller,
    reply: FastifyReply,
    call: Omit<RuleEngineCall, 'body'>,
    body: string | undefined,
  ) => {
    if (body === undefined || !isJson(body)) return void reply.status(400).send(errorBody(invalidBody(), now()))
    const data = await ruleEngineCalls.call(caller, { ...call, body })
    if (data === null) return void reply.status(408).send()
    if (!isJson(data)) return void reply.status(406).send()
    return void reply.status(200).type('application/json; charset=utf-8').send(data)
  }

  return {
    tag,
    register: (api) => {
      api.register(async (scope) => {
        useTextBodies(scope)
        addRoute(scope, tag, {
          ...common,
          path: '/api/rule-engine/',
          summary: 'Call the rule engine in the name of the own user',
          handle: ({ caller, body, reply }) => answer(caller, reply, { timeoutMs: defaultTimeoutMs }, body),
        })
        addRoute(scope, tag, {
          ...common,
          path: '/api/rule-engine/:entityType/:entityId',
          summary: 'Call the rule engine about an entity',
          params: z.object(entityPath),
          handle: ({ caller, params: { entityType, entityId: id }, body, reply }) =>
            answer(caller, reply, { entityId: { entityType, id }, timeoutMs: defaultTimeoutMs }, body),
        })
        addRoute(scope, tag, {
          ...common,
          path: '/api/rule-engine/:entityType/:entityId/:timeout',
          summary: 'Call the rule engine about an entity and wait so many milliseconds',
          params: z.object({ ...entityPath, timeout }),
          handle: ({ caller, params: { entityType, entityId: id, timeout: timeoutMs }, body, reply }) =>
            answer(caller, reply, { entityId: { entityType, id }, timeoutMs }, body),
        })
        addRoute(scope, tag, {
          ...common,
          path: '/api/rule-engine/:entityType/:entityId/:queueName/:timeout',
          summary: 'Call the rule engine about an entity through a queue of your choice',
          params: z.object({ ...entityPath, queueName: z.string().max(255), timeout }),
          handle: ({ caller, params: { entityType, entityId: id, queueName, timeout: timeoutMs }, body, reply }) =>
            answer(caller, reply, { entityId: { entityType, id }, queueName, timeoutMs }, body),
        })
      })
    },
  }
}
