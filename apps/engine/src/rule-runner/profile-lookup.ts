import { defaultQueueName, type EntityId } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { LRUCache } from 'lru-cache'
import { upTo } from '../bounded-cache.ts'

/** Where messages of an originator go by its profile; null chain: the tenant's root chain. */
export type Destination = { ruleChainId: string | null; queueName: string }

export type ProfileLookup = {
  destinationsOf(tenantId: string, entityIds: readonly EntityId[]): Promise<Destination[]>
  forgetEntity(id: string): void
  /** After a profile changed: which of its devices or assets are remembered is not known. */
  forgetTenant(tenantId: string): void
  forgetAll(): void
}

const nowhereElse: Destination = { ruleChainId: null, queueName: defaultQueueName }
const maxAgeMs = 60_000

type Known = { tenantId: string; destination: Destination }

/** Default chain and queue of a device's or asset's profile, remembered for a while. Others go to the root chain. */
export const createProfileLookup = (database: { entities: Pick<Database['entities'], 'findHeads'> }): ProfileLookup => {
  const known = new LRUCache<string, Known>({ ...upTo(100_000), ttl: maxAgeMs })
  let generation = 0

  const lookUp = async (tenantId: string, entityIds: readonly EntityId[]): Promise<Map<string, Destination>> => {
    const startedIn = generation
    const heads = await database.entities.findHeads(tenantId, entityIds)
    const headOf = new Map(heads.map((head) => [head.id.id, head]))
    const found = new Map<string, Destination>()
    for (const { id } of entityIds) {
      const head = headOf.get(id.toLowerCase())
      const destination = head
        ? { ruleChainId: head.ruleChainId, queueName: head.queueName ?? defaultQueueName }
        : nowhereElse
      found.set(id, destination)
      // An answer that was under way while something changed is given but not kept.
      if (startedIn === generation) known.set(id, { tenantId, destination })
    }
    return found
  }

  return {
    destinationsOf: async (tenantId, entityIds) => {
      const answers = new Map<string, Destination>()
      const missing = new Map<string, EntityId>()
      for (const one of entityIds) {
        if (one.entityType !== 'DEVICE' && one.entityType !== 'ASSET') continue
        const remembered = known.get(one.id)
        if (remembered?.tenantId === tenantId) answers.set(one.id, remembered.destination)
        else missing.set(one.id, one)
      }
      const found = missing.size > 0 ? await lookUp(tenantId, [...missing.values()]) : null
      return entityIds.map(({ id }) => answers.get(id) ?? found?.get(id) ?? nowhereElse)
    },
    forgetEntity: (id) => {
      generation++
      known.delete(id)
    },
    forgetTenant: (tenantId) => {
      generation++
      for (const [id, one] of [...known.entries()]) if (one.tenantId === tenantId) known.delete(id)
    },
    forgetAll: () => {
      generation++
      known.clear()
    },
  }
}
