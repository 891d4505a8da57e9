import { attributeScopeSchema } from '@thingwire/contracts'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { tellHolders } from '../downlinks/tell-holders.ts'
import { redisChannels } from '../redis-keys.ts'

/** What one of the gateways delivers to the session of a device: updated values, or deleted keys, of shared attributes. */
export const deviceDownlinkSchema = z.object({
  tenantId: z.guid(),
  deviceId: z.guid(),
  scope: attributeScopeSchema,
  values: z.record(z.string(), z.unknown()).optional(),
  deleted: z.array(z.string()).optional(),
})
export type DeviceDownlink = z.infer<typeof deviceDownlinkSchema>

/** Tells the gateways. Best effort, as the device API says: a device without a session asks for current values later. */
export const publishDownlink = async (redis: Redis, downlink: DeviceDownlink): Promise<void> => {
  await tellHolders(redis, {
    deviceId: downlink.deviceId,
    toHolders: JSON.stringify({ kind: 'attributes', downlink }),
    toAll: { channel: redisChannels.downlink, text: JSON.stringify(downlink) },
  })
}
