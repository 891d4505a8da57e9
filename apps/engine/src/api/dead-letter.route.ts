import {
  deadLetterCountSchema,
  type DeadLetterFilter,
  deadLetterInfoSchema,
  deadLetterSchema,
  deadLetterSelectionSchema,
  replayPlaces,
} from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { optionalId, pageQuery, pathId, toPageLink } from './page-query.ts'
import { addRoute, type RouteGroup, systemOrTenant } from './route.ts'

const letterParams = z.object({ deadLetterId: pathId })
const epochMs = (name: string) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `Invalid value of request parameter '${name}'`)
    .transform(Number)
    .optional()
const filterQuery = {
  startTime: epochMs('startTime'),
  endTime: epochMs('endTime'),
  queueName: z.string().max(255).optional(),
  ruleChainId: optionalId,
  ruleNodeId: optionalId,
  originatorId: optionalId,
  error: z.string().max(10_000).optional(),
}
const countsQuery = z.object({ ...filterQuery, textSearch: z.string().max(255).optional() })
/** Reasons shown at once. */
const mostCounts = 1_000

/** The members that were given. */
const toFilter = (query: z.output<typeof countsQuery>): DeadLetterFilter => {
  const { startTime, endTime, queueName, ruleChainId, ruleNodeId, originatorId, error, textSearch } = query
  return {
    ...(startTime !== undefined && { startTime }),
    ...(endTime !== undefined && { endTime }),
    ...(queueName && { queueName }),
    ...(ruleChainId && { ruleChainId }),
    ...(ruleNodeId && { ruleNodeId }),
    ...(originatorId && { originatorId }),
    ...(error && { error }),
    ...(textSearch && { textSearch }),
  }
}

/** Messages that no rule chain could finish: to look at, to send again, to delete. */
export const deadLetterRoutes = ({ database, deadLetters }: ApiDeps): RouteGroup => {
  const tag = 'Dead letters'
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/deadLetters',
        access: systemOrTenant,
        summary: 'Messages that no rule chain could finish, newest first unless another order is asked for',
        query: z.object({ ...pageQuery, ...filterQuery }),
        response: pageOf(deadLetterInfoSchema),
        handle: ({ caller, query }) =>
          database.deadLetters.list(scopeOf(caller), toPageLink(query), toFilter({ ...query, textSearch: undefined })),
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/deadLetters/counts',
        access: systemOrTenant,
        summary: 'How many of them have the same reason: by queue, rule node and error, the most frequent first',
        query: countsQuery,
        response: z.array(deadLetterCountSchema),
        handle: ({ caller, query }) => database.deadLetters.counts(scopeOf(caller), toFilter(query), mostCounts),
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/deadLetter/:deadLetterId',
        access: systemOrTenant,
        summary: 'One of them, with its message as it stood when it failed',
        params: letterParams,
        response: deadLetterSchema,
        handle: ({ caller, params }) => deadLetters.find(caller, params.deadLetterId),
      })
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/deadLetters/replay',
        access: systemOrTenant,
        summary:
          'Send messages into their queues again: at the rule node that failed them, or at the start of its chain',
        body: z.strictObject({ which: deadLetterSelectionSchema, from: z.enum(replayPlaces).default('NODE') }),
        response: z.object({ replayed: z.number(), unreadable: z.number() }),
        handle: ({ caller, body }) => deadLetters.replay(caller, body.which, body.from),
      })
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/deadLetters/delete',
        access: systemOrTenant,
        summary: 'Delete some of them, or all that a filter lets through',
        body: z.strictObject({ which: deadLetterSelectionSchema }),
        response: z.object({ deleted: z.number() }),
        handle: ({ caller, body }) => deadLetters.delete(caller, body.which),
      })
      addRoute(api, tag, {
        method: 'DELETE',
        path: '/api/deadLetter/:deadLetterId',
        access: systemOrTenant,
        summary: 'Delete one of them',
        params: letterParams,
        response: 'empty',
        handle: async ({ caller, params }) => {
          await deadLetters.find(caller, params.deadLetterId)
          await deadLetters.delete(caller, { ids: [params.deadLetterId] })
        },
      })
    },
  }
}
