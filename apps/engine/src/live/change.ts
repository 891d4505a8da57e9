import type { EntityData, LivePoint, LiveUpdate, QueryValue } from '@thingwire/contracts'

type WithoutId<T> = T extends { id: string } ? Omit<T, 'id'> : never

/** What happened to a subscription's data: an update that is not yet addressed to a subscription. */
export type Change = WithoutId<Exclude<LiveUpdate, { kind: 'gap' }>>

/** Keys are device text: an object without a prototype takes any of them. */
export const record = <T>(): Record<string, T> => Object.create(null)

/** A copy that may be changed; the lists and records inside are new, the points and values are shared. */
export const ownCopy = (change: Change): Change => {
  switch (change.kind) {
    case 'latest':
      return {
        kind: 'latest',
        values: Object.assign(record<LivePoint>(), change.values),
        ...(change.deleted && { deleted: [...change.deleted] }),
      }
    case 'timeseries':
      return {
        kind: 'timeseries',
        points: ownPoints(change.points),
        ...(change.deleted && { deleted: [...change.deleted] }),
      }
    case 'attributes':
      return { kind: 'attributes', changed: [...change.changed], deleted: [...change.deleted] }
    case 'entity-data':
      return {
        ...change,
        changed: change.changed.map(({ entityId, latest }) => ({ entityId, latest: ownLatest(latest) })),
        ...(change.points && {
          points: change.points.map(({ entityId, points }) => ({ entityId, points: ownPoints(points) })),
        }),
      }
    case 'alarms':
      return { ...change, changed: [...change.changed] }
    case 'rule-chain':
      return { kind: 'rule-chain', nodes: [...change.nodes], connections: [...change.connections] }
    case 'editors':
    case 'entity-count':
    case 'alarm-count':
      return { ...change }
  }
}

const ownPoints = (points: Readonly<Record<string, LivePoint[]>>): Record<string, LivePoint[]> => {
  const own = record<LivePoint[]>()
  for (const [key, list] of Object.entries(points)) own[key] = [...list]
  return own
}

/** Adds a later change to an own copy of an earlier one of the same kind. Values overwrite, points accumulate. */
export const mergeInto = (target: Change, later: Change): void => {
  if (target.kind === 'latest' && later.kind === 'latest') {
    mergeDeleted(target, target.values, later.deleted, Object.keys(later.values))
    for (const [key, point] of Object.entries(later.values)) {
      const known = target.values[key]
      if (!known || known[0] <= point[0]) target.values[key] = point
    }
  } else if (target.kind === 'timeseries' && later.kind === 'timeseries') {
    mergeDeleted(target, target.points, later.deleted, Object.keys(later.points))
    addPoints(target.points, later.points)
  } else if (target.kind === 'attributes' && later.kind === 'attributes') mergeAttributes(target, later)
  else if (target.kind === 'entity-data' && later.kind === 'entity-data') mergeEntities(target, later)
  else if (target.kind === 'alarms' && later.kind === 'alarms') {
    const { page, totalEntities, changed } = later
    if (page) Object.assign(target, { page, changed: [] })
    target.totalEntities = totalEntities
    target.changed = replaced(target.changed, changed, (alarm) => `${alarm.id.id} ${alarm.entityId.id}`)
  } else if (target.kind === 'rule-chain' && later.kind === 'rule-chain') {
    target.nodes = replaced(target.nodes, later.nodes, ({ nodeId }) => nodeId)
    target.connections = replaced(target.connections, later.connections, (c) => `${c.fromNodeId} ${c.type}`)
  } else if (target.kind === later.kind) Object.assign(target, later)
}

const addPoints = (own: Record<string, LivePoint[]>, later: Readonly<Record<string, LivePoint[]>>): void => {
  for (const [key, list] of Object.entries(later)) {
    const known = own[key]
    if (known) known.push(...list)
    else own[key] = [...list]
  }
}

