import type { EntityId } from '@thingwire/contracts'
import { newMessageId } from '../../message.ts'
import type { EntitiesPort, Ports, ViewsPort, WantedEntity } from '../../ports.ts'
import type { Effect } from '../dry-ports.ts'

type Changes = Pick<Ports, 'entityChanges' | 'relationChanges' | 'connectivity' | 'views' | 'turns'>

/** Changes of entities and relations become effects; what one message made is there for the next. */
export const dryChanges = (
  effect: (one: Effect) => void,
  reads: { entities: Pick<EntitiesPort, 'named'>; views?: ViewsPort },
): Changes => {
  const made = new Map<string, EntityId>()

  const obtain = async (wanted: WantedEntity, found: EntityId | null): Promise<EntityId> => {
    const { entityType, name, profileName } = wanted
    const known = found ?? made.get(`${entityType} ${name}`)
    if (known) return known
    const id: EntityId = { entityType, id: newMessageId() }
    made.set(`${entityType} ${name}`, id)
    effect({ kind: 'entity', entityType, name, profileName })
    return id
  }

  return {
    entityChanges: {
      obtain: async (_node, wanted) => {
        const found = await reads.entities.named(wanted)
        return Promise.all(
          wanted.map(async (one, index) => ({ ok: true, value: await obtain(one, found[index] ?? null) })),
        )
      },
      assign: async (changes) =>
        changes.map(({ entityId, customerId, from }) => {
          effect({ kind: 'assignment', entityId, customerId, ...(from !== undefined && { from }) })
          return { ok: true, value: null }
        }),
    },
    relationChanges: {
      save: async (relations) =>
        relations.map(({ from, to, type }) => {
          effect({ kind: 'relation', from, to, type })
          return { ok: true, value: true }
        }),
      remove: async (relations) =>
        relations.map(({ from, to, type }) => {
          effect({ kind: 'relation-removed', from, to, type })
          return true
        }),
      removeOf: async (queries) =>
        queries.map(({ entityId, direction, type }) => {
          effect({ kind: 'relation-removed', entityId, direction, type })
          return 1
        }),
    },
    connectivity: {
      report: async (_node, reports) =>
        reports.map(({ deviceId, event, atMs }) => {
          effect({ kind: 'connectivity', deviceId, event, atMs })
          return 'done'
        }),
    },
    views: reads.views ?? { of: async (ids) => ids.map(() => []) },
    // Messages pass one after the other.
    turns: { take: (_place, _ids, work) => work() },
  }
}
