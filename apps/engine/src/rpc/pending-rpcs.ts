import { messageSchema } from '@thingwire/contracts'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { redisKeys } from '../redis-keys.ts'

/** A command that waits for its device or for the device's answer. Times are epoch ms. */
export const pendingRpcSchema = z.object({
  requestId: z.string(),
  tenantId: z.string(),
  deviceId: z.string(),
  createdAt: z.number(),
  method: z.string(),
  /** JSON text. */
  params: z.string(),
  isOneway: z.boolean(),
  isPersistent: z.boolean(),
  expirationTime: z.number(),
  retries: z.number().nullable(),
  /** How often it was sent without an acknowledgement. */
  attempts: z.number(),
  originServiceId: z.string().nullable(),
  continuation: messageSchema,
})
export type PendingRpc = z.infer<typeof pendingRpcSchema>

/** One that is on its way; `number` is the request id that the device sees. */
export type SentRpc = PendingRpc & { number: number }

export type PendingRpcs = {
  /** Keeps it; one with the same request id is not kept twice. Answers whether it is new. */
  add(rpc: PendingRpc): Promise<boolean>
  /** Those that nobody has sent yet, oldest first; from now on they count as sent. */
  claim(deviceId: string, limit: number): Promise<SentRpc[]>
  /** Back to those that wait to be sent. */
  putBack(rpc: SentRpc, attempts: number): Promise<void>
  /** Takes the command that the device answers, or null when nobody waits for it any more. */
  takeByNumber(deviceId: string, number: number): Promise<PendingRpc | null>
  take(deviceId: string, requestId: string): Promise<{ rpc: PendingRpc; wasSent: boolean } | null>
  /** `deviceId` and `requestId` of those whose time is over. */
  due(nowMs: number, limit: number): Promise<{ deviceId: string; requestId: string }[]>
}

/**
 * One hash a device: `r:<requestId>` the command, `s:<requestId>` its number once it is sent, `n:<number>` the way back,
 * `next` the number to give. The hash lives a little longer than its last command, so numbers begin at 0 again after.
 */
const addScript = `
if redis.call('HSETNX', KEYS[1], 'r:' .. ARGV[1], ARGV[2]) == 0 then return 0 end
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[4])
local left = redis.call('PEXPIRETIME', KEYS[1])
local wanted = tonumber(ARGV[3]) + 60000
if left < wanted then redis.call('PEXPIREAT', KEYS[1], wanted) end
return 1
`

const claimScript = `
local waiting = {}
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  if string.sub(all[i], 1, 2) == 'r:' then
    local id = string.sub(all[i], 3)
    if redis.call('HEXISTS', KEYS[1], 's:' .. id) == 0 then
      local rpc = cjson.decode(all[i + 1])
      if rpc.expirationTime > tonumber(ARGV[2]) then waiting[#waiting + 1] = {rpc.createdAt, id, all[i + 1]} end
    end
  end
end
table.sort(waiting, function(a, b) if a[1] == b[1] then return a[2] < b[2] end return a[1] < b[1] end)
local found = {}
for i = 1, math.min(#waiting, tonumber(ARGV[1])) do
  local number = redis.call('HINCRBY', KEYS[1], 'next', 1) - 1
  redis.call('HSET', KEYS[1], 's:' .. waiting[i][2], number, 'n:' .. number, waiting[i][2])
  found[#found + 1] = number
  found[#found + 1] = waiting[i][3]
end
return found
`

const takeScript = `
local id = ARGV[1]
if ARGV[2] == 'number' then id = redis.call('HGET', KEYS[1], 'n:' .. ARGV[1]) end
if not id then return false end
local text = redis.call('HGET', KEYS[1], 'r:' .. id)
if not text then return false end
local number = redis.call('HGET', KEYS[1], 's:' .. id)
redis.call('HDEL', KEYS[1], 'r:' .. id, 's:' .. id)
if number then redis.call('HDEL', KEYS[1], 'n:' .. number) end
redis.call('ZREM', KEYS[2], ARGV[3] .. '/' .. id)
return {text, number and '1' or '0'}
`

const putBackScript = `
if redis.call('HEXISTS', KEYS[1], 'r:' .. ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'r:' .. ARGV[1], ARGV[3])
redis.call('HDEL', KEYS[1], 's:' .. ARGV[1], 'n:' .. ARGV[2])
return 1
`

/** Commands in Redis, where every gateway finds them, whichever process made them. */
export const createPendingRpcs = (redis: () => Redis): PendingRpcs => {
  const takeAs = async (deviceId: string, name: string, by: 'id' | 'number') => {
    const found = await redis().eval(
      takeScript,
      2,
      redisKeys.pendingRpcs(deviceId),
      redisKeys.rpcExpiry,
      name,
      by,
      deviceId,
    )
    if (!Array.isArray(found)) return null
    return { rpc: pendingRpcSchema.parse(JSON.parse(String(found[0]))), wasSent: found[1] === '1' }
  }

  return {
    add: async (rpc) => {
      const { deviceId, requestId, expirationTime } = rpc
      const added = await redis().eval(
        addScript,
        2,
        redisKeys.pendingRpcs(deviceId),
        redisKeys.rpcExpiry,
        requestId,
        JSON.stringify(rpc),
        expirationTime,
        `${deviceId}/${requestId}`,
      )
      return added === 1
    },

    claim: async (deviceId, limit) => {
      const flat = await redis().eval(claimScript, 1, redisKeys.pendingRpcs(deviceId), limit, Date.now())
      if (!Array.isArray(flat)) return []
      const claimed: SentRpc[] = []
      for (let i = 0; i + 1 < flat.length; i += 2)
        claimed.push({ ...pendingRpcSchema.parse(JSON.parse(String(flat[i + 1]))), number: Number(flat[i]) })
      return claimed
    },

    putBack: async ({ number, ...rpc }, attempts) => {
      const text = JSON.stringify({ ...rpc, attempts })
      await redis().eval(putBackScript, 1, redisKeys.pendingRpcs(rpc.deviceId), rpc.requestId, number, text)
    },

    takeByNumber: async (deviceId, number) => (await takeAs(deviceId, String(number), 'number'))?.rpc ?? null,
    take: (deviceId, requestId) => takeAs(deviceId, requestId, 'id'),

    due: async (nowMs, limit) => {
      const members = await redis().zrangebyscore(redisKeys.rpcExpiry, '-inf', nowMs, 'LIMIT', 0, limit)
      return members.map((member) => {
        const [deviceId = '', requestId = ''] = String(member).split('/')
        return { deviceId, requestId }
      })
    },
  }
}