/** What was deleted later is gone from what waits; what came back later is not deleted any more. */
const mergeDeleted = (
  target: { deleted?: string[] },
  waiting: Record<string, unknown>,
  deleted: readonly string[] | undefined,
  back: readonly string[],
): void => {
  for (const key of deleted ?? []) delete waiting[key]
  if (!target.deleted && !deleted) return
  const gone = new Set([...(target.deleted ?? []), ...(deleted ?? [])])
  for (const key of back) gone.delete(key)
  if (gone.size > 0) target.deleted = [...gone]
  else delete target.deleted
}

type Attributes = Extract<Change, { kind: 'attributes' }>

const mergeAttributes = (target: Attributes, later: Attributes): void => {
  const nameOf = ({ scope, key }: { scope: string; key: string }) => `${scope} ${key}`
  const isGone = new Set(later.deleted.map(nameOf))
  const isBack = new Set(later.changed.map(nameOf))
  const kept = target.changed.filter((entry) => !isGone.has(nameOf(entry)))
  target.changed = replaced(kept, later.changed, nameOf)
  target.deleted = replaced(target.deleted, later.deleted, nameOf).filter((entry) => !isBack.has(nameOf(entry)))
}

type Entities = Extract<Change, { kind: 'entity-data' }>

const ownLatest = (latest: EntityData['latest']): EntityData['latest'] => {
  const own = record<Record<string, QueryValue>>()
  for (const [type, values] of Object.entries(latest)) own[type] = Object.assign(record<QueryValue>(), values)
  return own
}

/** A later page has everything that was before it; changes after it add up by entity. */
const mergeEntities = (target: Entities, later: Entities): void => {
  if (later.page) {
    target.page = later.page
    target.changed = []
  }
  const known = new Map(target.changed.map((change) => [change.entityId.id, change]))
  for (const { entityId, latest } of later.changed) {
    const own = known.get(entityId.id)
    if (!own) target.changed.push({ entityId, latest: ownLatest(latest) })
    else
      for (const [type, values] of Object.entries(latest))
        own.latest[type] = Object.assign(own.latest[type] ?? record<QueryValue>(), values)
  }
  if (later.isMissing) target.isMissing = true
  if (!later.points) return
  const series = new Map((target.points ?? []).map((one) => [one.entityId.id, one.points]))
  for (const { entityId, points } of later.points) {
    const own = series.get(entityId.id)
    if (own) addPoints(own, points)
    else series.set(entityId.id, ownPoints(points))
  }
  const ids = new Map([...(target.points ?? []), ...later.points].map(({ entityId }) => [entityId.id, entityId]))
  target.points = Array.from(ids, ([id, entityId]) => ({ entityId, points: series.get(id) ?? record() }))
}

/** What is left of a change when the client has to read the points again. */
export const withoutPoints = (change: Change): Change => {
  if (change.kind !== 'entity-data') return change
  const { points: _, ...rest } = change
  return { ...rest, isMissing: true }
}

const replaced = <T>(list: readonly T[], later: readonly T[], nameOf: (item: T) => string): T[] => {
  const byName = new Map(list.map((item) => [nameOf(item), item]))
  for (const item of later) byName.set(nameOf(item), item)
  return [...byName.values()]
}

/** Ascending points without repeats; of two points with one ts the later one in the list stays. */
export const distinctPoints = (points: readonly LivePoint[]): LivePoint[] =>
  [...new Map(points.map((point) => [point[0], point])).values()].sort((a, b) => a[0] - b[0])

export const pointCount = (change: Change): number => {
  if (change.kind === 'timeseries') return countOf(change.points)
  let count = 0
  if (change.kind === 'entity-data') for (const { points } of change.points ?? []) count += countOf(points)
  return count
}

const countOf = (points: Readonly<Record<string, LivePoint[]>>): number => {
  let count = 0
  for (const list of Object.values(points)) count += list.length
  return count
}
