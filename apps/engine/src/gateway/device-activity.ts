import { randomUUID } from 'node:crypto'
import { entityId, type KvEntry } from '@thingwire/contracts'
import type { Redis } from 'ioredis'
import { LRUCache } from 'lru-cache'
import { upTo } from '../bounded-cache.ts'
import { z } from 'zod'
import type { AttributesWriter } from '../attributes/attributes-writer.ts'
import type { Channels } from '../channels.ts'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { UplinkQueue } from '../queue/uplink-queue.ts'
import type { OpenRedis } from '../redis.ts'
import { redisChannels, redisKeys } from '../redis-keys.ts'
import { type ConnectivityEvent, createConnectivityEvents, type DeviceState } from './connectivity-events.ts'

export type DeviceActivity = Part & {
  /** Answers for how long, ms, further signs of life of the device say nothing new. */
  active(tenantId: string, deviceId: string, atMs: number): number
  connected(tenantId: string, deviceId: string, atMs: number): void
  disconnected(tenantId: string, deviceId: string, atMs: number): void
}

type Times = { lastActivityTime?: number; lastConnectTime?: number; lastDisconnectTime?: number }
type Pending = { times: Times; events: { event: ConnectivityEvent; atMs: number }[] }

const flushMs = 1_000
const sweepMs = 10_000
const chunkSize = 500
/** In one sweep, so that it ends; the next one goes on. */
const maxSilentChunks = 40
/** Of one device between two flushes: one that connects in a loop must not flood the rule engine. */
const maxEvents = 20
/** Changes are told; this is for those that were not heard of. */
const timeoutTtlMs = 300_000
const maxTimeouts = 200_000
/** Changes of timeouts that come together are looked at together. */
const gatherMs = 100
/** At most one write of a device's activity in this time, as long as its own timeout is not shorter. */
const writeEveryMs = 60_000
const leastWriteEveryMs = 1_000
/** Who takes a silent device on has this long to write it down. */
const claimMs = 60_000

/** Takes on those whose time is over. KEYS: the set. ARGV: now, until, members. Answers the members that it took. */
const claimScript = `
  local taken = {}
  for n = 3, #ARGV do
    local score = redis.call('ZSCORE', KEYS[1], ARGV[n])
    if score and tonumber(score) <= tonumber(ARGV[1]) then
      redis.call('ZADD', KEYS[1], ARGV[2], ARGV[n])
      taken[#taken + 1] = ARGV[n]
    end
  end
  return taken`

/** Removes those that did not speak since they were taken on. KEYS: the set. ARGV: score, members. */
const releaseScript = `
  for n = 2, #ARGV do
    if redis.call('ZSCORE', KEYS[1], ARGV[n]) == ARGV[1] then redis.call('ZREM', KEYS[1], ARGV[n]) end
  end
  return 1`

const releaseDutyScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`

/**
 * The server-scope attributes `active`, `lastActivityTime`, `lastConnectTime`, `lastDisconnectTime` and
 * `inactivityAlarmTime`, and the events of the rule engine that go with them. Until when a device counts as active stands
 * in Redis, so that a restart forgets none; one process at a time looks for those that fell silent. Work is per some
 * hundred devices, never per device.
 */
export const createDeviceActivity = (options: {
  openRedis: OpenRedis
  channels: Pick<Channels, 'subscribe'>
  attributes: Pick<AttributesWriter, 'save'>
  database: Parameters<typeof createConnectivityEvents>[0]['database']
  queue: Pick<UplinkQueue, 'submitInternal'>
  logger: Logger
  sweepMs?: number
}): DeviceActivity => {
  const { logger, attributes } = options
  const connectivity = createConnectivityEvents(options)
  const timeouts = new LRUCache<string, number>({ ...upTo(maxTimeouts), ttl: timeoutTtlMs })
  const ownerId = randomUUID()
  let redis: Redis | null = null
  let pending = new Map<string, Pending>()
  let flushTimer: NodeJS.Timeout | null = null
  let sweepTimer: NodeJS.Timeout | null = null
  let flushing: Promise<void> = Promise.resolve()
  let sweeping: Promise<void> = Promise.resolve()

  const note = (tenantId: string, deviceId: string, times: Times, event?: ConnectivityEvent, atMs = 0) => {
    const member = `${tenantId}/${deviceId}`
    let known = pending.get(member)
    if (known) Object.assign(known.times, times)
    else {
      known = { times: { ...times }, events: [] }
      pending.set(member, known)
    }
    if (event && known.events.length < maxEvents) known.events.push({ event, atMs })
  }

  const save = (deviceId: string, entries: KvEntry[], ts: number) => ({
    entityId: entityId('DEVICE', deviceId),
    scope: 'SERVER_SCOPE' as const,
    entries,
    ts,
    save: true,
    notifyLive: true,
    notifyDevice: false,
  })

  const learnTimeouts = async (tenantId: string, deviceIds: readonly string[]) => {
    const unknown = deviceIds.filter((id) => !timeouts.has(id))
    if (unknown.length === 0) return
    const found = await connectivity.timeouts(tenantId, unknown)
    for (const [index, id] of unknown.entries()) timeouts.set(id, found[index] ?? 0)
  }

  /** Sets until when they are active; answers those that were not. */
  const extend = async (members: readonly [string, Pending][]): Promise<Set<string>> => {
    const speaking = members.filter(([, { times }]) => times.lastActivityTime !== undefined)
    const pipeline = redis?.pipeline()
    for (const [member, { times }] of speaking)
      pipeline?.zadd(
        redisKeys.activeDevices,
        (times.lastActivityTime ?? 0) + (timeouts.get(deviceOf(member)) ?? 0),
        member,
      )
    const results = (await pipeline?.exec()) ?? []
    return new Set(speaking.flatMap(([member], index) => (results[index]?.[1] === 1 ? [member] : [])))
  }

  const flushTenant = async (tenantId: string, members: readonly [string, Pending][], now: number) => {
    const ids = members.map(([member]) => deviceOf(member))
    await learnTimeouts(tenantId, ids)
    // Before the attributes: whoever looks for silent devices must see these first.
    const awake = await extend(members)
    const eventful = members.filter(([member, { events }]) => events.length > 0 || awake.has(member))
    const stored = await connectivity.read(
      tenantId,
      eventful.map(([member]) => deviceOf(member)),
    )
    await attributes.save(
      tenantId,
      members.map(([member, { times }]) => save(deviceOf(member), entriesOf(times), now)),
    )
    const events = eventful.flatMap(([member, { times, events }], index) => {
      const before = stored[index]
      if (!before) return []
      const deviceId = deviceOf(member)
      timeouts.set(deviceId, before.inactivityTimeout)
      const state = { ...before, ...times, active: before.active || times.lastActivityTime !== undefined }
      const woke = awake.has(member) && !before.active
      const all = woke ? [...events, { event: 'ACTIVITY_EVENT' as const, atMs: now }] : events
      return all.map(({ event, atMs }) => ({ deviceId, event, state, atMs }))
    })
    await connectivity.tell(tenantId, events)
  }

  const flush = async () => {
    if (pending.size === 0) return
    const all = pending
    pending = new Map()
    const now = Date.now()
    for (const chunk of chunks([...all], chunkSize))
      for (const [tenantId, members] of Map.groupBy(chunk, ([member]) => tenantOf(member))) {
        try {
          await flushTenant(tenantId, members, now)
          for (const [member] of members) all.delete(member)
        } catch (error) {
          putBack(all)
          throw error
        }
      }
  }

  /** What could not be written waits for the next flush; what came meanwhile is newer. */
  const putBack = (unwritten: Map<string, Pending>) => {
    for (const [member, { times, events }] of unwritten) {
      const newer = pending.get(member)
      pending.set(member, {
        times: { ...times, ...newer?.times },
        events: [...events, ...(newer?.events ?? [])].slice(0, maxEvents),
      })
    }
  }

  /** Devices whose time is over, unless what is stored says otherwise. */
  const silence = async (to: Redis, tenantId: string, members: readonly string[], now: number) => {
    const states = await connectivity.read(tenantId, members.map(deviceOf))
    const silent: { deviceId: string; event: ConnectivityEvent; state: DeviceState; atMs: number }[] = []
    for (const [index, member] of members.entries()) {
      const state = states[index]
      // One that is inactive already was looked at for another reason, such as a changed timeout.
      if (!state?.active) continue
      const until = state.lastActivityTime + state.inactivityTimeout
      if (until > now) {
        await to.zadd(redisKeys.activeDevices, until, member)
        continue
      }
      const silentState = { ...state, active: false, lastInactivityAlarmTime: now }
      silent.push({ deviceId: deviceOf(member), event: 'INACTIVITY_EVENT', state: silentState, atMs: now })
    }
    const entries: KvEntry[] = [
      { key: 'active', type: 'BOOLEAN', value: false },
      { key: 'inactivityAlarmTime', type: 'LONG', value: now },
    ]
    await attributes.save(
      tenantId,
      silent.map(({ deviceId }) => save(deviceId, entries, now)),
    )
    await connectivity.tell(tenantId, silent)
  }

  const holdsDuty = async (to: Redis): Promise<boolean> => {
    const key = redisKeys.duty('inactivity')
    if ((await to.set(key, ownerId, 'PX', sweepMs * 2, 'NX')) === 'OK') return true
    return (await to.get(key)) === ownerId
  }

  const sweep = async () => {
    if (redis?.status !== 'ready') return
    const to = redis
    if (!(await holdsDuty(to))) return
    const key = redisKeys.activeDevices
    for (let round = 0; round < maxSilentChunks; round++) {
      const now = Date.now()
      const due = await to.zrangebyscore(key, 0, now, 'LIMIT', 0, chunkSize)
      if (due.length === 0) return
      const until = now + claimMs
      const taken = z.array(z.string()).parse(await to.eval(claimScript, 1, key, now, until, ...due.map(String)))
      for (const [tenantId, members] of Map.groupBy(taken, tenantOf)) await silence(to, tenantId, members, now)
      await to.eval(releaseScript, 1, key, until, ...taken)
    }
  }

  /** Devices whose timeout is another one: active ones fall silent at another time, inactive ones may be active again. */
  const lookAgain = async () => {
    const members = [...changedTimeouts]
    changedTimeouts.clear()
    const to = redis
    if (to?.status !== 'ready' || !(await holdsDuty(to))) return
    for (const chunk of chunks(members, chunkSize))
      for (const [tenantId, ofTenant] of Map.groupBy(chunk, tenantOf)) {
        const states = await connectivity.read(tenantId, ofTenant.map(deviceOf))
        const pipeline = to.pipeline()
        for (const [index, member] of ofTenant.entries()) {
          const state = states[index]
          if (!state) continue
          timeouts.set(deviceOf(member), state.inactivityTimeout)
          const until = state.lastActivityTime + state.inactivityTimeout
          if (state.active) pipeline.zadd(redisKeys.activeDevices, until, member)
          else if (until > Date.now()) note(tenantId, deviceOf(member), { lastActivityTime: state.lastActivityTime })
        }
        await pipeline.exec()
      }
    await sweep()
  }

  const changedTimeouts = new Set<string>()
  let gatherTimer: NodeJS.Timeout | null = null
  options.channels.subscribe(redisChannels.inactivityTimeout, (member) => {
    timeouts.delete(deviceOf(member))
    changedTimeouts.add(member)
    gatherTimer ??= setTimeout(() => {
      gatherTimer = null
      sweeping = sweeping.then(lookAgain).catch(logFailure)
    }, gatherMs)
  })

  const logFailure = (error: unknown) => logger.warn(errorFields(error), 'device activity not written')

  return {
    name: 'device activity',
    active: (tenantId, deviceId, atMs) => {
      note(tenantId, deviceId, { lastActivityTime: atMs })
      const timeout = timeouts.get(deviceId, { allowStale: true }) ?? 0
      return Math.min(writeEveryMs, Math.max(leastWriteEveryMs, Math.floor(timeout / 3)))
    },
    connected: (tenantId, deviceId, atMs) =>
      note(tenantId, deviceId, { lastConnectTime: atMs, lastActivityTime: atMs }, 'CONNECT_EVENT', atMs),
    disconnected: (tenantId, deviceId, atMs) =>
      note(tenantId, deviceId, { lastDisconnectTime: atMs }, 'DISCONNECT_EVENT', atMs),
    start: async () => {
      redis = options.openRedis('commands')
      await redis.connect()
      flushTimer = setInterval(() => {
        // One flush at a time: while the database is away, newer times replace older ones in `pending`.
        flushing = flushing.then(flush).catch(logFailure)
      }, flushMs)
      sweepTimer = setInterval(() => {
        sweeping = sweeping.then(sweep).catch(logFailure)
      }, options.sweepMs ?? sweepMs)
    },
    stop: async (deadlineMs) => {
      if (flushTimer) clearInterval(flushTimer)
      if (sweepTimer) clearInterval(sweepTimer)
      if (gatherTimer) clearTimeout(gatherTimer)
      const last = Promise.all([flushing.then(flush).catch(logFailure), sweeping])
      let timer: NodeJS.Timeout | undefined
      const deadline = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, Math.max(0, deadlineMs - Date.now()))
      })
      await Promise.race([last, deadline])
      clearTimeout(timer)
      // The next one need not wait until the duty of this one has lapsed.
      if (redis?.status === 'ready')
        await redis.eval(releaseDutyScript, 1, redisKeys.duty('inactivity'), ownerId).catch(logFailure)
      await redis?.quit().catch(() => redis?.disconnect())
    },
  }
}

const tenantOf = (member: string) => member.slice(0, member.indexOf('/'))
const deviceOf = (member: string) => member.slice(member.indexOf('/') + 1)

const entriesOf = (times: Times): KvEntry[] => {
  const entries: KvEntry[] = []
  if (times.lastActivityTime !== undefined) entries.push({ key: 'active', type: 'BOOLEAN', value: true })
  for (const key of ['lastActivityTime', 'lastConnectTime', 'lastDisconnectTime'] as const) {
    const value = times[key]
    if (value !== undefined) entries.push({ key, type: 'LONG', value })
  }
  return entries
}

const chunks = <T>(list: readonly T[], size: number): T[][] => {
  const result: T[][] = []
  for (let from = 0; from < list.length; from += size) result.push(list.slice(from, from + size))
  return result
}
