import type { Redis } from 'ioredis'
import { z } from 'zod'
import { deviceDownlinkSchema, type DeviceDownlink } from '../attributes/device-downlink.ts'
import { type Channels, parseChannelMessage } from '../channels.ts'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { OpenRedis } from '../redis.ts'
import { redisChannels, redisKeys } from '../redis-keys.ts'

/** What one node says to another. */
const nodeWordSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('wake'), deviceId: z.string() }),
  z.object({ kind: z.literal('attributes'), downlink: deviceDownlinkSchema }),
  /** Newer connections of these devices stand elsewhere: pairs of device and session. */
  z.object({ kind: z.literal('taken-over'), sessions: z.array(z.tuple([z.string(), z.string()])) }),
])

/** A connection of a device here. */
export type HeldConnection = {
  readonly id: string
  /** When Redis first heard of it, µs as text: the order of connections of all nodes. Null: it has not yet. */
  heldSince: string | null
}

/** What the node has of a device: its connection, or only requests that wait for news; null: nothing. */
export type Held = HeldConnection | 'poll' | null

export type DeviceHolders = Part & {
  /** What is here of the device has changed. Returns at once; Redis hears of it together with other changes. */
  changed(deviceId: string): void
  /** Resolves when Redis knows what is here of the device, or cannot be told now. */
  settled(deviceId: string): Promise<void>
}

export type DeviceHoldersOptions = {
  nodeId: string
  openRedis: OpenRedis
  channels: Channels
  here: { of(deviceId: string): Held; devices(): Iterable<string> }
  onWake(deviceId: string): void
  onAttributes(downlink: DeviceDownlink): void
  /** A newer connection of the device stands elsewhere. */
  onTakenOver(deviceId: string, sessionId: string): void
  logger: Logger
  /** After so many ms without a sign of life of a node its devices count as held by nobody. */
  lifeMs?: number
}

const defaultLifeMs = 20_000
/** Fields of one command, which Lua must be able to spread. */
const batchSize = 500

/**
 * Keeps what this node holds, and finds connections of the same devices elsewhere; the newer one of two wins. One hash a
 * node, which expires as a whole when the node dies. A connection that comes back (after Redis lost it, or the node was
 * stopped for long) does not win against one that came meanwhile.
 * KEYS: live nodes. ARGV: node, its life in ms, prefix of devices, prefix of channels, then device, session, since.
 * Answers: the time, whether the hash of this node was there, devices whose connection here is the older one.
 */
const holdScript = `
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local stamp = string.format('%.0f', tonumber(time[1]) * 1000000 + tonumber(time[2]))
local own = ARGV[3] .. ARGV[1]
local was = redis.call('EXISTS', own)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[2]))
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
local devices, at = {}, {}
for n = 5, #ARGV, 3 do
  if ARGV[n + 1] ~= '' and ARGV[n + 1] ~= 'poll' then
    devices[#devices + 1] = ARGV[n]
    at[#at + 1] = n
  end
end
local lost = {}
if #devices > 0 then
  for _, node in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf')) do
    if node ~= ARGV[1] then
      local over = {}
      for i, value in ipairs(redis.call('HMGET', ARGV[3] .. node, unpack(devices))) do
        if value and value ~= 'poll' then
          local since, session = string.match(value, '^(%d+) (.+)$')
          local mine = ARGV[at[i] + 2]
          if mine ~= '' and tonumber(mine) < tonumber(since) then lost[devices[i]] = true
          else over[#over + 1] = {devices[i], session} end
        end
      end
      if #over > 0 then
        redis.call('PUBLISH', ARGV[4] .. node, cjson.encode({kind = 'taken-over', sessions = over}))
      end
    end
  end
end
local answer = {stamp, was}
for n = 5, #ARGV, 3 do
  if ARGV[n + 1] == '' or lost[ARGV[n]] then redis.call('HDEL', own, ARGV[n])
  elseif ARGV[n + 1] == 'poll' then redis.call('HSET', own, ARGV[n], 'poll')
  else
    local since = ARGV[n + 2]
    if since == '' then since = stamp end
    redis.call('HSET', own, ARGV[n], since .. ' ' .. ARGV[n + 1])
  end
  if lost[ARGV[n]] then answer[#answer + 1] = ARGV[n] end
end
redis.call('PEXPIRE', own, ARGV[2])
return answer`

const answerSchema = z.tuple([z.string(), z.number()]).rest(z.string())

type Change = { settled: Promise<void>; resolve(): void }

