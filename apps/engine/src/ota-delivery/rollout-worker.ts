import { randomUUID } from 'node:crypto'
import { entityId, type OtaPackageType } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { AttributesWriter } from '../attributes/attributes-writer.ts'
import { publishDownlink } from '../attributes/device-downlink.ts'
import type { Part } from '../lifecycle.ts'
import type { LiveBus } from '../live-bus/live-bus.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { OpenRedis } from '../redis.ts'
import { redisKeys } from '../redis-keys.ts'
import { rolloutMember, saveDeviceSeries } from './package-rollout.ts'
import { initiatedValues, packageAttributes, queuedValues } from './package-values.ts'

const everyMs = 500
/** With `everyMs`: 200 devices a second are told, so that a profile's devices do not all load at the same moment. */
const devicesAtOnce = 100
const pageSize = 500
const dutyMs = 30_000
const retryMs = 10_000

/** A change that came meanwhile has another score, and stays. */
const doneScript = `
  if redis.call('ZSCORE', KEYS[1], ARGV[1]) == ARGV[2] then redis.call('ZREM', KEYS[1], ARGV[1]) end
  return 1`

const memberSchema = z
  .string()
  .transform((text) => text.split('/'))
  .pipe(z.tuple([z.guid(), z.enum(['device', 'profile']), z.guid(), z.enum(['FIRMWARE', 'SOFTWARE'])]))

/**
 * Tells devices of the packages that they are to run. What waits stands in Redis and leaves it when it is done, and doing
 * it twice is harmless: a restart loses nothing. One process works at a time.
 */
export const createRolloutWorker = (options: {
  liveBus: Pick<LiveBus, 'isEntityWatched' | 'publish'>
  database: Pick<Database, 'telemetry' | 'attributes' | 'otaPackages' | 'devices'>
  attributes: Pick<AttributesWriter, 'save'>
  openRedis: OpenRedis
  logger: Logger
}): Part => {
  const { database, attributes, liveBus, logger } = options
  const ownerId = randomUUID()
  let redis: Redis | null = null
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> = Promise.resolve()

  const removeAttributes = async (to: Redis, tenantId: string, deviceId: string, keys: readonly string[]) => {
    const scope = 'SHARED_SCOPE'
    const id = entityId('DEVICE', deviceId)
    const deleted = await database.attributes.delete({ kind: 'tenant', tenantId }, id, scope, keys)
    if (deleted.length === 0) return
    await publishDownlink(to, { tenantId, deviceId, scope, deleted })
    if (liveBus.isEntityWatched(tenantId, deviceId))
      liveBus.publish(tenantId, { kind: 'attributes', tenantId, entityId: deviceId, scope, changed: [], deleted })
  }

  const tellDevice = async (to: Redis, tenantId: string, deviceId: string, kind: OtaPackageType) => {
    const scope = { kind: 'tenant', tenantId } as const
    // It may be gone, or of another tenant, by now.
    if (!(await database.devices.find(scope, deviceId))) return
    const info = await database.otaPackages.ofDevice(scope, deviceId, kind)
    const { entries, obsolete } = packageAttributes(kind, info)
    const ts = Date.now()
    if (info) await saveDeviceSeries(options, tenantId, deviceId, initiatedValues(kind), ts)
    await removeAttributes(to, tenantId, deviceId, obsolete)
    const told = { entityId: entityId('DEVICE', deviceId), scope: 'SHARED_SCOPE', entries, ts } as const
    await attributes.save(tenantId, [{ ...told, save: true, notifyLive: true, notifyDevice: true }])
  }

  /** All devices that follow the profile come to wait, each with its telemetry. */
  const spread = async (to: Redis, tenantId: string, profileId: string, kind: OtaPackageType) => {
    const scope = { kind: 'tenant', tenantId } as const
    for (let after: string | null = null; ; ) {
      const ids: string[] = await database.devices.idsWithoutPackage(scope, kind, profileId, after, pageSize)
      for (const id of ids) {
        const info = await database.otaPackages.ofDevice(scope, id, kind)
        const now = Date.now()
        if (info) await saveDeviceSeries(options, tenantId, id, queuedValues(info, now), now)
      }
      if (ids.length > 0)
        await to.zadd(
          redisKeys.packageRollout,
          ...ids.flatMap((id) => [Date.now(), rolloutMember({ tenantId, type: 'device', id, kind })]),
        )
      after = ids.at(-1) ?? null
      if (ids.length < pageSize) return
    }
  }

  const perform = async (to: Redis, member: string) => {
    const parsed = memberSchema.safeParse(member)
    if (parsed.success) {
      const [tenantId, type, id, kind] = parsed.data
      if (type === 'profile') await spread(to, tenantId, id, kind)
      else await tellDevice(to, tenantId, id, kind)
    }
  }

  const run = async () => {
    if (redis?.status !== 'ready') return
    const connection = redis
    const key = redisKeys.packageRollout
    const waiting = await connection.zrangebyscore(key, 0, Date.now(), 'WITHSCORES', 'LIMIT', 0, devicesAtOnce)
    if (waiting.length === 0) return
    const duty = redisKeys.duty('packages')
    const holds = await connection.set(duty, ownerId, 'PX', dutyMs, 'NX')
    if (holds !== 'OK' && (await connection.get(duty)) !== ownerId) return
    for (let n = 0; n + 1 < waiting.length; n += 2) {
      const [member = '', score = ''] = waiting.slice(n, n + 2).map(String)
      try {
        await perform(connection, member)
        await connection.eval(doneScript, 1, key, member, score)
      } catch (error) {
        logger.warn({ member, ...errorFields(error) }, 'a device was not told of its package; later again')
        await connection.zadd(key, 'XX', Date.now() + retryMs, member)
      }
    }
  }

  return {
    name: 'package rollout',
    start: async () => {
      redis = options.openRedis('commands')
      await redis.connect()
      let isRunning = false
      timer = setInterval(() => {
        if (isRunning) return
        isRunning = true
        running = run()
          .catch((error: unknown) => logger.warn(errorFields(error), 'packages were not handed out'))
          .finally(() => {
            isRunning = false
          })
      }, everyMs)
    },
    stop: async () => {
      if (timer) clearInterval(timer)
      await running
      await redis?.quit().catch(() => redis?.disconnect())
    },
  }
}
