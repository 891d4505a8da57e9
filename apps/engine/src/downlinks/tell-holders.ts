import type { Redis } from 'ioredis'
import { redisChannels, redisKeys } from '../redis-keys.ts'

/** Where each word goes: to the nodes that hold the device, or to all nodes when none is known to. */
export type DeviceWord = { deviceId: string; toHolders: string; toAll: { channel: string; text: string } }

/**
 * A node whose process has died has nobody on its channel: what reaches nobody counts as not told.
 * KEYS: live nodes. ARGV: prefix of their devices, prefix of their channels, device, word, channel of all, word to all.
 */
const tellScript = `
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local told = 0
for _, node in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf')) do
  if redis.call('HEXISTS', ARGV[1] .. node, ARGV[3]) == 1 then
    told = told + redis.call('PUBLISH', ARGV[2] .. node, ARGV[4])
  end
end
if told == 0 then redis.call('PUBLISH', ARGV[5], ARGV[6]) end
return told`

/**
 * Sends a word about a device to the gateways that hold a session of it. Looking up and sending is one step, so a session
 * that was registered before hears the word; one that registers later finds what waits by itself.
 */
export const tellHolders = async (redis: Redis, { deviceId, toHolders, toAll }: DeviceWord): Promise<void> => {
  await redis.eval(
    tellScript,
    1,
    redisKeys.gateways,
    redisKeys.heldDevices(''),
    redisChannels.gateway(''),
    deviceId,
    toHolders,
    toAll.channel,
    toAll.text,
  )
}

/** There is a new command for the device. */
export const wakeDevice = (redis: Redis, deviceId: string): Promise<void> =>
  tellHolders(redis, {
    deviceId,
    toHolders: JSON.stringify({ kind: 'wake', deviceId }),
    toAll: { channel: redisChannels.rpcWake, text: deviceId },
  })
