import {
  AppError,
  type EntityId,
  errorCatalogue,
  type LivePoint,
  type SeriesOfEntities,
  type SeriesQueryRead,
  type SeriesReadAnswer,
  toPlainValue,
  type TsValue,
} from '@thingwire/contracts'
import { thinPoints } from '@thingwire/dashboards'
import type { Database } from '@thingwire/db'
import type { Caller } from '../auth/sign-in.ts'
import { createGate } from '../live/gate.ts'
import { isTimeZone } from './calendar-intervals.ts'
import { type HistoryRequest, maxDatapoints, readHistory } from './read-values.ts'
import { shownKeys } from './shown-series.ts'
import type { SeriesSource, ValueAccess } from './value-access.ts'

/** Of one request at a time: it must not take every connection. */
const entitiesAtOnce = 4
const previousPointMs = 365 * 24 * 3_600_000

type Telemetry = Database['telemetry']
type Points = Record<string, LivePoint[]>

/** Keys are device text: an object without a prototype takes any of them. */
const record = <T>(): Record<string, T> => Object.create(null)

const toPoints = (values: readonly TsValue[]): LivePoint[] =>
  values.map((value): LivePoint => [value.ts, toPlainValue(value)])

/** Histories of many entities, read for one page. */
export const createReadSeries = (deps: { database: { telemetry: Telemetry }; valueAccess: ValueAccess }) => {
  const { telemetry } = deps.database

  /** What the caller may see of the entity; null: nothing. */
  const sourceOf = async (caller: Caller, entityId: EntityId): Promise<SeriesSource | null> => {
    try {
      return await deps.valueAccess.requireSeries(caller, entityId)
    } catch (error) {
      if (error instanceof AppError && error.act === 'caller') return null
      throw error
    }
  }

  const readEntity = async (source: SeriesSource, read: SeriesQueryRead): Promise<Points> => {
    const keys = shownKeys(source, read.keys) ?? []
    const startTs = Math.max(read.startTs, source.fromTs ?? read.startTs)
    const endTs = Math.min(read.endTs, source.toTs ?? read.endTs)
    const points: Points = record()
    if (keys.length === 0 || startTs >= endTs) return points
    const request = requestOf(read, { keys, startTs, endTs })
    const found =
      read.agg === 'NONE' && read.thinTo != null
        ? await readThinned(telemetry, source, { ...request, thinTo: read.thinTo })
        : await readAll(telemetry, source, request)
    Object.assign(points, found)
    if (!read.withPrevious) return points
    const before = { startTs: Math.max(source.fromTs ?? 0, startTs - previousPointMs), endTs: startTs }
    const previous = await readAll(telemetry, source, { ...request, ...before, ...newest })
    for (const [key, list] of Object.entries(previous)) points[key] = [...list, ...(points[key] ?? [])]
    return points
  }

  const readOne = async (caller: Caller, read: SeriesQueryRead): Promise<SeriesReadAnswer> => {
    if (!isTimeZone(read.timeZone)) return { ok: false, message: 'Unknown time zone' }
    const series: SeriesOfEntities = record()
    const gate = createGate(entitiesAtOnce)
    try {
      await Promise.all(
        read.entityIds.map((entityId) =>
          gate(async () => {
            const source = await sourceOf(caller, entityId)
            if (source) series[entityId.id] = await readEntity(source, read)
          }),
        ),
      )
      return { ok: true, series }
    } catch (error) {
      if (!(error instanceof AppError) || error.act === 'bug') throw error
      return { ok: false, message: error.act === 'caller' ? error.message : errorCatalogue[error.code].message }
    }
  }

  return {
    series: async (caller: Caller, reads: readonly SeriesQueryRead[]): Promise<SeriesReadAnswer[]> => {
      const answers: SeriesReadAnswer[] = []
      for (const read of reads) answers.push(await readOne(caller, read))
      return answers
    },
  }
}
export type ReadSeries = ReturnType<typeof createReadSeries>

const newest = { aggregation: 'NONE', limit: 1 } as const

const requestOf = (
  { agg, interval, intervalType, limit, timeZone }: SeriesQueryRead,
  range: Pick<HistoryRequest, 'keys' | 'startTs' | 'endTs'>,
): HistoryRequest => ({
  ...range,
  ...{ aggregation: agg, intervalMs: interval, limit, order: 'DESC', isStrict: true },
  calendar: intervalType === 'MILLISECONDS' ? undefined : { interval: intervalType, timeZone },
})

const readAll = async (telemetry: Telemetry, source: SeriesSource, request: HistoryRequest): Promise<Points> => {
  const points: Points = record()
  for (const part of await readHistory(telemetry, source, request))
    for (const [key, values] of Object.entries(part)) {
      const list = toPoints(values)
      // Raw points are the newest, so they come in that order; buckets come ascending.
      if (request.aggregation === 'NONE' || (!request.calendar && request.intervalMs === 0)) list.reverse()
      points[key] = [...(points[key] ?? []), ...list]
    }
  return points
}

/** All points while they are few, else of numbers their extremes, and of other values what stands for them. */
const readThinned = async (
  telemetry: Telemetry,
  source: SeriesSource,
  request: HistoryRequest & { thinTo: number },
): Promise<Points> => {
  const { keys, startTs, endTs, thinTo } = request
  const points = await readAll(telemetry, source, { ...request, limit: thinTo + 1 })
  const many = keys.filter((key) => (points[key]?.length ?? 0) > thinTo)
  if (many.length === 0) return points
  const { entityId, scope } = source
  const columns = Math.floor(thinTo / 4)
  const extremes = await telemetry.extremes(scope, { entityId, keys: many, startTs, endTs, columns })
  const mixed = many.filter((key) => !extremes.get(key))
  for (const [key, list] of extremes) if (list) points[key] = list.map(({ ts, value }): LivePoint => [ts, value])
  if (mixed.length === 0) return points
  const whole = await readAll(telemetry, source, { ...request, keys: mixed, limit: maxDatapoints })
  for (const [key, list] of Object.entries(whole)) points[key] = [...thinPoints(list, thinTo)]
  return points
}
