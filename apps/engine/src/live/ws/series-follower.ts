import type { EntityId, QueryValue } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { record } from '../change.ts'
import type { Series } from '../queries/entity-row.ts'
import { readSeriesOfAll, type TenantOf } from './series-history.ts'

/** The newest points that a client was told, so that those it missed can be told from those it has. */
export type SeriesFollower = {
  /** Keys whose points are followed from now on. */
  follow(keys: readonly string[]): void
  stop(): void
  keys(): readonly string[]
  told(entityId: EntityId, series: Series): void
  /** Points that were stored since and never told, by entity. */
  missed(entityIds: readonly EntityId[]): Promise<{ entityId: EntityId; series: Series }[]>
}

/** Points of one key that are caught up on at most; who missed more asks for the history anew. */
const maxMissed = 10_000
/** Devices with a fast clock store points of tomorrow; they belong to "until now". */
const clockSlackMs = 24 * 3_600_000

export const createSeriesFollower = (
  database: Pick<Database, 'telemetry'>,
  tenantOf: TenantOf,
  now: () => number,
): SeriesFollower => {
  let keys: readonly string[] = []
  let sinceTs = 0
  const newest = new Map<string, number>()
  const nameOf = ({ id }: EntityId, key: string) => `${id} ${key}`
  const newestOf = (entityId: EntityId, key: string) => newest.get(nameOf(entityId, key)) ?? sinceTs

  const told: SeriesFollower['told'] = (entityId, series) => {
    for (const [key, points] of Object.entries(series))
      for (const { ts } of points)
        if (ts > (newest.get(nameOf(entityId, key)) ?? -Infinity)) newest.set(nameOf(entityId, key), ts)
  }

  const unseen = (entityId: EntityId, found: Record<string, QueryValue[]>): Series | null => {
    const series: Series = record()
    let isEmpty = true
    for (const [key, points] of Object.entries(found)) {
      const fresh = points.filter(({ ts }) => ts > newestOf(entityId, key))
      if (fresh.length === 0) continue
      series[key] = fresh
      isEmpty = false
    }
    return isEmpty ? null : series
  }

  return {
    keys: () => keys,
    follow: (list) => {
      if (keys.length === 0) sinceTs = now()
      keys = [...new Set([...keys, ...list])]
    },
    stop: () => {
      keys = []
      newest.clear()
    },
    told,
    missed: async (entityIds) => {
      if (keys.length === 0) return []
      const oldest = (entityId: EntityId) => Math.min(...keys.map((key) => newestOf(entityId, key)))
      const startTs = Math.min(...entityIds.map(oldest)) + 1
      const request = {
        keys,
        startTs,
        endTs: now() + clockSlackMs,
        interval: 0,
        limit: maxMissed,
        agg: 'NONE' as const,
      }
      const found = await readSeriesOfAll(database, entityIds, tenantOf, request)
      return entityIds.flatMap((entityId) => {
        const series = unseen(entityId, found.get(entityId.id) ?? {})
        if (series) told(entityId, series)
        return series ? [{ entityId, series }] : []
      })
    },
  }
}
