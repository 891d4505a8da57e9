import { messageSchema } from '@thingwire/contracts'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { redisKeys } from '../redis-keys.ts'

const entrySchema = z.object({ queueName: z.string(), message: messageSchema })
/** What is to be put into a queue at its time. */
export type LaterEntry = z.infer<typeof entrySchema>

/** `known`: one of that name waits already, and stays. `full`: the node has as many waiting as it may. */
type Kept = 'kept' | 'known' | 'full'

export type Claimed = LaterEntry & { member: string }

/** A message that a node gathers with others; `wake` comes back to the node when none of that name waits. */
type Gathered = {
  nodeId: string
  group: string
  id: string
  text: string
  most: number
  wake: { key: string; dueMs: number; entry: LaterEntry }
}

export type LaterStore = {
  keep(
    nodeId: string,
    entries: readonly { key: string; dueMs: number; entry: LaterEntry }[],
    most: number,
  ): Promise<Kept[]>
  cancel(nodeId: string, keys: readonly string[]): Promise<void>
  /** Those that are due, for this process alone until `untilMs`. Each must be forgotten once it is in its queue. */
  claim(nowMs: number, untilMs: number, limit: number): Promise<Claimed[]>
  renew(members: readonly string[], untilMs: number): Promise<void>
  forget(members: readonly string[]): Promise<void>
  nextDue(): Promise<number | null>
  gather(gathered: Gathered): Promise<'kept' | 'full'>
  /** In the order in which they came. */
  group(nodeId: string, group: string): Promise<{ id: string; text: string }[]>
  leaveGroup(nodeId: string, group: string, ids: readonly string[]): Promise<void>
  /**
   * Replaces the state of a series, if it still is `expected`, and keeps its next message with it. Answers whether it was.
   */
  swapSeries(change: {
    nodeId: string
    name: string
    expected: string
    state: string
    next: { key: string; dueMs: number; entry: LaterEntry } | null
  }): Promise<boolean>
  series(nodeId: string, name: string): Promise<string>
  /** Adds to a number of the node, and answers the sum. */
  count(nodeId: string, name: string, amount: number): Promise<number>
}

/** One hash a node, `key` → entry, and one sorted set of all, `nodeId/key` → epoch ms. */
const keepScript = `
local answers = {}
for i = 3, #ARGV, 3 do
  if redis.call('HEXISTS', KEYS[1], ARGV[i]) == 1 then answers[#answers + 1] = 'known'
  elseif redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[2]) then answers[#answers + 1] = 'full'
  else
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 2])
    redis.call('ZADD', KEYS[2], ARGV[i + 1], ARGV[1] .. '/' .. ARGV[i])
    answers[#answers + 1] = 'kept'
  end
end
return answers
`

/**
 * A claimed one gets a name of its own (with ~), so that its node may keep another of the old name while this one is on
 * its way. Claimed again, when its process died, it keeps that name.
 */
const claimScript = `
local found = {}
for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])) do
  local at = string.find(member, '/', 1, true)
  local node, key = string.sub(member, 1, at - 1), string.sub(member, at + 1)
  local hash = ARGV[4] .. node
  local text = redis.call('HGET', hash, key)
  if not text then redis.call('ZREM', KEYS[1], member)
  else
    local mine = member
    if string.sub(key, 1, 1) ~= '~' then
      local name = '~' .. ARGV[5] .. #found .. '~' .. key
      redis.call('HDEL', hash, key)
      redis.call('HSET', hash, name, text)
      redis.call('ZREM', KEYS[1], member)
      mine = node .. '/' .. name
    end
    redis.call('ZADD', KEYS[1], ARGV[2], mine)
    found[#found + 1] = mine
    found[#found + 1] = text
  end
end
return found
`

const gatherScript = `
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then
  local held = redis.call('HLEN', KEYS[1])
  if held > 0 and held - 1 >= tonumber(ARGV[3]) then return 'full' end
  local number = redis.call('HINCRBY', KEYS[1], '#', 1)
  redis.call('HSET', KEYS[1], ARGV[1], number .. ' ' .. ARGV[2])
end
redis.call('EXPIRE', KEYS[1], ARGV[4])
if redis.call('HEXISTS', KEYS[2], ARGV[6]) == 0 then
  redis.call('HSET', KEYS[2], ARGV[6], ARGV[8])
  redis.call('ZADD', KEYS[3], ARGV[7], ARGV[5] .. '/' .. ARGV[6])
end
return 'kept'
`

const swapScript = `
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[4])
if ARGV[6] then
  redis.call('HSET', KEYS[2], ARGV[6], ARGV[8])
  redis.call('ZADD', KEYS[3], ARGV[7], ARGV[5] .. '/' .. ARGV[6])
end
return 1
`

