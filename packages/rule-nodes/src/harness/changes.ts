import type { EntityId } from '@thingwire/contracts'
import type {
  Assignment,
  AttributesRemoval,
  AttributesView,
  ConnectivityEvent,
  Ports,
  RelationEnds,
  RelationsOf,
  Settled,
  WantedEntity,
} from '@thingwire/rules'

/** What a case may say of changes to entities. */
export type ChangesGiven = {
  /** Entity views, by the entity that they show. */
  views?: readonly { of: EntityId; view: AttributesView }[]
  /** Why changes of entities are refused: by name of what is to be made, or id of what is to be assigned or related. */
  refused?: Readonly<Record<string, string>>
  /** Ids of devices whose connectivity was told too often, and of those that are gone. */
  limitedDevices?: readonly string[]
  missingDevices?: readonly string[]
}

/** What a case may expect of them; absent: nothing of that sort. */
export type ChangesExpected = {
  made?: readonly Partial<WantedEntity>[]
  assigned?: readonly Assignment[]
  related?: readonly RelationEnds[]
  unrelated?: readonly (RelationEnds | RelationsOf)[]
  attributesRemoved?: readonly AttributesRemoval[]
  reported?: readonly { deviceId: string; event: ConnectivityEvent; atMs: number }[]
}

type Recorded = { [Member in keyof ChangesExpected]-?: NonNullable<ChangesExpected[Member]>[number][] }

/** Ids of entities that a case makes end with its number: `…-000000000001` is the first. */
export const madeId = (n: number): string => `77777777-7777-4777-8777-${String(n).padStart(12, '0')}`

export const recordingChanges = (given: ChangesGiven & { relations?: readonly RelationEnds[] }) => {
  const calls: Recorded = { made: [], assigned: [], related: [], unrelated: [], attributesRemoved: [], reported: [] }
  const made = new Map<string, EntityId>()
  let relations = [...(given.relations ?? [])]

  const settled = <T>(name: string, work: () => T): Settled<T> => {
    const error = given.refused?.[name]
    return error === undefined ? { ok: true, value: work() } : { ok: false, error }
  }
  const remove = (matches: (one: RelationEnds) => boolean): number => {
    const before = relations.length
    relations = relations.filter((one) => !matches(one))
    return before - relations.length
  }

  const ports: Pick<Ports, 'entityChanges' | 'relationChanges' | 'connectivity' | 'views' | 'turns'> = {
    entityChanges: {
      obtain: async (_node, wanted) =>
        wanted.map((one) =>
          settled(one.name, () => {
            const key = `${one.entityType} ${one.name}`
            const known = made.get(key)
            if (known) return known
            const id: EntityId = { entityType: one.entityType, id: madeId(made.size + 1) }
            made.set(key, id)
            calls.made.push(one)
            return id
          }),
        ),
      assign: async (changes) =>
        changes.map((change) =>
          settled(change.entityId.id, () => {
            calls.assigned.push(change)
            return null
          }),
        ),
    },
    relationChanges: {
      save: async (list) =>
        list.map((relation) =>
          settled(relation.to.id, () => {
            if (relations.some((one) => isSame(one, relation))) return false
            relations.push(relation)
            calls.related.push(relation)
            return true
          }),
        ),
      remove: async (list) =>
        list.map((relation) => {
          calls.unrelated.push(relation)
          return remove((one) => isSame(one, relation)) > 0
        }),
      removeOf: async (queries) =>
        queries.map((query) => {
          calls.unrelated.push(query)
          const end = query.direction === 'FROM' ? 'from' : 'to'
          return remove((one) => one.type === query.type && one[end].id === query.entityId.id)
        }),
    },
    connectivity: {
      report: async (_node, reports) =>
        reports.map((report) => {
          if (given.missingDevices?.includes(report.deviceId)) return 'missing'
          if (given.limitedDevices?.includes(report.deviceId)) return 'limited'
          calls.reported.push(report)
          return 'done'
        }),
    },
    views: {
      of: async (ids) =>
        ids.map(({ id }) => (given.views ?? []).flatMap(({ of, view }) => (of.id === id ? [view] : []))),
    },
    turns: { take: (_place, _ids, work) => work() },
  }
  const removeAttributes: Ports['attributes']['remove'] = async (removals) => {
    calls.attributesRemoved.push(...removals)
    return removals.map(({ keys }) => [...keys])
  }
  return { ports, calls, removeAttributes }
}

const isSame = (a: RelationEnds, b: RelationEnds): boolean =>
  a.type === b.type && a.from.id === b.from.id && a.to.id === b.to.id
