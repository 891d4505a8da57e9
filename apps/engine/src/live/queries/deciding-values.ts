import {
  attributeKeyTypeScopes,
  type EntityDataQuery,
  type EntityId,
  type EntityKey,
  type LiveBusEvent,
} from '@thingwire/contracts'
import type { TopicListener, Topics } from '../topics.ts'
import { attributeTypes, type FollowedKeys, followedKeys } from './entity-row.ts'

/** Whether its value is told when it changes; a field of the entity itself is told another way. */
export const isLiveKey = ({ type }: EntityKey): boolean =>
  type === 'TIME_SERIES' || type === 'ATTRIBUTE' || Object.hasOwn(attributeKeyTypeScopes, type)

/** The values by which a query finds entities and puts them in order; null: none. */
const decidingKeys = ({ keyFilters, pageLink }: EntityDataQuery): FollowedKeys | null => {
  const sorted = pageLink.sortOrder?.key
  const keys = [...(keyFilters ?? []).map(({ key }) => key), ...(sorted ? [sorted] : [])].filter(isLiveKey)
  return keys.length > 0 ? followedKeys(keys) : null
}

const isTold = (event: LiveBusEvent, keys: FollowedKeys): boolean => {
  const has = (type: EntityKey['type'], names: readonly string[]) => names.some((name) => keys.get(type)?.has(name))
  switch (event.kind) {
    case 'telemetry':
      return has('TIME_SERIES', Object.keys(event.points))
    case 'telemetry-deleted':
      return has('TIME_SERIES', event.keys)
    case 'attributes': {
      const names = [...event.changed.map(({ key }) => key), ...event.deleted]
      return attributeTypes[event.scope].some((type) => has(type, names))
    }
    case 'alarm':
    case 'rule-chain':
      return false
  }
}

/** A burst of changes is one look. */
const settleMs = 50
/** Such values change all the time: so many times as long as one look takes lies between two. */
const restFactor = 100
const shortestRestMs = 2_000
const longestRestMs = 60_000
/** So many are listened to, whether they are found now or not; where there are more, nobody is. */
export const mostCandidates = 500

export type DecidingValues = {
  /** Finds out who could be found if its values were others, and listens to them from now on. */
  findCandidates(): Promise<void>
  close(): void
}

/**
 * Looks again when a value changes that decides what a query finds, of entities that it finds and of those that it could
 * find. Null: no values decide.
 * @param work runs in the background what no client waits for
 */
export const followDecidingValues = (p: {
  query: EntityDataQuery
  topics: Pick<Topics, 'listen' | 'unlisten'>
  tenantOf(entityId: EntityId): string
  idsOf(query: EntityDataQuery, limit: number): Promise<{ ids: EntityId[]; total: number }>
  work(run: () => Promise<void>): void
  look(): Promise<void>
}): DecidingValues | null => {
  const keys = decidingKeys(p.query)
  if (!keys) return null
  const followed = new Map<string, EntityId>()
  let timer: NodeJS.Timeout | null = null
  let restUntil = 0
  let isClosed = false

  const look = async () => {
    const begunAt = Date.now()
    await p.look()
    const rest = Math.max(shortestRestMs, restFactor * (Date.now() - begunAt))
    restUntil = Date.now() + Math.min(longestRestMs, rest)
  }
  const changed = () => {
    if (isClosed) return
    timer ??= setTimeout(
      () => {
        timer = null
        p.work(look)
      },
      Math.max(settleMs, restUntil - Date.now()),
    )
  }
  const listener: TopicListener = {
    onEvent: (event) => {
      if (isTold(event, keys)) changed()
    },
    onGap: changed,
  }
  const leave = (entityId: EntityId) => {
    followed.delete(entityId.id)
    p.topics.unlisten(entityId.id, p.tenantOf(entityId), listener)
  }
  const follow = (entityIds: readonly EntityId[]) => {
    const wanted = new Set(entityIds.map(({ id }) => id))
    for (const entityId of [...followed.values()]) if (!wanted.has(entityId.id)) leave(entityId)
    for (const entityId of entityIds) {
      if (followed.has(entityId.id)) continue
      followed.set(entityId.id, entityId)
      void p.topics.listen(entityId.id, p.tenantOf(entityId), listener, entityId.entityType)
    }
  }
  return {
    findCandidates: async () => {
      const { entityFilter } = p.query
      const anything = { entityFilter, pageLink: { page: 0, pageSize: mostCandidates } }
      const { ids, total } = await p.idsOf(anything, mostCandidates)
      if (!isClosed) follow(total > mostCandidates ? [] : ids)
    },
    close: () => {
      isClosed = true
      if (timer) clearTimeout(timer)
      for (const entityId of [...followed.values()]) leave(entityId)
    },
  }
}
