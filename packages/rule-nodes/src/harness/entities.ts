import type { DeviceCredentials, EntityId, TsKvEntry, TsValue } from '@thingwire/contracts'
import type { EntitySummary, Ports, RelationEnds, SeriesQuery } from '@thingwire/rules'
import { testIds } from '@thingwire/rules/testing'

/** What a case may say of entities and of what is stored of them. */
export type EntitiesGiven = {
  /** The entities that there are, with what REST shows of them. */
  entities?: readonly (Partial<EntitySummary> & { id: EntityId; shown?: Readonly<Record<string, unknown>> })[]
  relations?: readonly RelationEnds[]
  /** By device id. */
  credentials?: Readonly<
    Record<string, Pick<DeviceCredentials, 'credentialsType' | 'credentialsId' | 'credentialsValue'>>
  >
  /** Latest telemetry; of the usual device when no entity is named. */
  latest?: readonly { entityId?: EntityId; entries: readonly TsKvEntry[] }[]
  /** Points of the usual device. */
  points?: Readonly<Record<string, readonly TsValue[]>>
}

/** What a case may expect of reads. */
export type ReadsExpected = { histories?: readonly Partial<SeriesQuery>[] }

const isSame = (a: EntityId, b: EntityId): boolean => a.entityType === b.entityType && a.id === b.id

export const recordingEntities = (given: EntitiesGiven & { defaultRuleChain?: string }) => {
  const calls = { histories: [] as SeriesQuery[], reads: 0 }
  const entities = given.entities ?? []
  const relations = given.relations ?? []
  const of = (id: EntityId) => entities.find((one) => isSame(one.id, id))

  const ports: Pick<Ports, 'entities' | 'relations'> & { telemetry: Pick<Ports['telemetry'], 'latest' | 'history'> } = {
    entities: {
      defaultRuleChains: async (ids) => ids.map(() => given.defaultRuleChain ?? null),
      exist: async (ids) => ids.map(({ id }) => !id.endsWith('dead')),
      summaries: async (ids) => {
        calls.reads++
        return ids.map((id) => {
          const found = of(id)
          if (!found) return null
          const { shown: _, ...summary } = found
          return { name: 'Thermometer', label: null, profileName: null, customerId: null, ...summary }
        })
      },
      read: async (ids) => {
        calls.reads++
        return ids.map((id) => of(id)?.shown ?? null)
      },
      named: async (wanted) =>
        wanted.map(
          ({ entityType, name }) =>
            entities.find((one) => one.id.entityType === entityType && one.name === name)?.id ?? null,
        ),
      credentials: async (ids) =>
        ids.map((id) => {
          const found = given.credentials?.[id]
          return found
            ? {
                ...found,
                id: { id },
                createdTime: 0,
                deviceId: { entityType: 'DEVICE', id },
                version: 1,
              }
            : null
        }),
    },
    relations: {
      search: async (searches) => {
        calls.reads++
        return searches.map(({ root, direction, filters }) => {
          const [near, far] = direction === 'FROM' ? (['from', 'to'] as const) : (['to', 'from'] as const)
          return relations
            .filter((one) => isSame(one[near], root))
            .filter(
              (one) =>
                filters.length === 0 ||
                filters.some(
                  ({ relationType, entityTypes }) =>
                    (relationType === '' || relationType === one.type) &&
                    (entityTypes.length === 0 || entityTypes.includes(one[far].entityType)),
                ),
            )
            .map((one) => one[far])
        })
      },
      have: async (questions) =>
        questions.map(({ entityId, direction, type, other }) => {
          const [near, far] = direction === 'FROM' ? (['from', 'to'] as const) : (['to', 'from'] as const)
          return relations.some(
            (one) => one.type === type && isSame(one[near], entityId) && (other === null || isSame(one[far], other)),
          )
        }),
      list: async (queries) =>
        queries.map(({ entityId, direction, type }) =>
          relations.filter((one) => one.type === type && isSame(one[direction === 'FROM' ? 'from' : 'to'], entityId)),
        ),
    },
    telemetry: {
      latest: async (queries) => {
        calls.reads++
        return queries.map(({ entityId, keys }) =>
          (given.latest ?? [])
            .filter((one) => (one.entityId?.id ?? testIds.device) === entityId.id)
            .flatMap(({ entries }) => entries.filter(({ key }) => keys.includes(key))),
        )
      },
      history: async (queries) => {
        calls.histories.push(...queries)
        return queries.map(
          ({ keys }) => new Map(Object.entries(given.points ?? {}).filter(([key]) => keys.includes(key))),
        )
      },
    },
  }
  return { ports, calls }
}
