import {
  type Aggregation,
  AppError,
  type AttributeData,
  type AttributeScope,
  type EntityId,
  type KvValue,
  toPlainValue,
  toTextValue,
  type TsData,
  type TsValue,
} from '@thingwire/contracts'
import type { AttributeRow, Database } from '@thingwire/db'
import type { Redis } from 'ioredis'
import { publishDownlink } from '../attributes/device-downlink.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { EntityAccess } from '../access/entity-access.ts'
import type { LiveBus } from '../live-bus/live-bus.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import { type CalendarInterval, calendarBuckets } from './calendar-intervals.ts'
import { parseRestAttributes, parseRestTelemetry } from './rest-values.ts'

/** Most buckets of one aggregation (as ThingsBoard). */
export const maxIntervals = 700
/** Most points of one key in one answer; `GET /api/dashboard/maxDatapointsLimit` says so. */
export const maxDatapoints = 50_000

export type HistoryRequest = {
  keys: readonly string[]
  startTs: number
  endTs: number
  aggregation: Aggregation
  intervalMs: number
  calendar?: { interval: CalendarInterval; timeZone: string } | undefined
  limit: number
  order: 'ASC' | 'DESC'
  isStrict: boolean
}

export type EntityValues = {
  seriesKeys(caller: Caller, entityId: EntityId): Promise<string[]>
  attributeKeys(caller: Caller, entityId: EntityId, scope?: AttributeScope): Promise<string[]>
  attributes(
    caller: Caller,
    entityId: EntityId,
    filter: { scope?: AttributeScope; keys?: readonly string[] },
  ): Promise<AttributeData[]>
  latest(caller: Caller, entityId: EntityId, options: { keys?: readonly string[]; isStrict: boolean }): Promise<TsData>
  history(caller: Caller, entityId: EntityId, request: HistoryRequest): Promise<TsData>
  /** `body` is the JSON text as it came. */
  saveAttributes(caller: Caller, entityId: EntityId, scope: AttributeScope, body: string): Promise<void>
  saveTelemetry(caller: Caller, entityId: EntityId, body: string): Promise<void>
  deleteAttributes(caller: Caller, entityId: EntityId, scope: AttributeScope, keys: readonly string[]): Promise<void>
}

