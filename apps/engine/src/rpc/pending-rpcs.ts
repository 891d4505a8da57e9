import { messageSchema } from '@thingwire/contracts'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { redisKeys } from '../redis-keys.ts'

/** A command that waits for its device or for the device's answer. Times are epoch ms. */
export const pendingRpcSchema = z.object({
  requestId: z.string(),
  tenantId: z.string(),
  deviceId: z.string(),
  /** Orders the commands of a device: those of one millisecond differ by fractions. */
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
  /** Null: nobody in the rule chain waits for the answer. */
  continuation: messageSchema.nullable(),
})
export type PendingRpc = z.infer<typeof pendingRpcSchema>

/** One that is on its way; `number` is the request id that the device sees. */
export type SentRpc = PendingRpc & { number: number }

export type PendingRpcs = {
  /** Keeps it; one with the same request id is not kept twice. Answers whether it is new. */
  add(rpc: PendingRpc): Promise<boolean>
  /** Those that nobody has sent yet and that may go now, oldest first; from now on they count as sent. */
  claim(deviceId: string, limit: number): Promise<SentRpc[]>
  /** The device has it: with `SEQUENTIAL_ON_ACK_FROM_DEVICE` the next one may go. */
  acknowledge(rpc: PendingRpc): Promise<void>
  /** Back to those that wait to be sent. */
  putBack(rpc: SentRpc, attempts: number): Promise<void>
  /** Takes the command that the device answers, or null when nobody waits for it any more. */
  takeByNumber(deviceId: string, number: number): Promise<PendingRpc | null>
  take(deviceId: string, requestId: string): Promise<{ rpc: PendingRpc; wasSent: boolean } | null>
  /** `deviceId` and `requestId` of those whose time is over. */
  due(nowMs: number, limit: number): Promise<{ deviceId: string; requestId: string }[]>
  /** When the next one's time is over, epoch ms. */
  nextDue(): Promise<number | null>
}

/** When a command may be written to its device (as ThingsBoard). */
export type RpcSubmit = {
  strategy: 'BURST' | 'SEQUENTIAL_ON_ACK_FROM_DEVICE' | 'SEQUENTIAL_ON_RESPONSE_FROM_DEVICE'
  /** With the last of them: so long a command may keep the next one waiting, ms. */
  responseTimeoutMs: number
}

const modes = {
  BURST: 'BURST',
  SEQUENTIAL_ON_ACK_FROM_DEVICE: 'ACK',
  SEQUENTIAL_ON_RESPONSE_FROM_DEVICE: 'RESPONSE',
} as const satisfies Record<RpcSubmit['strategy'], string>

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

/**
 * ARGV: limit, now, mode (BURST: all; ACK: only when every sent one is acknowledged; RESPONSE: only when every sent one is
 * answered, or was sent longer ago than), ms. `t:<requestId>` is when it was sent, `a:<requestId>` that it was acknowledged.
 */
const claimScript = `
local all = redis.call('HGETALL', KEYS[1])
local fields = {}
for i = 1, #all, 2 do fields[all[i]] = all[i + 1] end
local waiting = {}
for field, value in pairs(fields) do
  if string.sub(field, 1, 2) == 'r:' then
    local id = string.sub(field, 3)
    if not fields['s:' .. id] then
      local rpc = cjson.decode(value)
      if rpc.expirationTime > tonumber(ARGV[2]) then waiting[#waiting + 1] = {rpc.createdAt, id, value} end
    elseif ARGV[3] == 'ACK' and not fields['a:' .. id] then return {}
    elseif ARGV[3] == 'RESPONSE' and tonumber(fields['t:' .. id] or '0') + tonumber(ARGV[4]) > tonumber(ARGV[2]) then return {}
    end
  end
end
table.sort(waiting, function(a, b) if a[1] == b[1] then return a[2] < b[2] end return a[1] < b[1] end)
local found = {}
for i = 1, math.min(#waiting, tonumber(ARGV[1])) do
  local id = waiting[i][2]
  local number = redis.call('HINCRBY', KEYS[1], 'next', 1) - 1
  redis.call('HSET', KEYS[1], 's:' .. id, number, 'n:' .. number, id)
  if ARGV[3] ~= 'BURST' then redis.call('HSET', KEYS[1], 't:' .. id, ARGV[2]) end
  found[#found + 1] = number
  found[#found + 1] = waiting[i][3]
end
return found
`

const acknowledgeScript = `
if redis.call('HEXISTS', KEYS[1], 'r:' .. ARGV[1]) == 0 then return 0 end
return redis.call('HSET', KEYS[1], 'a:' .. ARGV[1], '1')
`

const takeScript = `
local id = ARGV[1]
if ARGV[2] == 'number' then id = redis.call('HGET', KEYS[1], 'n:' .. ARGV[1]) end
if not id then return false end
local text = redis.call('HGET', KEYS[1], 'r:' .. id)
if not text then return false end
local number = redis.call('HGET', KEYS[1], 's:' .. id)
redis.call('HDEL', KEYS[1], 'r:' .. id, 's:' .. id, 't:' .. id, 'a:' .. id)
if number then redis.call('HDEL', KEYS[1], 'n:' .. number) end
redis.call('ZREM', KEYS[2], ARGV[3] .. '/' .. id)
return {text, number and '1' or '0'}
`

const putBackScript = `
if redis.call('HEXISTS', KEYS[1], 'r:' .. ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'r:' .. ARGV[1], ARGV[3])
redis.call('HDEL', KEYS[1], 's:' .. ARGV[1], 't:' .. ARGV[1], 'a:' .. ARGV[1], 'n:' .. ARGV[2])
return 1
`

/** Commands in Redis, where every gateway finds them, whichever process made them. */
export const createPendingRpcs = (redis: () => Redis, submit: RpcSubmit): PendingRpcs => {
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
      const key = redisKeys.pendingRpcs(deviceId)
      const mode = modes[submit.strategy]
      const args = [mode === 'BURST' ? limit : 1, Date.now(), mode, submit.responseTimeoutMs].map(String)
      const flat = await redis().eval(claimScript, 1, key, ...args)
      if (!Array.isArray(flat)) return []
      const claimed: SentRpc[] = []
      for (let i = 0; i + 1 < flat.length; i += 2)
        claimed.push({ ...pendingRpcSchema.parse(JSON.parse(String(flat[i + 1]))), number: Number(flat[i]) })
      return claimed
    },

    acknowledge: async ({ deviceId, requestId }) => {
      await redis().eval(acknowledgeScript, 1, redisKeys.pendingRpcs(deviceId), requestId)
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

    nextDue: async () => {
      const [, atMs] = await redis().zrange(redisKeys.rpcExpiry, '0', '0', 'WITHSCORES')
      return atMs === undefined ? null : Number(atMs)
    },
  }
}
