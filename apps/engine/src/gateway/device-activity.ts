import { randomUUID } from 'node:crypto'
import { entityId, type KvEntry } from '@thingwire/contracts'
import type { Redis } from 'ioredis'
import type { AttributesWriter } from '../attributes/attributes-writer.ts'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { OpenRedis } from '../redis.ts'
import { redisKeys } from '../redis-keys.ts'

export type DeviceActivity = Part & {
  active(tenantId: string, deviceId: string, atMs: number): void
  connected(tenantId: string, deviceId: string, atMs: number): void
  disconnected(tenantId: string, deviceId: string, atMs: number): void
}

type Times = { lastActivityTime?: number; lastConnectTime?: number; lastDisconnectTime?: number }

const flushMs = 1_000
const sweepMs = 10_000
/** ThingsBoard's default: a device is inactive after this long without a sign of life. */
const inactivityTimeoutMs = 600_000
const chunkSize = 500

/**
 * The server-scope attributes `active`, `lastActivityTime`, `lastConnectTime`, `lastDisconnectTime` and
 * `inactivityAlarmTime`. Which devices are active stands in Redis, so that a restart forgets none; one process at a time
 * looks for those that fell silent.
 */
export const createDeviceActivity = (options: {
  openRedis: OpenRedis
  attributes: AttributesWriter
  logger: Logger
}): DeviceActivity => {
  const { logger, attributes } = options
  const ownerId = randomUUID()
  let redis: Redis | null = null
  let pending = new Map<string, Times>()
  let flushTimer: NodeJS.Timeout | null = null
  let sweepTimer: NodeJS.Timeout | null = null
  let flushing: Promise<void> = Promise.resolve()

  const note = (tenantId: string, deviceId: string, times: Times) => {
    const member = `${tenantId}/${deviceId}`
    const known = pending.get(member)
    if (known) Object.assign(known, times)
    else pending.set(member, times)
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

  const flush = async () => {
    if (pending.size === 0) return
    const times = pending
    pending = new Map()
    const now = Date.now()
    for (const chunk of chunks([...times], chunkSize)) {
      const perTenant = Map.groupBy(chunk, ([member]) => tenantOf(member))
      for (const [tenantId, devices] of perTenant) {
        await attributes.save(
          tenantId,
          devices.map(([member, values]) => save(deviceOf(member), entriesOf(values), now)),
        )
      }
      const pipeline = redis?.pipeline()
      for (const [member, { lastActivityTime }] of chunk)
        if (lastActivityTime) pipeline?.zadd(redisKeys.activeDevices, 'GT', lastActivityTime, member)
      await pipeline?.exec()
    }
  }

  const sweep = async () => {
    if (redis?.status !== 'ready') return
    const holds = await redis.set(redisKeys.duty('inactivity'), ownerId, 'PX', sweepMs * 2, 'NX')
    if (holds !== 'OK' && (await redis.get(redisKeys.duty('inactivity'))) !== ownerId) return
    const now = Date.now()
    const silent = await redis.zrangebyscore(
      redisKeys.activeDevices,
      0,
      now - inactivityTimeoutMs,
      'LIMIT',
      0,
      chunkSize,
    )
    for (const [tenantId, members] of Map.groupBy(silent.map(String), tenantOf)) {
      const entries: KvEntry[] = [
        { key: 'active', type: 'BOOLEAN', value: false },
        { key: 'inactivityAlarmTime', type: 'LONG', value: now },
      ]
      await attributes.save(
        tenantId,
        members.map((member) => save(deviceOf(member), entries, now)),
      )
    }
    // A device that spoke meanwhile has a newer score and stays.
    for (const member of silent) {
      const score = Number(await redis.zscore(redisKeys.activeDevices, String(member)))
      if (score <= now - inactivityTimeoutMs) await redis.zrem(redisKeys.activeDevices, String(member))
    }
  }

  const logFailure = (error: unknown) => logger.warn(errorFields(error), 'device activity not written')

  return {
    name: 'device activity',
    active: (tenantId, deviceId, atMs) => note(tenantId, deviceId, { lastActivityTime: atMs }),
    connected: (tenantId, deviceId, atMs) =>
      note(tenantId, deviceId, { lastConnectTime: atMs, lastActivityTime: atMs }),
    disconnected: (tenantId, deviceId, atMs) => note(tenantId, deviceId, { lastDisconnectTime: atMs }),
    start: async () => {
      redis = options.openRedis('commands')
      await redis.connect()
      flushTimer = setInterval(() => {
        // One flush at a time: while the database is away, newer times replace older ones in `pending`.
        flushing = flushing.then(flush).catch(logFailure)
      }, flushMs)
      sweepTimer = setInterval(() => void sweep().catch(logFailure), sweepMs)
    },
    stop: async (deadlineMs) => {
      if (flushTimer) clearInterval(flushTimer)
      if (sweepTimer) clearInterval(sweepTimer)
      const last = flushing.then(flush).catch(logFailure)
      let timer: NodeJS.Timeout | undefined
      const deadline = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, Math.max(0, deadlineMs - Date.now()))
      })
      await Promise.race([last, deadline])
      clearTimeout(timer)
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
