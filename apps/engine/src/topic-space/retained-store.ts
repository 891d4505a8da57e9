import type { Redis } from 'ioredis'
import { redisKeys } from '../redis-keys.ts'
import type { SpaceLimits } from './limits.ts'
import { numberOfAnswer, redisScript } from './redis-script.ts'
import { decodeMessage, encodeMessage, isOutOfDate, type SpaceMessage } from './space-message.ts'
import { fixedPart, matchesFilter } from './topics.ts'

export type RetainedStore = {
  /** Keeps it as the message of its topic, or forgets that when the payload is empty. False: there is no room. */
  store(message: SpaceMessage): Promise<boolean>
  /** Those of the topics that match, in the order of their topics. */
  find(tenantId: string, filter: string): AsyncGenerator<SpaceMessage>
}

/**
 * KEYS: messages, topics, expiry, usage. ARGV: topic, message or nothing, now, when it is out of date or 0, most messages,
 * most bytes. Those that are out of date make room first.
 */
const storeScript = redisScript(`
local function drop(topic)
  local size = redis.call('HSTRLEN', KEYS[1], topic)
  if redis.call('HDEL', KEYS[1], topic) == 0 then return end
  redis.call('ZREM', KEYS[2], topic)
  redis.call('ZREM', KEYS[3], topic)
  redis.call('HINCRBY', KEYS[4], 'retained', -(size + #topic))
end
for _, topic in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', ARGV[3], 'LIMIT', 0, 100)) do drop(topic) end
local topic, message = ARGV[1], ARGV[2]
if message == '' then
  drop(topic)
  return 1
end
local isNew = redis.call('HEXISTS', KEYS[1], topic) == 0
local added = #message - redis.call('HSTRLEN', KEYS[1], topic)
if isNew then added = added + #topic end
if isNew and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[5]) then return 0 end
local used = tonumber(redis.call('HGET', KEYS[4], 'retained') or '0')
if added > 0 and used + added > tonumber(ARGV[6]) then return 0 end
redis.call('HSET', KEYS[1], topic, message)
redis.call('ZADD', KEYS[2], 0, topic)
if ARGV[4] == '0' then redis.call('ZREM', KEYS[3], topic) else redis.call('ZADD', KEYS[3], ARGV[4], topic) end
redis.call('HINCRBY', KEYS[4], 'retained', added)
return 1`)

/** Messages that are read at once. */
const pageSize = 100

/** Retained messages of all tenants, in Redis: any node finds them, and a restart loses none. */
export const createRetainedStore = (options: { redis: () => Redis; limits: SpaceLimits }): RetainedStore => {
  const { redis, limits } = options

  const read = async (tenantId: string, topics: readonly string[]): Promise<SpaceMessage[]> => {
    if (topics.length === 0) return []
    const found = await redis().hmgetBuffer(redisKeys.retained(tenantId), ...topics)
    const now = Date.now()
    return found.flatMap((bytes) => {
      const message = bytes && decodeMessage(bytes)
      return message && !isOutOfDate(message, now) ? [message] : []
    })
  }

  return {
    store: async (message) => {
      const { tenantId, topic, payload, expiresAtMs } = message
      const stored = await storeScript(
        redis(),
        [
          redisKeys.retained(tenantId),
          redisKeys.retainedTopics(tenantId),
          redisKeys.retainedExpiry(tenantId),
          redisKeys.spaceUsage(tenantId),
        ],
        // [MQTT-3.3.1-6]: an empty one removes what was there.
        [
          topic,
          payload.length > 0 ? encodeMessage(message) : '',
          Date.now(),
          expiresAtMs,
          limits.retainedMessages,
          limits.retainedBytes,
        ],
      )
      return numberOfAnswer(stored) === 1
    },
    find: async function* (tenantId, filter) {
      if (!/[+#]/.test(filter)) {
        yield* await read(tenantId, [filter])
        return
      }
      const start = fixedPart(filter)
      const key = redisKeys.retainedTopics(tenantId)
      // No text has the byte 0xff: everything that begins like that comes before.
      const end = start === '' ? '+' : Buffer.concat([Buffer.from(`[${start}`), Buffer.from([0xff])])
      for (let from = `[${start}`; ; ) {
        const page = await redis().zrangebylex(key, from, end, 'LIMIT', 0, pageSize)
        yield* await read(
          tenantId,
          page.filter((topic) => matchesFilter(filter, topic)),
        )
        const last = page.at(-1)
        if (last === undefined || page.length < pageSize) return
        from = `(${last}`
      }
    },
  }
}
