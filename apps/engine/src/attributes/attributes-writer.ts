import { type AttributeScope, type EntityId, type KvEntry, toPlainValue } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { AttributesRemoval, AttributesSave } from '@thingwire/rules'
import type { Redis } from 'ioredis'
import type { Part } from '../lifecycle.ts'
import type { LiveBus } from '../live-bus/live-bus.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { OpenRedis } from '../redis.ts'
import { createGroupCommit } from '../telemetry/group-commit.ts'
import { publishDownlink } from './device-downlink.ts'
import { isTimeoutChange, tellTimeoutChange } from './inactivity-timeout.ts'

export type AttributesWriter = Part & {
  /** Resolves after the commit; then watchers and, where asked for, the device are told. */
  save(tenantId: string, saves: readonly AttributesSave[]): Promise<void>
  /** The same for what is deleted. Names of what was there, an array per removal, in order. */
  remove(tenantId: string, removals: readonly AttributesRemoval[]): Promise<string[][]>
}

type Row = { tenantId: string; save: AttributesSave }

/** All writers of attributes in this process share its commits. */
export const createAttributesWriter = (options: {
  database: Database
  liveBus: Pick<LiveBus, 'isEntityWatched' | 'publish'>
  openRedis: OpenRedis
  logger: Logger
  metrics: Metrics
}): AttributesWriter => {
  const { liveBus, logger, metrics } = options
  let redis: Redis | null = null

  const commits = createGroupCommit<Row>({
    maxItems: 2_000,
    maxInFlight: 1,
    write: async (rows) => {
      for (const [tenantId, saves] of Map.groupBy(rows, (row) => row.tenantId))
        await options.database.attributes.save(
          tenantId,
          saves.map(({ save: { entityId, scope, entries, ts } }) => ({ entityId, scope, entries, ts })),
        )
    },
    onCommit: (rows) => {
      metrics.storedRows.inc({ store: 'attributes' }, rows)
      metrics.groupRows.observe({ store: 'attributes' }, rows)
    },
    onRetry: (error, attempt) => {
      if (attempt % 10 === 0) logger.warn({ attempt, ...errorFields(error) }, 'attributes not stored; repeating')
    },
  })

  const tellWatchers = (tenantId: string, save: AttributesSave) => {
    if (!save.notifyLive || !liveBus.isEntityWatched(tenantId, save.entityId.id)) return
    liveBus.publish(tenantId, {
      kind: 'attributes',
      tenantId,
      entityId: save.entityId.id,
      scope: save.scope,
      changed: save.entries.map((entry) => ({ key: entry.key, ts: save.ts, value: toPlainValue(entry) })),
      deleted: [],
    })
  }

  const tellDevice = (tenantId: string, save: AttributesSave) => {
    if (!save.notifyDevice || save.scope !== 'SHARED_SCOPE' || save.entityId.entityType !== 'DEVICE') return
    if (redis?.status !== 'ready' || save.entries.length === 0) return
    const values = plainValues(save.entries)
    publishDownlink(redis, { tenantId, deviceId: save.entityId.id, scope: save.scope, values }).catch(
      (error: unknown) => logger.debug(errorFields(error), 'downlink not published'),
    )
  }

  const tellActivity = (tenantId: string, entityId: EntityId, scope: AttributeScope, keys: readonly string[]) => {
    if (redis?.status !== 'ready' || !isTimeoutChange(entityId, scope, keys)) return
    tellTimeoutChange(redis, tenantId, entityId.id).catch((error: unknown) =>
      logger.debug(errorFields(error), 'another inactivity timeout was not told'),
    )
  }

  const tellRemoved = (tenantId: string, { entityId, scope, notifyDevice }: AttributesRemoval, deleted: string[]) => {
    if (deleted.length === 0) return
    if (liveBus.isEntityWatched(tenantId, entityId.id))
      liveBus.publish(tenantId, { kind: 'attributes', tenantId, entityId: entityId.id, scope, changed: [], deleted })
    tellActivity(tenantId, entityId, scope, deleted)
    if (!notifyDevice || scope !== 'SHARED_SCOPE' || entityId.entityType !== 'DEVICE') return
    if (redis?.status !== 'ready') return
    publishDownlink(redis, { tenantId, deviceId: entityId.id, scope, deleted }).catch((error: unknown) =>
      logger.debug(errorFields(error), 'downlink not published'),
    )
  }

  return {
    name: 'attributes writer',
    start: async () => {
      redis = options.openRedis('commands')
      await redis.connect()
    },
    stop: async () => {
      commits.abort()
      await redis?.quit().catch(() => redis?.disconnect())
    },
    save: async (tenantId, saves) => {
      const rows = saves.filter(({ save, entries }) => save && entries.length > 0).map((save) => ({ tenantId, save }))
      await commits.add(rows)
      for (const save of saves) {
        tellWatchers(tenantId, save)
        tellDevice(tenantId, save)
        const keys = save.entries.map(({ key }) => key)
        tellActivity(tenantId, save.entityId, save.scope, keys)
      }
    },
    remove: async (tenantId, removals) => {
      const deleted = await options.database.attributes.deleteMany(tenantId, removals)
      for (const [index, removal] of removals.entries()) tellRemoved(tenantId, removal, deleted[index] ?? [])
      return deleted
    },
  }
}

export const plainValues = (entries: readonly KvEntry[]): Record<string, unknown> =>
  Object.fromEntries(entries.map((entry) => [entry.key, toPlainValue(entry)]))
