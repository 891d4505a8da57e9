import type { EntityData, EntityId, EntityKey, LivePoint, PageData, QueryValue } from '@thingwire/contracts'
import { record } from '../change.ts'
import type { TopicListener, Topics } from '../topics.ts'
import {
  createEntityRow,
  type EntityRow,
  followedKeys,
  type Latest,
  pointsOf,
  type Series,
  seriesOf,
} from './entity-row.ts'

/** A change of one entity, as a page tells its members. Shared by them: nobody may change it. */
export type EntityChange = {
  entityId: EntityId
  latest: Latest | null
  /** New points as texts, newest first. */
  series: Series | null
  /** The same as they are stored, ascending. */
  points: Record<string, LivePoint[]> | null
}

export type PageMember = {
  deliver(change: EntityChange): void
  /** Other entities are on the page now. */
  moved(): void
  /** Points of series may have been missed. */
  missed?(): void
}

/** The entities that a query found, with their newest values, shared by all who asked the same. */
export type EntityPage = {
  join(member: PageMember): void
  leave(member: PageMember): void
  /** The member wants new points of these keys, too. */
  wantSeries(member: PageMember, keys: readonly string[]): void
  /** The page as it is now. */
  snapshot(): PageData<EntityData>
  entityIds(): EntityId[]
  has(entityId: string): boolean
  /**
   * Takes a page that was read anew: tells changed values, or that there are other entities now.
   * @param isOther Values may be those of something else now
   */
  replace(fresh: PageData<EntityData>, isOther?: boolean): void
  /** Tells members that points of series may have been missed. */
  tellMissed(): void
  /** Ends the following of every entity. */
  close(): void
}

export type PageHooks = {
  /** Events about some entity may have been missed. */
  onGap(): void
  /** An entity was changed; whether it may still be seen is to be asked. */
  onInvalidated(entityId: EntityId): void
}

type Followed = { row: EntityRow; listener: TopicListener }

export const createEntityPage = (options: {
  first: PageData<EntityData>
  /** Whose newest values are followed. */
  keys: readonly EntityKey[]
  topics: Pick<Topics, 'listen' | 'unlisten'>
  tenantOf(entityId: EntityId): string
  hooks: PageHooks
}): { page: EntityPage; isFollowed: Promise<void> } => {
  const { topics, tenantOf, hooks } = options
  const keys = followedKeys(options.keys)
  const members = new Map<PageMember, ReadonlySet<string> | null>()
  const rows = new Map<string, Followed>()
  let totals = options.first
  let isClosed = false

  /** Points for those who want some of them; most want the same keys. */
  const tellSeries = (row: EntityRow, event: Parameters<TopicListener['onEvent']>[0]) => {
    const computed = new Map<ReadonlySet<string>, EntityChange>()
    for (const [member, wanted] of members) {
      if (!wanted) continue
      const known = computed.get(wanted)
      const change = known ?? {
        entityId: row.entityId,
        latest: null,
        series: seriesOf(event, wanted),
        points: pointsOf(event, wanted),
      }
      if (!known) computed.set(wanted, change)
      if (change.series) member.deliver(change)
    }
  }

  const tellLatest = (row: EntityRow, latest: Latest | null) => {
    if (!latest) return
    const change = { entityId: row.entityId, latest, series: null, points: null }
    for (const member of members.keys()) member.deliver(change)
  }

  const follow = (data: EntityData): Promise<void> => {
    const row = createEntityRow(data)
    const listener: TopicListener = {
      onEvent: (event) => {
        tellLatest(row, row.apply(event, keys))
        if (event.kind === 'telemetry') tellSeries(row, event)
      },
      onGap: hooks.onGap,
      onInvalidated: () => hooks.onInvalidated(row.entityId),
    }
    rows.set(row.entityId.id, { row, listener })
    return topics.listen(row.entityId.id, tenantOf(row.entityId), listener, row.entityId.entityType)
  }

  const unfollow = ({ row, listener }: Followed) => {
    rows.delete(row.entityId.id)
    topics.unlisten(row.entityId.id, tenantOf(row.entityId), listener)
  }

  const rebuild = (fresh: PageData<EntityData>): Promise<unknown> => {
    const wanted = new Set(fresh.data.map(({ entityId }) => entityId.id))
    for (const followed of [...rows.values()]) if (!wanted.has(followed.row.entityId.id)) unfollow(followed)
    const added = fresh.data.filter(({ entityId }) => !rows.has(entityId.id)).map(follow)
    // The order is that of the fresh page.
    for (const { entityId } of fresh.data) {
      const followed = rows.get(entityId.id)
      if (!followed) continue
      rows.delete(entityId.id)
      rows.set(entityId.id, followed)
    }
    return Promise.all(added)
  }

  const page: EntityPage = {
    join: (member) => members.set(member, null),
    leave: (member) => members.delete(member),
    wantSeries: (member, list) => {
      if (!members.has(member)) return
      const same = [...members.values()].find((known) => known?.size === list.length && list.every((k) => known.has(k)))
      members.set(member, same ?? new Set(list))
    },
    snapshot: () => ({
      ...totals,
      data: Array.from(rows.values(), ({ row }) => ({
        entityId: row.entityId,
        latest: copyOf(row.latest),
        timeseries: record<QueryValue[]>(),
        aggLatest: record<EntityData['aggLatest'][string]>(),
      })),
    }),
    entityIds: () => Array.from(rows.values(), ({ row }) => row.entityId),
    has: (entityId) => rows.has(entityId),
    replace: (fresh, isOther) => {
      if (isClosed) return
      totals = { ...fresh, data: [] }
      const before = [...rows.keys()]
      // What stands in another order is told as what is new: values may be what it is sorted by.
      const isSame =
        fresh.data.length === rows.size && fresh.data.every(({ entityId }, at) => before[at] === entityId.id)
      if (!isSame) {
        void rebuild(fresh)
        for (const { entityId, latest } of fresh.data) rows.get(entityId.id)?.row.absorb(latest, keys)
        for (const member of members.keys()) member.moved()
        return
      }
      for (const { entityId, latest } of fresh.data) {
        const row = rows.get(entityId.id)?.row
        if (row) tellLatest(row, row.absorb(latest, keys, isOther))
      }
    },
    tellMissed: () => {
      for (const [member, wanted] of members) if (wanted) member.missed?.()
    },
    close: () => {
      isClosed = true
      for (const followed of [...rows.values()]) unfollow(followed)
    },
  }
  totals = { ...options.first, data: [] }
  return { page, isFollowed: Promise.all(options.first.data.map(follow)).then(() => {}) }
}

const copyOf = (latest: Latest): Latest => {
  const copy: Latest = record()
  for (const [type, values] of Object.entries(latest)) copy[type] = Object.assign(record<QueryValue>(), values)
  return copy
}
