import { defaultQueueName, type EntityId } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { LRUCache } from 'lru-cache'

/** Where messages of an originator go by its profile; null chain: the tenant's root chain. */
export type Destination = { ruleChainId: string | null; queueName: string }

export type ProfileLookup = {
  destinationsOf(tenantId: string, entityIds: readonly EntityId[]): Promise<Destination[]>
  forgetDevice(deviceId: string): void
  forgetAll(): void
}

const nowhereElse: Destination = { ruleChainId: null, queueName: defaultQueueName }
const maxAgeMs = 60_000

/** Default chain and queue of a device's profile, remembered for a while. Other kinds of originators have none yet. */
export const createProfileLookup = (database: Pick<Database, 'credentials'>): ProfileLookup => {
  const known = new LRUCache<string, Destination>({ max: 100_000, ttl: maxAgeMs })

  const lookUp = async (tenantId: string, deviceId: string): Promise<Destination> => {
    const credentials = await database.credentials.findByDevice({ kind: 'tenant', tenantId }, deviceId)
    const info = credentials && (await database.credentials.resolve(credentials.credentialsId))
    if (!info) return nowhereElse
    return { ruleChainId: info.defaultRuleChainId, queueName: info.defaultQueueName ?? defaultQueueName }
  }

  return {
    destinationsOf: async (tenantId, entityIds) => {
      const answers = new Map<string, Promise<Destination>>()
      return Promise.all(
        entityIds.map(({ entityType, id }) => {
          if (entityType !== 'DEVICE') return nowhereElse
          const key = `${tenantId}/${id}`
          const remembered = known.get(key)
          if (remembered) return remembered
          let answer = answers.get(key)
          if (!answer) {
            answer = lookUp(tenantId, id).then((found) => {
              known.set(key, found)
              return found
            })
            answers.set(key, answer)
          }
          return answer
        }),
      )
    },
    forgetDevice: (deviceId) => {
      for (const key of known.keys()) if (key.endsWith(deviceId)) known.delete(key)
    },
    forgetAll: () => known.clear(),
  }
}
