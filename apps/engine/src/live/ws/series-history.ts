import {
  type Aggregation,
  AppError,
  type EntityId,
  type QueryValue,
  toPlainValue,
  type TsValue,
} from '@thingwire/contracts'
import type { Database, Principal, Scope } from '@thingwire/db'
import { type CalendarInterval, calendarBuckets, isTimeZone } from '../../entity-values/calendar-intervals.ts'
import { maxIntervals } from '../../entity-values/entity-values.ts'
import { record } from '../change.ts'
import { createGate } from '../gate.ts'
import { publishingTenant } from '../queries/view.ts'
import { valueText } from '../value-text.ts'

export type SeriesRequest = {
  keys: readonly string[]
  /** Inclusive, epoch ms. */
  startTs: number
  /** Exclusive, epoch ms. */
  endTs: number
  intervalType?: 'MILLISECONDS' | CalendarInterval | null | undefined
  /** Bucket width, ms. */
  interval: number
  timeZoneId?: string | null | undefined
  /** 0: 100. */
  limit: number
  agg: Aggregation
  /** Adds the last point of the 365 days before. */
  fetchLatestPreviousPoint?: boolean
}

const defaultLimit = 100
const maxLimit = 50_000
const previousPointMs = 365 * 24 * 3_600_000

/** Points of each key, which may be none: raw ones newest first, aggregated ones oldest first. The right was checked. */
export const readSeries = async (
  database: Pick<Database, 'telemetry'>,
  tenantId: string,
  entityId: EntityId,
  request: SeriesRequest,
): Promise<Record<string, QueryValue[]>> => {
  const { keys, startTs, endTs, agg } = request
  const scope: Scope = { kind: 'tenant', tenantId }
  const result = record<QueryValue[]>()
  for (const key of keys) result[key] = []
  const limit = Math.min(request.limit > 0 ? request.limit : defaultLimit, maxLimit)
  const base = { entityId, keys, order: 'DESC' as const, limit }
  const add = (found: Record<string, TsValue[]>) => {
    for (const [key, points] of Object.entries(found)) result[key]?.push(...points.map(toQueryValue))
  }
  for (const { start, end, width } of bucketsOf(request)) {
    const range = { startTs: start, endTs: end, aggregation: agg, intervalMs: width }
    add(await database.telemetry.history(scope, { ...base, ...range }))
  }
  if (request.fetchLatestPreviousPoint) {
    const before = { startTs: startTs - previousPointMs, endTs: Math.min(startTs, endTs) }
    const previous = { ...base, ...before, limit: 1, aggregation: 'NONE' as const, intervalMs: 0 }
    add(await database.telemetry.history(scope, previous))
    for (const points of Object.values(result)) points.sort((a, b) => b.ts - a.ts)
  }
  return result
}

/** The reads that a request takes: one, or one for each interval of a calendar. */
const bucketsOf = (request: SeriesRequest): { start: number; end: number; width: number }[] => {
  const { startTs, endTs, intervalType, interval, agg } = request
  if (agg === 'NONE') return [{ start: startTs, end: endTs, width: 0 }]
  if (!intervalType || intervalType === 'MILLISECONDS') {
    if (interval > 0) refuseTooMany((endTs - startTs) / interval)
    return [{ start: startTs, end: endTs, width: Math.max(0, interval) }]
  }
  const timeZone = request.timeZoneId ?? 'UTC'
  if (!isTimeZone(timeZone)) throw new AppError('ARGUMENT_INVALID', `Unknown time zone: ${timeZone}`)
  const buckets = calendarBuckets({ startTs, endTs }, intervalType, timeZone, maxIntervals)
  refuseTooMany(buckets.length)
  return buckets.map(({ start, end }) => ({ start, end, width: end - start }))
}

const refuseTooMany = (intervals: number): void => {
  if (intervals > maxIntervals)
    throw new AppError(
      'ARGUMENT_INVALID',
      `Incorrect TsKvQuery. Number of intervals is to high - ${Math.trunc(intervals)}. Please increase 'interval' parameter for your query or reduce the time range of the query.`,
    )
}

export const toQueryValue = (point: TsValue): QueryValue => ({ ts: point.ts, value: valueText(toPlainValue(point)) })

/** The tenant under which the values of an entity are stored. */
export type TenantOf = (entityId: EntityId) => string

export const tenantOfRow =
  ({ caller }: { caller: Principal }): TenantOf =>
  (entityId) =>
    publishingTenant(caller, entityId)

/** Reads at a time for one command. */
const entitiesAtOnce = 4

/** Series of many entities; one statement for each of them, whatever the number of keys. */
export const readSeriesOfAll = async (
  database: Pick<Database, 'telemetry'>,
  entityIds: readonly EntityId[],
  tenantOf: TenantOf,
  request: SeriesRequest,
): Promise<Map<string, Record<string, QueryValue[]>>> => {
  const gate = createGate(entitiesAtOnce)
  const found = new Map<string, Record<string, QueryValue[]>>()
  await Promise.all(
    entityIds.map((entityId) =>
      gate(async () => {
        found.set(entityId.id, await readSeries(database, tenantOf(entityId), entityId, request))
      }),
    ),
  )
  return found
}
