import type { Redis } from 'ioredis'
import { z } from 'zod'
import { redisChannels, redisKeys } from '../redis-keys.ts'
import { defaultSpaceLimits } from './limits.ts'
import { nobody } from './node-words.ts'
import { numberOfAnswer, redisScript } from './redis-script.ts'
import { queuedOptions } from './session-store.ts'
import { encodeMessage } from './space-message.ts'

const keptUpdateSchema = z.object({
  scope: z.enum(['CLIENT_SCOPE', 'SHARED_SCOPE', 'SERVER_SCOPE']),
  values: z.record(z.string(), z.unknown()).optional(),
  deleted: z.array(z.string()).optional(),
})
/** An update of attributes that waits for its device; how it is written on the wire is decided when it goes out. */
export type KeptUpdate = z.infer<typeof keptUpdateSchema>

/** Null for what another release may have written. */
export const keptUpdateOf = (payload: Buffer): KeptUpdate | null => {
  try {
    return keptUpdateSchema.parse(JSON.parse(payload.toString()))
  } catch {
    return null
  }
}

/**
 * KEYS: sessions of the device, what the tenant uses. ARGV: prefix of sessions, message, options, most messages, most bytes,
 * most bytes of the tenant, channel, who speaks. Only sessions that asked for updates with an acknowledgement get it.
 */
const keepScript = redisScript(`
local message, wake, added = ARGV[2], {}, 0
local sids = redis.call('SMEMBERS', KEYS[1])
if #sids == 0 then return 0 end
local used = tonumber(redis.call('HGET', KEYS[2], 'queued') or '0')
for _, sid in ipairs(sids) do
  local S = ARGV[1] .. sid
  local isWanted = false
  for _, options in ipairs(redis.call('HVALS', S .. ':subscriptions')) do
    if string.find(options, '"u":true', 1, true) then isWanted = true end
  end
  local state = redis.call('HMGET', S, 'bytes', 'ended', 'keep')
  local bytes = tonumber(state[1] or '0')
  if isWanted and not state[2] and redis.call('XLEN', S .. ':queue') < tonumber(ARGV[4])
    and bytes + #message <= tonumber(ARGV[5]) and used + added + #message <= tonumber(ARGV[6]) then
    local number = redis.call('HINCRBY', S, 'seq', 1)
    redis.call('XADD', S .. ':queue', number .. '-0', 'm', message, 'o', ARGV[3])
    redis.call('HINCRBY', S, 'bytes', #message)
    added = added + #message
    wake[#wake + 1] = sid
  end
end
if #wake > 0 then
  redis.call('HINCRBY', KEYS[2], 'queued', added)
  local body = table.concat(wake, '\\n')
  redis.call('PUBLISH', ARGV[7], ARGV[8] .. struct.pack('>I4', #body + 1) .. 'W' .. body)
end
return #wake`)

/** Queues an update for the sessions that are kept for the device. Answers how many there are. */
export const keepUpdate = async (
  redis: Redis,
  device: { tenantId: string; deviceId: string },
  update: KeptUpdate,
): Promise<number> => {
  const message = encodeMessage({
    tenantId: device.tenantId,
    topic: '',
    payload: Buffer.from(JSON.stringify(update)),
    qos: 1,
    isRetained: false,
    properties: Buffer.alloc(0),
    expiresAtMs: 0,
    publisher: '',
  })
  const { queuedMessages, queuedBytes, tenantQueuedBytes } = defaultSpaceLimits
  const kept = await keepScript(
    redis,
    [redisKeys.mqttSessionsOf(device.deviceId), redisKeys.spaceUsage(device.tenantId)],
    [
      redisKeys.mqttSession(''),
      message,
      queuedOptions({ qos: 1, isRetained: false, subscriptionIds: [], sharedFilter: null }, true),
      queuedMessages,
      queuedBytes,
      tenantQueuedBytes,
      redisChannels.space,
      nobody,
    ],
  )
  return numberOfAnswer(kept)
}
