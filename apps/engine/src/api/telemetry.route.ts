import {
  AppError,
  aggregationSchema,
  attributeScopes,
  attributeScopeSchema,
  type EntityId,
  entityTypeSchema,
} from '@thingwire/contracts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { calendarIntervals, isTimeZone } from '../entity-values/calendar-intervals.ts'
import type { ApiDeps } from './api-deps.ts'
import { jsonTextSchema, useTextBodies } from './json-body.ts'
import { pathId, queryFlag, sortOrderQuery } from './page-query.ts'
import { addRoute, anyone, type RouteGroup } from './route.ts'
import { sentAsIs } from './serializer.ts'

const prefix = '/api/plugins/telemetry'
const entityPath = { entityType: entityTypeSchema, entityId: pathId }
const entityParams = z.object(entityPath)
const scopeParams = z.object({ ...entityPath, scope: attributeScopeSchema })

const keyList = {
  keys: z.string().max(20_000).optional(),
  key: z.union([z.string(), z.array(z.string())]).optional(),
}
const keysQuery = z.object(keyList)

/** `keys=a,b` and repeated `key=`, for keys that contain commas; undefined when neither is there. */
const keysOf = ({ keys, key }: z.output<typeof keysQuery>): string[] | undefined => {
  if (keys === undefined && key === undefined) return undefined
  const single = key === undefined ? [] : Array.isArray(key) ? key : [key]
  const all = [...single, ...(keys ?? '').split(',')].map((name) => name.trim()).filter((name) => name !== '')
  return [...new Set(all)]
}

const whole = (name: string) =>
  z
    .string()
    .regex(/^-?\d{1,16}$/, `Invalid value of request parameter '${name}'`)
    .transform(Number)

const historyRange = {
  intervalType: z.enum(['MILLISECONDS', ...calendarIntervals]).default('MILLISECONDS'),
  interval: whole('interval').default(0),
  timeZone: z.string().max(64).refine(isTimeZone, 'Unknown time zone').default('UTC'),
  limit: whole('limit').default(100),
  agg: aggregationSchema.default('NONE'),
  orderBy: sortOrderQuery.default('DESC'),
  useStrictDataTypes: queryFlag.default(false),
}
const historyQuery = z.object({
  ...keyList,
  startTs: whole('startTs'),
  endTs: whole('endTs'),
  ...historyRange,
})
const latestOrHistoryQuery = historyQuery.extend({
  startTs: whole('startTs').optional(),
  endTs: whole('endTs').optional(),
})

const deletionQuery = z.object({
  ...keyList,
  deleteAllDataForKeys: queryFlag.default(false),
  startTs: whole('startTs').optional(),
  endTs: whole('endTs').optional(),
  deleteLatest: queryFlag.default(true),
  rewriteLatestIfDeleted: queryFlag.default(false),
})

/** Null: all data. Keys are checked first, as clients know it. */
const rangeOf = (query: z.output<typeof deletionQuery>): { startTs: number; endTs: number } | null => {
  const { deleteAllDataForKeys, startTs, endTs } = query
  if (deleteAllDataForKeys) return null
  if (!keysOf(query)?.length) throw new AppError('ARGUMENT_INVALID', 'Empty keys: []')
  if (startTs === undefined || endTs === undefined)
    throw new AppError(
      'ARGUMENT_INVALID',
      "When deleteAllDataForKeys is false, start and end timestamp values shouldn't be empty",
    )
  return { startTs, endTs }
}

const attributesOutput = z.array(z.object({ lastUpdateTs: z.number(), key: z.string(), value: z.unknown() }))
const seriesOutput = sentAsIs(z.record(z.string(), z.array(z.object({ ts: z.number(), value: z.unknown() }))))

const entityOf = ({ entityType, entityId }: z.output<typeof entityParams>): EntityId => ({ entityType, id: entityId })

const toHistory = (query: z.output<typeof historyQuery>) => {
  const { intervalType, interval, limit } = query
  if (limit <= 0)
    throw new AppError('ARGUMENT_INVALID', `Incorrect TsKvQuery. Limit must be greater than zero: ${limit}`)
  return {
    keys: keysOf(query) ?? [],
    startTs: query.startTs,
    endTs: query.endTs,
    aggregation: query.agg,
    intervalMs: interval,
    calendar: intervalType === 'MILLISECONDS' ? undefined : { interval: intervalType, timeZone: query.timeZone },
    limit,
    order: query.orderBy,
    isStrict: query.useStrictDataTypes,
  }
}

