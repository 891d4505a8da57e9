import { attributeScopeSchema } from '@thingwire/contracts'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { tellHolders } from '../downlinks/tell-holders.ts'
import { redisChannels } from '../redis-keys.ts'
import { keepUpdate } from '../topic-space/kept-downlinks.ts'

/** What one of the gateways delivers to the session of a device: updated values, or deleted keys, of shared attributes. */
export const deviceDownlinkSchema = z.object({
  tenantId: z.guid(),
  deviceId: z.guid(),
  scope: attributeScopeSchema,
  values: z.record(z.string(), z.unknown()).optional(),
  deleted: z.array(z.string()).optional(),
})
export type DeviceDownlink = z.infer<typeof deviceDownlinkSchema>

/**
 * Queues it for the MQTT sessions that are kept for the device, and tells the gateways. That is best effort, as the device
 * API says: a device without a session asks for current values later.
 */
export const publishDownlink = async (redis: Redis, downlink: DeviceDownlink): Promise<void> => {
  const { scope, values, deleted } = downlink
  if (values) await keepUpdate(redis, downlink, { scope, values })
  if (deleted) await keepUpdate(redis, downlink, { scope, deleted })
  await tellHolders(redis, {
    deviceId: downlink.deviceId,
    toHolders: JSON.stringify({ kind: 'attributes', downlink }),
    toAll: { channel: redisChannels.downlink, text: JSON.stringify(downlink) },
  })
}