/** Attributes and time series of one entity, as users read and write them. */
export const createEntityValues = (deps: {
  database: Pick<Database, 'telemetry' | 'attributes'>
  access: EntityAccess
  audit: AuditTrail
  liveBus: Pick<LiveBus, 'isEntityWatched' | 'publish'>
  redis: Redis
  logger: Logger
  now: () => number
}): EntityValues => {
  const { database, access, audit, liveBus } = deps

  const findAttributes = async (
    caller: Caller,
    entityId: EntityId,
    filter: { scope?: AttributeScope; keys?: readonly string[] },
  ): Promise<AttributeRow[]> => {
    const { scope } = await access.require(caller, entityId, 'READ_ATTRIBUTES')
    return database.attributes.find(scope, entityId, filter)
  }

  /** Best effort, as the device API has it: a device without a session asks for current values later. */
  const tellDevice = async (
    tenantId: string,
    entityId: EntityId,
    change: { values?: Record<string, unknown>; deleted?: string[] },
  ) => {
    if (entityId.entityType !== 'DEVICE') return
    try {
      await publishDownlink(deps.redis, { tenantId, deviceId: entityId.id, scope: 'SHARED_SCOPE', ...change })
    } catch (error) {
      deps.logger.warn({ deviceId: entityId.id, ...errorFields(error) }, 'device not told of changed attributes')
    }
  }

  return {
    seriesKeys: async (caller, entityId) => {
      const { scope } = await access.require(caller, entityId, 'READ_TELEMETRY')
      return database.telemetry.keys(scope, entityId)
    },

    attributeKeys: async (caller, entityId, attributeScope) => {
      const rows = await findAttributes(caller, entityId, attributeScope ? { scope: attributeScope } : {})
      return [...new Set(rows.map(({ key }) => key))]
    },

    attributes: async (caller, entityId, filter) => {
      const rows = await findAttributes(caller, entityId, filter)
      return rows.map((row) => ({ lastUpdateTs: row.lastUpdateTs, key: row.key, value: toPlainValue(row) }))
    },

    latest: async (caller, entityId, { keys, isStrict }) => {
      const { scope } = await access.require(caller, entityId, 'READ_TELEMETRY')
      const found = await database.telemetry.latest(scope, entityId, keys)
      const data = emptyData()
      for (const row of found) data[row.key] = [{ ts: row.ts, value: shown(row, isStrict) }]
      const now = deps.now()
      for (const key of keys ?? []) data[key] ??= [{ ts: now, value: null }]
      return data
    },

    history: async (caller, entityId, request) => {
      const { scope } = await access.require(caller, entityId, 'READ_TELEMETRY')
      if (request.keys.length === 0) return emptyData()
      const { keys, startTs, endTs, intervalMs, isStrict } = request
      const limit = Math.min(request.limit, maxDatapoints)
      const base = { entityId, keys, order: request.order, limit }
      const isRaw = request.aggregation === 'NONE' || (!request.calendar && intervalMs === 0)
      if (isRaw) {
        const raw = { ...base, startTs, endTs, aggregation: 'NONE' as const, intervalMs: 0 }
        return toTsData([await database.telemetry.history(scope, raw)], isStrict)
      }
      const aggregated = { ...base, aggregation: request.aggregation }
      if (!request.calendar) {
        refuseTooMany(Math.trunc((endTs - startTs) / Math.max(intervalMs, 1_000)))
        return toTsData(
          [await database.telemetry.history(scope, { ...aggregated, startTs, endTs, intervalMs })],
          isStrict,
        )
      }
      const { interval, timeZone } = request.calendar
      const buckets = calendarBuckets(request, interval, timeZone, maxIntervals)
      refuseTooMany(endTs < startTs ? -1 : buckets.length)
      const parts: Record<string, TsValue[]>[] = []
      for (const { start, end } of buckets) {
        const bucket = { ...aggregated, startTs: start, endTs: end, intervalMs: end - start }
        parts.push(await database.telemetry.history(scope, bucket))
      }
      return toTsData(parts, isStrict)
    },

    saveAttributes: async (caller, entityId, scope, body) => {
      if (scope === 'CLIENT_SCOPE') throw new AppError('ARGUMENT_INVALID', `Invalid scope: ${scope}`)
      const entries = parseRestAttributes(body)
      const { tenantId, name } = await access.require(caller, entityId, 'WRITE_ATTRIBUTES')
      const ts = deps.now()
      await database.attributes.save(tenantId, [{ entityId, scope, entries, ts }])
      const changed = entries.map((entry) => ({ key: entry.key, ts, value: toPlainValue(entry) }))
      if (liveBus.isEntityWatched(tenantId, entityId.id))
        liveBus.publish(tenantId, { kind: 'attributes', tenantId, entityId: entityId.id, scope, changed, deleted: [] })
      const values = Object.fromEntries(changed.map(({ key, value }) => [key, value]))
      if (scope === 'SHARED_SCOPE') await tellDevice(tenantId, entityId, { values })
      await audit.record(caller, {
        action: 'ATTRIBUTES_UPDATED',
        entityId,
        entityName: name,
        data: { scope, attributes: values },
      })
    },

    saveTelemetry: async (caller, entityId, body) => {
      const entries = parseRestTelemetry(body, deps.now())
      const { tenantId, name } = await access.require(caller, entityId, 'WRITE_TELEMETRY')
      await database.telemetry.write(
        entries.map((entry) => ({ ...entry, tenantId, entityId, saveTimeseries: true, saveLatest: true })),
      )
      if (liveBus.isEntityWatched(tenantId, entityId.id)) {
        const byKey = Map.groupBy(entries, ({ key }) => key)
        const points = Object.fromEntries(
          Array.from(byKey, ([key, list]) => [
            key,
            list.map((entry): [number, unknown] => [entry.ts, toPlainValue(entry)]).sort((a, b) => a[0] - b[0]),
          ]),
        )
        liveBus.publish(tenantId, { kind: 'telemetry', tenantId, entityId: entityId.id, points })
      }
      await audit.record(caller, {
        action: 'TIMESERIES_UPDATED',
        entityId,
        entityName: name,
        data: { timeseries: entries.length, keys: [...new Set(entries.map(({ key }) => key))] },
      })
    },

    deleteAttributes: async (caller, entityId, attributeScope, keys) => {
      if (keys.length === 0) throw new AppError('ARGUMENT_INVALID', 'Empty keys: []')
      const { scope, tenantId, name } = await access.require(caller, entityId, 'WRITE_ATTRIBUTES')
      const deleted = await database.attributes.delete(scope, entityId, attributeScope, keys)
      if (deleted.length === 0) return
      if (liveBus.isEntityWatched(tenantId, entityId.id)) {
        const event = { kind: 'attributes' as const, tenantId, entityId: entityId.id, scope: attributeScope }
        liveBus.publish(tenantId, { ...event, changed: [], deleted })
      }
      if (attributeScope === 'SHARED_SCOPE') await tellDevice(tenantId, entityId, { deleted })
      await audit.record(caller, {
        action: 'ATTRIBUTES_DELETED',
        entityId,
        entityName: name,
        data: { scope: attributeScope, attributes: deleted },
      })
    },
  }
}

const refuseTooMany = (intervals: number): void => {
  if (intervals < 0 || intervals > maxIntervals)
    throw new AppError(
      'ARGUMENT_INVALID',
      `Incorrect TsKvQuery. Number of intervals is to high - ${intervals}. Please increase 'interval' parameter for your query or reduce the time range of the query.`,
    )
}

/** Keys are device text: an object without a prototype takes any of them. */
const emptyData = (): TsData => Object.create(null)

const shown = (value: KvValue, isStrict: boolean): unknown => (isStrict ? toPlainValue(value) : toTextValue(value))

const toTsData = (parts: readonly Record<string, TsValue[]>[], isStrict: boolean): TsData => {
  const data = emptyData()
  for (const part of parts)
    for (const [key, values] of Object.entries(part)) {
      if (values.length === 0) continue
      const list = data[key] ?? []
      data[key] = list
      for (const value of values) list.push({ ts: value.ts, value: shown(value, isStrict) })
    }
  return data
}
