import {
  alarmCountQuerySchema,
  alarmDataQuerySchema,
  alarmDataSchema,
  attributeScopes,
  attributeScopeSchema,
  entityCountQuerySchema,
  entityDataQuerySchema,
  entityDataSchema,
  keySummariesSchema,
  queryValueSchema,
} from '@thingwire/contracts'
import type { KeySample } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { queryFlag, queryFlagOr } from './page-query.ts'
import { queryBody } from './query-bodies.ts'
import { addRoute, anyone, type RouteGroup, tenantOrCustomer } from './route.ts'
import { sentAsIs } from './serializer.ts'

const countBody = queryBody(entityCountQuerySchema, { entityFilter: true, pageLink: false })
const dataBody = queryBody(entityDataQuerySchema, { entityFilter: true, pageLink: true })
const alarmDataBody = queryBody(alarmDataQuerySchema, { entityFilter: true, pageLink: true })
const alarmCountBody = queryBody(alarmCountQuerySchema, { entityFilter: false, pageLink: false })

const flag = (name: string) =>
  queryFlagOr(`Required request parameter '${name}' for method parameter type boolean is not present`)
const keysQuery = z.object({
  timeseries: flag('timeseries'),
  attributes: flag('attributes'),
  scope: attributeScopeSchema.optional(),
})
const samplesQuery = z.object({
  includeTimeseries: queryFlag.default(true),
  includeAttributes: queryFlag.default(true),
  scopes: z
    .union([z.string(), z.array(z.string())])
    .transform((given) =>
      [given]
        .flat()
        .flatMap((text) => text.split(','))
        .filter((text) => text !== ''),
    )
    .pipe(z.array(attributeScopeSchema))
    .optional(),
  includeSamples: queryFlag.default(false),
})

/** Epoch ms. */
const time = z.coerce.number().int().min(0).max(8_640_000_000_000_000)
const windowQuery = z.object({ startTs: time.optional(), endTs: time.optional() })

const keysOutput = z.object({
  entityTypes: z.array(z.string()),
  timeseries: z.array(z.string()),
  attribute: z.array(z.string()),
})
const sampledKey = z.object({ key: z.string(), sample: queryValueSchema.optional() })
const samplesOutput = z.object({
  entityTypes: z.array(z.string()),
  timeseries: z.array(sampledKey),
  attributes: z.partialRecord(attributeScopeSchema, z.array(sampledKey)),
})

/** The entity query language: one shape for all searches over entities (as ThingsBoard). */
export const entityQueryRoutes = ({ entityQueries, alarmQueries }: ApiDeps): RouteGroup => {
  const tag = 'Entity queries'
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/entitiesQuery/count',
        access: anyone,
        summary: 'How many entities a query finds; dynamic values are not looked at, their defaults are',
        body: countBody,
        response: z.number(),
        handle: ({ caller, body }) => entityQueries.count(caller, body),
      })
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/entitiesQuery/find',
        access: anyone,
        summary: 'Entities that a query finds, with their fields, attributes and latest values',
        body: dataBody,
        response: sentAsIs(pageOf(entityDataSchema)),
        handle: ({ caller, body }) => entityQueries.find(caller, body),
      })
      keyRoutes(api, tag, entityQueries)
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/alarmsQuery/find',
        access: tenantOrCustomer,
        summary: 'Alarms of the entities that a query finds',
        body: alarmDataBody,
        response: sentAsIs(pageOf(alarmDataSchema)),
        handle: ({ caller, body }) => alarmQueries.find(caller, body),
      })
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/alarmsQuery/count',
        access: tenantOrCustomer,
        summary: 'How many alarms; without an entity filter: of all that the caller may see',
        body: alarmCountBody,
        response: z.number(),
        handle: ({ caller, body }) => alarmQueries.count(caller, body),
      })
    },
  }
}

const keyRoutes = (api: FastifyInstance, tag: string, entityQueries: ApiDeps['entityQueries']): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/entitiesQuery/find/keySummaries',
    access: tenantOrCustomer,
    summary:
      'What the keys of a page of entities hold: kinds, newest values, and of a day or a window how often, how large',
    query: windowQuery,
    body: dataBody,
    response: sentAsIs(keySummariesSchema),
    handle: ({ caller, query, body }) => entityQueries.keySummaries(caller, body, query),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/entitiesQuery/find/keys',
    access: tenantOrCustomer,
    summary: 'Keys that the entities of a page have',
    query: keysQuery,
    body: dataBody,
    response: keysOutput,
    handle: ({ caller, query, body }) =>
      entityQueries.keys(caller, body, {
        timeseries: query.timeseries,
        attributes: query.attributes,
        ...(query.scope && { scopes: [query.scope] }),
      }),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/v2/entitiesQuery/find/keys',
    access: tenantOrCustomer,
    summary: 'Keys that the entities of a page have, attributes by scope; with one value each when asked for',
    query: samplesQuery,
    body: dataBody,
    response: samplesOutput,
    handle: async ({ caller, query, body }) => {
      const scopes = query.includeAttributes ? (query.scopes ?? attributeScopes) : []
      const found = await entityQueries.keySamples(caller, body, { timeseries: query.includeTimeseries, scopes })
      const shown = ({ key, sample }: KeySample) => (query.includeSamples ? { key, sample } : { key })
      return {
        entityTypes: found.entityTypes,
        timeseries: found.timeseries.map(shown),
        attributes: Object.fromEntries(
          scopes.map((scope) => [scope, found.attributes.filter((one) => one.scope === scope).map(shown)]),
        ),
      }
    },
  })
}