/** Attributes and time series by REST (as ThingsBoard). Errors of these endpoints are plain text. */
export const telemetryRoutes = ({ values }: ApiDeps): RouteGroup => {
  const tag = 'Telemetry'
  const text = { errorFormat: 'text' as const, access: anyone }

  const readRoutes = (api: FastifyInstance) => {
    addRoute(api, tag, {
      ...text,
      method: 'GET',
      path: `${prefix}/:entityType/:entityId/keys/timeseries`,
      summary: 'Keys that have a latest value',
      params: entityParams,
      response: z.array(z.string()),
      handle: ({ caller, params }) => values.seriesKeys(caller, entityOf(params)),
    })
    addRoute(api, tag, {
      ...text,
      method: 'GET',
      path: `${prefix}/:entityType/:entityId/keys/attributes`,
      summary: 'Attribute keys of all scopes',
      params: entityParams,
      response: z.array(z.string()),
      handle: ({ caller, params }) => values.attributeKeys(caller, entityOf(params)),
    })
    addRoute(api, tag, {
      ...text,
      method: 'GET',
      path: `${prefix}/:entityType/:entityId/keys/attributes/:scope`,
      summary: 'Attribute keys of one scope',
      params: scopeParams,
      response: z.array(z.string()),
      handle: ({ caller, params }) => values.attributeKeys(caller, entityOf(params), params.scope),
    })
    addRoute(api, tag, {
      ...text,
      method: 'GET',
      path: `${prefix}/:entityType/:entityId/values/attributes`,
      summary: 'Attribute values of all scopes',
      params: entityParams,
      query: keysQuery,
      response: attributesOutput,
      handle: ({ caller, params, query }) => values.attributes(caller, entityOf(params), keysFilter(query)),
    })
    addRoute(api, tag, {
      ...text,
      method: 'GET',
      path: `${prefix}/:entityType/:entityId/values/attributes/:scope`,
      summary: 'Attribute values of one scope',
      params: scopeParams,
      query: keysQuery,
      response: attributesOutput,
      handle: ({ caller, params, query }) =>
        values.attributes(caller, entityOf(params), { ...keysFilter(query), scope: params.scope }),
    })
    addRoute(api, tag, {
      ...text,
      method: 'GET',
      path: `${prefix}/:entityType/:entityId/values/timeseries`,
      summary: 'Latest values; with startTs and endTs: history, raw or aggregated',
      params: entityParams,
      query: latestOrHistoryQuery,
      response: seriesOutput,
      handle: ({ caller, params, query }) => {
        const { startTs, endTs } = query
        if (startTs !== undefined && endTs !== undefined)
          return values.history(caller, entityOf(params), toHistory({ ...query, startTs, endTs }))
        return values.latest(caller, entityOf(params), {
          ...keysFilter(query),
          isStrict: query.useStrictDataTypes,
        })
      },
    })
    addRoute(api, tag, {
      ...text,
      method: 'GET',
      path: `${prefix}/:entityType/:entityId/values/timeseries/history`,
      summary: 'History, raw or aggregated',
      params: entityParams,
      query: historyQuery,
      response: seriesOutput,
      handle: ({ caller, params, query }) => values.history(caller, entityOf(params), toHistory(query)),
    })
  }

  const writeRoutes = (api: FastifyInstance) => {
    const body = jsonTextSchema
    for (const path of [
      `${prefix}/:entityType/:entityId/:scope`,
      `${prefix}/:entityType/:entityId/attributes/:scope`,
    ] as const)
      addRoute(api, tag, {
        ...text,
        method: 'POST',
        path,
        summary: 'Save server or shared attributes',
        params: scopeParams,
        body,
        response: 'empty',
        handle: ({ caller, params, body }) => values.saveAttributes(caller, entityOf(params), params.scope, body),
      })
    const deviceParams = z.object({ deviceId: pathId, scope: z.enum(attributeScopes) })
    addRoute(api, tag, {
      ...text,
      method: 'POST',
      path: `${prefix}/:deviceId/:scope`,
      summary: 'Save server or shared attributes of a device',
      params: deviceParams,
      body,
      response: 'empty',
      handle: ({ caller, params, body }) =>
        values.saveAttributes(caller, { entityType: 'DEVICE', id: params.deviceId }, params.scope, body),
    })
    // The scope's text means nothing; it stands in the path because it always did.
    const seriesParams = z.object({ ...entityPath, scope: z.string() })
    addRoute(api, tag, {
      ...text,
      method: 'POST',
      path: `${prefix}/:entityType/:entityId/timeseries/:scope`,
      summary: 'Save time series',
      params: seriesParams,
      body,
      response: 'empty',
      handle: ({ caller, params, body }) => values.saveTelemetry(caller, entityOf(params), body),
    })
    addRoute(api, tag, {
      ...text,
      method: 'POST',
      path: `${prefix}/:entityType/:entityId/timeseries/:scope/:ttl`,
      summary: 'Save time series that are kept for so many seconds; 0: as the tenant profile says',
      params: seriesParams.extend({
        ttl: z
          .string()
          .regex(/^\d{1,12}$/, "Invalid value of path variable 'ttl'")
          .transform(Number),
      }),
      body,
      response: 'empty',
      handle: ({ caller, params, body }) =>
        values.saveTelemetry(caller, entityOf(params), body, { ttlSeconds: params.ttl }),
    })
    addRoute(api, tag, {
      ...text,
      method: 'DELETE',
      path: `${prefix}/:entityType/:entityId/timeseries/delete`,
      summary: 'Delete points of time series, and the latest values among them',
      params: entityParams,
      query: deletionQuery,
      response: 'empty',
      handle: ({ caller, params, query }) =>
        values.deleteTelemetry(caller, entityOf(params), {
          keys: keysOf(query) ?? [],
          range: rangeOf(query),
          deleteLatest: query.deleteLatest,
          rewriteLatest: query.rewriteLatestIfDeleted,
        }),
    })
    for (const [path, params] of [
      [`${prefix}/:deviceId/:scope`, deviceParams],
      [`${prefix}/:entityType/:entityId/:scope`, scopeParams],
    ] as const)
      addRoute(api, tag, {
        ...text,
        method: 'DELETE',
        path,
        summary: 'Delete attributes',
        params,
        query: keysQuery,
        response: 'empty',
        handle: ({ caller, params: found, query }) => {
          const entity: EntityId = 'deviceId' in found ? { entityType: 'DEVICE', id: found.deviceId } : entityOf(found)
          return values.deleteAttributes(caller, entity, found.scope, keysOf(query) ?? [])
        },
      })
  }

  return {
    tag,
    register: (api) => {
      readRoutes(api)
      api.register(async (scoped) => {
        useTextBodies(scoped)
        writeRoutes(scoped)
      })
    },
  }
}

const keysFilter = (query: z.output<typeof keysQuery>): { keys?: string[] } => {
  const keys = keysOf(query)
  return keys === undefined || keys.length === 0 ? {} : { keys }
}
