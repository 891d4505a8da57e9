import type { AttributeScope, EntityId } from '@thingwire/contracts'
import type { Redis } from 'ioredis'
import { redisChannels } from '../redis-keys.ts'

const key = 'inactivityTimeout'

/** Whether such a change of attributes concerns when the device counts as inactive. */
export const isTimeoutChange = (entityId: EntityId, scope: AttributeScope, keys: readonly string[]): boolean =>
  scope === 'SERVER_SCOPE' && entityId.entityType === 'DEVICE' && keys.includes(key)

/** The device has another time of silence, or the default again: who watches its activity looks at it anew. */
export const tellTimeoutChange = async (redis: Redis, tenantId: string, deviceId: string): Promise<void> => {
  await redis.publish(redisChannels.inactivityTimeout, `${tenantId}/${deviceId}`)
}