/** What a node that is gone has left in Redis is forgotten after this, s. */
const forgottenAfterSeconds = 30 * 24 * 3_600

/** Messages of nodes to themselves, in Redis: they outlive every process. */
export const createLaterStore = (redis: () => Redis): LaterStore => {
  let claims = 0
  const claimer = crypto.randomUUID()
  const split = (member: string): [nodeId: string, key: string] => {
    const at = member.indexOf('/')
    return [member.slice(0, at), member.slice(at + 1)]
  }

  return {
    keep: async (nodeId, entries, most) => {
      const flat = entries.flatMap(({ key, dueMs, entry }) => [key, String(dueMs), JSON.stringify(entry)])
      const keys = [redisKeys.later(nodeId), redisKeys.laterDue]
      const answers = await redis().eval(keepScript, 2, ...keys, nodeId, most, ...flat)
      return z.array(z.enum(['kept', 'known', 'full'])).parse(answers)
    },
    cancel: async (nodeId, keys) => {
      if (keys.length === 0) return
      const members = keys.map((key) => `${nodeId}/${key}`)
      await redis()
        .multi()
        .hdel(redisKeys.later(nodeId), ...keys)
        .zrem(redisKeys.laterDue, ...members)
        .exec()
    },
    claim: async (nowMs, untilMs, limit) => {
      const name = `${claimer}.${++claims}.`
      const args = [nowMs, untilMs, limit, redisKeys.later(''), name].map(String)
      const flat = z.array(z.string()).parse(await redis().eval(claimScript, 1, redisKeys.laterDue, ...args))
      const found: Claimed[] = []
      for (let at = 0; at + 1 < flat.length; at += 2)
        found.push({ member: flat[at] ?? '', ...entrySchema.parse(JSON.parse(flat[at + 1] ?? '')) })
      return found
    },
    renew: async (members, untilMs) => {
      if (members.length > 0)
        await redis().zadd(redisKeys.laterDue, 'XX', ...members.flatMap((member) => [untilMs, member]))
    },
    forget: async (members) => {
      const transaction = redis().multi()
      for (const member of members) {
        const [nodeId, key] = split(member)
        transaction.hdel(redisKeys.later(nodeId), key)
        transaction.zrem(redisKeys.laterDue, member)
      }
      await transaction.exec()
    },
    nextDue: async () => {
      const [, atMs] = await redis().zrange(redisKeys.laterDue, '0', '0', 'WITHSCORES')
      return atMs === undefined ? null : Number(atMs)
    },
    gather: async ({ nodeId, group, id, text, most, wake }) => {
      const keys = [redisKeys.gathered(nodeId, group), redisKeys.later(nodeId), redisKeys.laterDue]
      const args = [id, text, most, forgottenAfterSeconds, nodeId, wake.key, wake.dueMs, JSON.stringify(wake.entry)]
      const answer = await redis().eval(gatherScript, 3, ...keys, ...args.map(String))
      return answer === 'full' ? 'full' : 'kept'
    },
    group: async (nodeId, group) => {
      const fields = await redis().hgetall(redisKeys.gathered(nodeId, group))
      return Object.entries(fields)
        .filter(([id]) => id !== '#')
        .map(([id, numbered]) => {
          const space = numbered.indexOf(' ')
          return { id, number: Number(numbered.slice(0, space)), text: numbered.slice(space + 1) }
        })
        .sort((a, b) => a.number - b.number)
        .map(({ id, text }) => ({ id, text }))
    },
    leaveGroup: async (nodeId, group, ids) => {
      if (ids.length > 0) await redis().hdel(redisKeys.gathered(nodeId, group), ...ids)
    },
    swapSeries: async ({ nodeId, name, expected, state, next }) => {
      const keys = [redisKeys.series(nodeId), redisKeys.later(nodeId), redisKeys.laterDue]
      const args: (string | number)[] = [name, expected, state, forgottenAfterSeconds, nodeId]
      if (next) args.push(next.key, next.dueMs, JSON.stringify(next.entry))
      return (await redis().eval(swapScript, 3, ...keys, ...args)) === 1
    },
    count: async (nodeId, name, amount) => {
      const key = redisKeys.nodeCounts(nodeId)
      const answers = await redis().multi().hincrby(key, name, amount).expire(key, forgottenAfterSeconds).exec()
      const [error, sum] = answers?.[0] ?? []
      if (error) throw error
      return Number(sum)
    },
    series: async (nodeId, name) => (await redis().hget(redisKeys.series(nodeId), name)) ?? '',
  }
}
