import type { EntityId, QueryValue } from '@thingwire/contracts'
import { record } from '../change.ts'
import type { EntityChange } from '../queries/entity-page.ts'
import type { Latest, Series } from '../queries/entity-row.ts'

/** One entity in a partial update: what is unused is null. */
export type PartialEntityData = {
  entityId: EntityId
  latest: Latest | null
  timeseries: Series | null
  aggLatest: null
}

type Waiting = Omit<EntityChange, 'points'> & { isOwn: boolean }

/** Changes of a page that wait for one client: newest values overwrite, points accumulate. */
export type EntityChanges = {
  add(change: Omit<EntityChange, 'points'>): void
  /** Values that were just told as a whole need not be told again. */
  dropLatest(): void
  /** Points that were just told, or may not be told. */
  keepSeries(isWanted: (entityId: string, key: string, ts: number) => boolean): void
  isEmpty(): boolean
  pointCount(): number
  take(): PartialEntityData[]
}

export const createEntityChanges = (): EntityChanges => {
  let waiting = new Map<string, Waiting>()
  let points = 0

  const set = (one: Waiting) => {
    if (one.latest || one.series) waiting.set(one.entityId.id, one)
    else waiting.delete(one.entityId.id)
  }

  return {
    add: (change) => {
      points += seriesCount(change.series)
      const known = waiting.get(change.entityId.id)
      if (!known) {
        waiting.set(change.entityId.id, { ...change, isOwn: false })
        return
      }
      // What a page tells is shared by its members; it is copied when a second change must be added.
      const own = known.isOwn ? known : ownCopy(known)
      own.latest = mergedLatest(own.latest, change.latest)
      own.series = mergedSeries(own.series, change.series)
      waiting.set(change.entityId.id, own)
    },
    dropLatest: () => {
      for (const one of [...waiting.values()]) set({ ...one, latest: null })
    },
    keepSeries: (isWanted) => {
      for (const one of [...waiting.values()]) {
        if (!one.series) continue
        const kept: Series = record()
        let isEmpty = true
        for (const [key, list] of Object.entries(one.series)) {
          const wanted = list.filter(({ ts }) => isWanted(one.entityId.id, key, ts))
          points -= list.length - wanted.length
          if (wanted.length === 0) continue
          kept[key] = wanted
          isEmpty = false
        }
        set({ ...one, series: isEmpty ? null : kept })
      }
    },
    isEmpty: () => waiting.size === 0,
    pointCount: () => points,
    take: () => {
      const taken = waiting
      waiting = new Map()
      points = 0
      const update: PartialEntityData[] = []
      for (const { entityId, latest, series } of taken.values()) {
        if (latest) update.push({ entityId, latest, timeseries: null, aggLatest: null })
        if (series) update.push({ entityId, latest: null, timeseries: series, aggLatest: null })
      }
      return update
    },
  }
}

const seriesCount = (series: Series | null): number => {
  let count = 0
  for (const key in series) count += series[key]?.length ?? 0
  return count
}

const ownCopy = ({ entityId, latest, series }: Waiting): Waiting => ({
  entityId,
  latest: mergedLatest(record(), latest),
  series: mergedSeries(record(), series),
  isOwn: true,
})

const mergedLatest = (target: Latest | null, later: Latest | null): Latest | null => {
  if (!later) return target && hasMembers(target) ? target : null
  const own = target ?? record<Record<string, QueryValue>>()
  for (const [type, values] of Object.entries(later))
    own[type] = Object.assign(own[type] ?? record<QueryValue>(), values)
  return own
}

/** Newest first: what came later stands before what came earlier. */
const mergedSeries = (target: Series | null, later: Series | null): Series | null => {
  if (!later) return target && hasMembers(target) ? target : null
  const own = target ?? record<QueryValue[]>()
  for (const [key, list] of Object.entries(later)) own[key] = [...list, ...(own[key] ?? [])]
  return own
}

const hasMembers = (object: object): boolean => {
  for (const _ in object) return true
  return false
}
