import {
  attributeKeyTypeScopes,
  type AttributeScope,
  type EntityData,
  type EntityId,
  type EntityKey,
  type LiveBusEvent,
  type LivePoint,
  type QueryValue,
} from '@thingwire/contracts'
import { record } from '../change.ts'
import { noValue, valueText } from '../value-text.ts'

export type Latest = Record<string, Record<string, QueryValue>>
export type Series = Record<string, QueryValue[]>

/** Keys whose newest values are followed, by key type. */
export type FollowedKeys = ReadonlyMap<EntityKey['type'], ReadonlySet<string>>

export const followedKeys = (keys: readonly EntityKey[]): FollowedKeys => {
  const followed = new Map<EntityKey['type'], Set<string>>()
  for (const { type, key } of keys) {
    const known = followed.get(type)
    if (known) known.add(key)
    else followed.set(type, new Set([key]))
  }
  return followed
}

/** One entity of a page with its newest values as they were told. */
export type EntityRow = {
  entityId: EntityId
  latest: Latest
  /** What an event changes among the followed keys; null for nothing. Late and repeated values change nothing. */
  apply(event: LiveBusEvent, keys: FollowedKeys): Latest | null
  /**
   * The same for values that were read anew.
   * @param isOther They may be those of something else now, so older ones count, too
   */
  absorb(fresh: Latest, keys: FollowedKeys, isOther?: boolean): Latest | null
}

/** Which key types an attribute of the scope is under. */
export const attributeTypes: Record<AttributeScope, readonly EntityKey['type'][]> = {
  CLIENT_SCOPE: ['ATTRIBUTE', 'CLIENT_ATTRIBUTE'],
  SHARED_SCOPE: ['ATTRIBUTE', 'SHARED_ATTRIBUTE'],
  SERVER_SCOPE: ['ATTRIBUTE', 'SERVER_ATTRIBUTE'],
}
const liveTypes = new Set<string>(['TIME_SERIES', 'ATTRIBUTE', ...Object.keys(attributeKeyTypeScopes)])

/** Keys are device text: objects without a prototype take any of them. */
const ownLatest = (latest: Latest): Latest => {
  const own = record<Record<string, QueryValue>>()
  for (const [type, values] of Object.entries(latest)) own[type] = Object.assign(record<QueryValue>(), values)
  return own
}

export const createEntityRow = ({ entityId, latest: given }: EntityData): EntityRow => {
  const latest = ownLatest(given)

  const set = (changes: Latest, type: string, key: string, value: QueryValue): void => {
    const values = latest[type] ?? record<QueryValue>()
    latest[type] = values
    values[key] = value
    const changed = changes[type] ?? record<QueryValue>()
    changes[type] = changed
    changed[key] = value
  }
  const isNew = (type: string, key: string, { ts, value }: QueryValue): boolean => {
    const known = latest[type]?.[key]
    return !known || ts > known.ts || (ts === known.ts && value !== known.value)
  }
  const isChanged = (type: string, key: string, { ts, value }: QueryValue): boolean => {
    const known = latest[type]?.[key]
    return known?.ts !== ts || known.value !== value
  }
  const isKnown = (type: string, key: string): boolean => (latest[type]?.[key]?.ts ?? 0) !== 0
  const unlessEmpty = (changes: Latest): Latest | null => {
    for (const _ in changes) return changes
    return null
  }

  return {
    entityId,
    latest,
    apply: (event, keys) => {
      const changes = record<Record<string, QueryValue>>()
      if (event.kind === 'telemetry') {
        const followed = keys.get('TIME_SERIES')
        if (!followed) return null
        for (const [key, points] of Object.entries(event.points)) {
          const last = followed.has(key) ? points.at(-1) : undefined
          if (!last) continue
          const value = { ts: last[0], value: valueText(last[1]) }
          if (isNew('TIME_SERIES', key, value)) set(changes, 'TIME_SERIES', key, value)
        }
      } else if (event.kind === 'telemetry-deleted') {
        for (const key of event.keys)
          if (keys.get('TIME_SERIES')?.has(key) && isKnown('TIME_SERIES', key))
            set(changes, 'TIME_SERIES', key, noValue())
      } else if (event.kind === 'attributes') {
        for (const type of attributeTypes[event.scope]) {
          const followed = keys.get(type)
          if (!followed) continue
          for (const { key, ts, value } of event.changed) {
            const shown = { ts, value: valueText(value) }
            if (followed.has(key) && isNew(type, key, shown)) set(changes, type, key, shown)
          }
          for (const key of event.deleted)
            if (followed.has(key) && isKnown(type, key)) set(changes, type, key, noValue())
        }
      }
      return unlessEmpty(changes)
    },
    absorb: (fresh, keys, isOther = false) => {
      const changes = record<Record<string, QueryValue>>()
      for (const [type, values] of Object.entries(fresh)) {
        const followed = liveTypes.has(type) ? keys.get(type as EntityKey['type']) : undefined
        for (const [key, value] of Object.entries(values)) {
          if (!followed?.has(key)) {
            const own = latest[type] ?? record<QueryValue>()
            latest[type] = own
            own[key] = value
          } else if (
            value.ts === 0 ? isKnown(type, key) : isOther ? isChanged(type, key, value) : isNew(type, key, value)
          )
            set(changes, type, key, value)
        }
      }
      return unlessEmpty(changes)
    },
  }
}

/** New points of the wanted keys, newest first; null for none. Late points are points, too. */
export const seriesOf = (event: LiveBusEvent, wanted: ReadonlySet<string>): Series | null => {
  if (event.kind !== 'telemetry') return null
  let series: Series | null = null
  for (const [key, points] of Object.entries(event.points)) {
    if (!wanted.has(key)) continue
    series ??= record<QueryValue[]>()
    series[key] = points.map(([ts, value]) => ({ ts, value: valueText(value) })).reverse()
  }
  return series
}

/** New points of the wanted keys as they are stored, ascending; null for none. */
export const pointsOf = (event: LiveBusEvent, wanted: ReadonlySet<string>): Record<string, LivePoint[]> | null => {
  if (event.kind !== 'telemetry') return null
  let found: Record<string, LivePoint[]> | null = null
  for (const [key, points] of Object.entries(event.points)) {
    if (!wanted.has(key)) continue
    found ??= record<LivePoint[]>()
    found[key] = points
  }
  return found
}