/** Tells the other nodes through Redis which devices have sessions here, and hears from them. */
export const createDeviceHolders = (options: DeviceHoldersOptions): DeviceHolders => {
  const { nodeId, here, logger, lifeMs = defaultLifeMs } = options
  let redis: Redis | null = null
  let heartbeat: NodeJS.Timeout | null = null
  let isStopped = false
  /** Changes that Redis has not been told of, and those that are on their way. */
  let waiting = new Map<string, Change>()
  let underWay = new Map<string, Change>()
  let writing: Promise<void> | null = null

  const changed = (deviceId: string) => {
    if (isStopped || waiting.has(deviceId)) return
    const { promise, resolve } = Promise.withResolvers<void>()
    waiting.set(deviceId, { settled: promise, resolve })
    schedule()
  }

  /** What changes in one turn goes together; while one write is under way the next one gathers. */
  const schedule = () => {
    if (writing || !redis || isStopped) return
    writing = new Promise<void>((resolve) => setImmediate(resolve)).then(write).then(
      () => {
        writing = null
        // What came between the last look and here.
        if (waiting.size > 0) schedule()
      },
      (error: unknown) => {
        writing = null
        logger.warn(errorFields(error), 'other nodes were not told which devices are here')
      },
    )
  }

  const write = async (): Promise<void> => {
    while (waiting.size > 0 && !isStopped) {
      const batch = [...waiting].slice(0, batchSize)
      underWay = new Map(batch)
      for (const [deviceId] of batch) waiting.delete(deviceId)
      try {
        await tell(batch.map(([deviceId]) => deviceId))
      } catch (error) {
        // The next sign of life tells them again.
        waiting = new Map([...batch, ...waiting])
        throw error
      } finally {
        underWay = new Map()
        for (const [, { resolve }] of batch) resolve()
      }
    }
  }

  /** Also a sign of life, with no devices at all. */
  const tell = async (deviceIds: readonly string[]): Promise<void> => {
    if (!redis) return
    const entries = deviceIds.map((deviceId) => ({ deviceId, held: here.of(deviceId) }))
    const args = entries.flatMap(({ deviceId, held }) => [
      deviceId,
      held === null || held === 'poll' ? (held ?? '') : held.id,
      held === null || held === 'poll' ? '' : (held.heldSince ?? ''),
    ])
    const [stamp, wasThere, ...lost] = answerSchema.parse(
      await redis.eval(
        holdScript,
        1,
        redisKeys.gateways,
        nodeId,
        lifeMs,
        redisKeys.heldDevices(''),
        redisChannels.gateway(''),
        ...args,
      ),
    )
    const older = new Set(lost)
    for (const { deviceId, held } of entries) {
      if (held === null || held === 'poll') continue
      held.heldSince ??= stamp
      if (older.has(deviceId)) options.onTakenOver(deviceId, held.id)
    }
    if (wasThere === 0) {
      const told = new Set(deviceIds)
      for (const deviceId of here.devices()) if (!told.has(deviceId)) changed(deviceId)
    }
  }

  /** The device may have gone elsewhere after the word was sent here: then everybody hears it. */
  const passOn = (channel: string, text: string) => {
    redis
      ?.publish(channel, text)
      .catch((error: unknown) => logger.debug(errorFields(error), 'a word for another node was not passed on'))
  }

  const channel = redisChannels.gateway(nodeId)
  options.channels.subscribe(channel, (text) => {
    const word = parseChannelMessage(text, nodeWordSchema, logger, channel)
    if (word?.kind === 'wake') {
      if (here.of(word.deviceId)) options.onWake(word.deviceId)
      else passOn(redisChannels.rpcWake, word.deviceId)
    }
    if (word?.kind === 'attributes') {
      if (here.of(word.downlink.deviceId)) options.onAttributes(word.downlink)
      else passOn(redisChannels.downlink, JSON.stringify(word.downlink))
    }
    if (word?.kind === 'taken-over')
      for (const [deviceId, sessionId] of word.sessions) options.onTakenOver(deviceId, sessionId)
  })

  return {
    name: 'device holders',
    changed,
    settled: (deviceId) => (waiting.get(deviceId) ?? underWay.get(deviceId))?.settled ?? Promise.resolve(),
    start: async () => {
      redis = options.openRedis('commands')
      await redis.connect()
      await tell([])
      heartbeat = setInterval(() => {
        if (redis?.status !== 'ready') return
        tell([]).catch((error: unknown) => logger.warn(errorFields(error), 'no sign of life to other nodes'))
        schedule()
      }, lifeMs / 4)
      schedule()
    },
    stop: async () => {
      isStopped = true
      if (heartbeat) clearInterval(heartbeat)
      await writing
      for (const { resolve } of waiting.values()) resolve()
      if (redis?.status === 'ready')
        await Promise.all([redis.del(redisKeys.heldDevices(nodeId)), redis.zrem(redisKeys.gateways, nodeId)]).catch(
          () => {},
        )
      await redis?.quit().catch(() => redis?.disconnect())
    },
  }
}
