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
import type { Caller } from '../auth/sign-in.ts'
import { type CalendarInterval, calendarBuckets } from './calendar-intervals.ts'
import { readShownLatest, shownKeys } from './shown-series.ts'
import type { SeriesSource, ValueAccess } from './value-access.ts'

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

type AttributesFilter = { scope?: AttributeScope; keys?: readonly string[] }

export type ReadValues = {
  seriesKeys(caller: Caller, entityId: EntityId): Promise<string[]>
  attributeKeys(caller: Caller, entityId: EntityId, scope?: AttributeScope): Promise<string[]>
  attributes(caller: Caller, entityId: EntityId, filter: AttributesFilter): Promise<AttributeData[]>
  latest(caller: Caller, entityId: EntityId, options: { keys?: readonly string[]; isStrict: boolean }): Promise<TsData>
  history(caller: Caller, entityId: EntityId, request: HistoryRequest): Promise<TsData>
}

export const createReadValues = (deps: {
  database: Pick<Database, 'telemetry' | 'attributes'>
  valueAccess: ValueAccess
  now: () => number
}): ReadValues => {
  const { database, valueAccess } = deps
  const { telemetry } = database

  const findAttributes = async (
    caller: Caller,
    entityId: EntityId,
    filter: AttributesFilter,
  ): Promise<AttributeRow[]> => {
    const { scope } = await valueAccess.require(caller, entityId, 'READ_ATTRIBUTES')
    return database.attributes.find(scope, entityId, filter)
  }

  return {
    seriesKeys: async (caller, entityId) => {
      const source = await valueAccess.requireSeries(caller, entityId)
      const keys = await telemetry.keys(source.scope, source.entityId)
      return shownKeys(source, keys) ?? keys
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
      const source = await valueAccess.requireSeries(caller, entityId)
      const data = emptyData()
      for (const row of await readShownLatest(telemetry, source.scope, source, keys))
        data[row.key] = [{ ts: row.ts, value: shown(row, isStrict) }]
      const now = deps.now()
      for (const key of keys ?? []) data[key] ??= [{ ts: now, value: null }]
      return data
    },

    history: async (caller, entityId, request) => {
      const source = await valueAccess.requireSeries(caller, entityId)
      const keys = shownKeys(source, request.keys) ?? []
      const startTs = Math.max(request.startTs, source.fromTs ?? request.startTs)
      const endTs = Math.min(request.endTs, source.toTs ?? request.endTs)
      const isOutside = request.startTs < request.endTs && startTs >= endTs
      if (keys.length === 0 || isOutside) return emptyData()
      return toTsData(await readHistory(telemetry, source, { ...request, keys, startTs, endTs }), request.isStrict)
    },
  }
}

/** One part, or one for each interval of a calendar. */
export const readHistory = async (
  telemetry: Database['telemetry'],
  { scope, entityId }: SeriesSource,
  request: HistoryRequest,
): Promise<Record<string, TsValue[]>[]> => {
  const { keys, startTs, endTs, intervalMs, aggregation, calendar, order } = request
  const base = { entityId, keys, order, limit: Math.min(request.limit, maxDatapoints) }
  if (aggregation === 'NONE' || (!calendar && intervalMs === 0))
    return [await telemetry.history(scope, { ...base, startTs, endTs, aggregation: 'NONE', intervalMs: 0 })]
  if (!calendar) {
    refuseTooMany(Math.trunc((endTs - startTs) / Math.max(intervalMs, 1_000)))
    return [await telemetry.history(scope, { ...base, startTs, endTs, aggregation, intervalMs })]
  }
  const buckets = calendarBuckets({ startTs, endTs }, calendar.interval, calendar.timeZone, maxIntervals)
  refuseTooMany(endTs < startTs ? -1 : buckets.length)
  const parts: Record<string, TsValue[]>[] = []
  for (const { start, end } of buckets) {
    const bucket = { startTs: start, endTs: end, aggregation, intervalMs: end - start }
    parts.push(await telemetry.history(scope, { ...base, ...bucket }))
  }
  return parts
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
