import {
  type ActionType,
  AppError,
  type AttributeScope,
  type EntityId,
  type LivePoint,
  toPlainValue,
  type TsKvEntry,
} from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { Redis } from 'ioredis'
import type { AccessibleEntity } from '../access/entity-access.ts'
import type { Deed, EntityActions } from '../actions/entity-actions.ts'
import { publishDownlink } from '../attributes/device-downlink.ts'
import { isTimeoutChange, tellTimeoutChange } from '../attributes/inactivity-timeout.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { FieldUpdate } from '../calculated-fields/field-messages.ts'
import type { FieldUpdates } from '../calculated-fields/field-updates.ts'
import { attributeUpdates, removalUpdates, telemetryUpdates } from '../calculated-fields/saved-values.ts'
import type { LiveBus } from '../live-bus/live-bus.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import { parseRestAttributes, parseRestTelemetry } from './rest-values.ts'
import type { ValueAccess } from './value-access.ts'

export type SeriesDeletionRequest = {
  keys: readonly string[]
  /** Null: everything that the keys have. */
  range: { startTs: number; endTs: number } | null
  deleteLatest: boolean
  rewriteLatest: boolean
}

export type WriteValues = {
  /** `body` is the JSON text as it came. */
  saveAttributes(caller: Caller, entityId: EntityId, scope: AttributeScope, body: string): Promise<void>
  /** @param options.ttlSeconds how long the points are kept; 0 or absent: as the tenant's profile says */
  saveTelemetry(caller: Caller, entityId: EntityId, body: string, options?: { ttlSeconds?: number }): Promise<void>
  deleteAttributes(caller: Caller, entityId: EntityId, scope: AttributeScope, keys: readonly string[]): Promise<void>
  deleteTelemetry(caller: Caller, entityId: EntityId, request: SeriesDeletionRequest): Promise<void>
}

/** The audit log keeps what was written up to so many points; of more it keeps what they were. */
const maxAuditedPoints = 1_000

export const createWriteValues = (deps: {
  database: Pick<Database, 'telemetry' | 'attributes'>
  valueAccess: ValueAccess
  actions: EntityActions
  liveBus: Pick<LiveBus, 'isEntityWatched' | 'publish'>
  redis: Redis
  fieldUpdates: Pick<FieldUpdates, 'updated'>
  logger: Logger
  now: () => number
}): WriteValues => {
  const { database, valueAccess, actions, liveBus } = deps

  /** Best effort, as the device API has it: a device without a session asks for current values later. */
  const tellDeviceSide = async (
    tenantId: string,
    { entityType, id }: EntityId,
    scope: AttributeScope,
    change: { values?: Record<string, unknown>; deleted?: string[] },
  ) => {
    if (entityType !== 'DEVICE') return
    const keys = [...Object.keys(change.values ?? {}), ...(change.deleted ?? [])]
    try {
      if (isTimeoutChange({ entityType, id }, scope, keys)) await tellTimeoutChange(deps.redis, tenantId, id)
      if (scope !== 'SHARED_SCOPE') return
      await publishDownlink(deps.redis, { tenantId, deviceId: id, scope, ...change })
    } catch (error) {
      deps.logger.warn({ deviceId: id, ...errorFields(error) }, 'device not told of changed attributes')
    }
  }

  const tellWatchers = (tenantId: string, entityId: string, entries: readonly TsKvEntry[]) => {
    if (entries.length > 0 && liveBus.isEntityWatched(tenantId, entityId))
      liveBus.publish(tenantId, { kind: 'telemetry', tenantId, entityId, points: pointsOf(entries) })
  }

  /** The values are stored; a queue that cannot be reached must not make that look otherwise. */
  const tellFields = async (tenantId: string, updates: readonly FieldUpdate[]) => {
    try {
      await deps.fieldUpdates.updated(tenantId, updates)
    } catch (error) {
      deps.logger.warn({ tenantId, ...errorFields(error) }, 'alarm rules were not told of new values')
    }
  }

  return {
    saveAttributes: async (caller, entityId, scope, body) => {
      if (scope === 'CLIENT_SCOPE') throw new AppError('ARGUMENT_INVALID', `Invalid scope: ${scope}`)
      const entries = parseRestAttributes(body)
      const entity = await valueAccess.require(caller, entityId, 'WRITE_ATTRIBUTES')
      const { tenantId } = entity
      const values = Object.fromEntries(entries.map((entry) => [entry.key, toPlainValue(entry)]))
      const deed = {
        ...deedOf('ATTRIBUTES_UPDATED', entity),
        data: { entityId: entityId.id, scope, attributes: values },
        messageData: values,
        metadata: { scope },
      }
      await actions.attempt(caller, deed, async () => {
        const ts = deps.now()
        await database.attributes.save(tenantId, [{ entityId, scope, entries, ts }])
        const changed = entries.map((entry) => ({ key: entry.key, ts, value: toPlainValue(entry) }))
        const event = { kind: 'attributes' as const, tenantId, entityId: entityId.id, scope, changed, deleted: [] }
        if (liveBus.isEntityWatched(tenantId, entityId.id)) liveBus.publish(tenantId, event)
        await tellDeviceSide(tenantId, entityId, scope, { values })
        await tellFields(tenantId, attributeUpdates([{ entityId, scope, entries, ts, calculatedFields: true }]))
        return { result: undefined }
      })
    },

    saveTelemetry: async (caller, entityId, body, { ttlSeconds = 0 } = {}) => {
      const now = deps.now()
      const entries = parseRestTelemetry(body, now)
      const entity = await valueAccess.require(caller, entityId, 'WRITE_TELEMETRY')
      const { tenantId } = entity
      const timeseries = recordsOf(entries)
      const keys = [...new Set(entries.map(({ key }) => key))]
      const written = entries.length <= maxAuditedPoints ? { timeseries } : { keys, points: entries.length }
      const deed = {
        ...deedOf('TIMESERIES_UPDATED', entity),
        data: { entityId: entityId.id, ...written },
        messageData: { timeseries },
      }
      await actions.attempt(caller, deed, async () => {
        const expiry = ttlSeconds > 0 ? { expiresAt: now + ttlSeconds * 1_000 } : null
        await database.telemetry.write(
          entries.map((entry) => ({ ...entry, tenantId, entityId, saveTimeseries: true, saveLatest: true, ...expiry })),
        )
        tellWatchers(tenantId, entityId.id, entries)
        await tellFields(tenantId, telemetryUpdates([{ entityId, entries, calculatedFields: true }]))
        return { result: undefined }
      })
    },

    deleteAttributes: async (caller, entityId, attributeScope, keys) => {
      if (keys.length === 0) throw new AppError('ARGUMENT_INVALID', 'Empty keys: []')
      const entity = await valueAccess.require(caller, entityId, 'WRITE_ATTRIBUTES')
      const { scope, tenantId } = entity
      const deed = {
        ...deedOf('ATTRIBUTES_DELETED', entity),
        data: { entityId: entityId.id, scope: attributeScope, attributes: keys },
        messageData: { attributes: keys },
        metadata: { scope: attributeScope },
      }
      await actions.attempt(caller, deed, async () => {
        const deleted = await database.attributes.delete(scope, entityId, attributeScope, keys)
        if (deleted.length > 0) {
          const event = { kind: 'attributes' as const, tenantId, entityId: entityId.id, scope: attributeScope }
          if (liveBus.isEntityWatched(tenantId, entityId.id))
            liveBus.publish(tenantId, { ...event, changed: [], deleted })
          await tellDeviceSide(tenantId, entityId, attributeScope, { deleted })
          await tellFields(tenantId, removalUpdates([{ entityId, scope: attributeScope }], [deleted], deps.now()))
        }
        return { result: undefined }
      })
    },

    deleteTelemetry: async (caller, entityId, { keys, range, deleteLatest, rewriteLatest }) => {
      if (keys.length === 0) throw new AppError('ARGUMENT_INVALID', 'Empty keys: []')
      const entity = await valueAccess.require(caller, entityId, 'WRITE_TELEMETRY')
      const { tenantId, scope } = entity
      const { startTs, endTs } = range ?? { startTs: 0, endTs: deps.now() }
      const deed = {
        ...deedOf('TIMESERIES_DELETED', entity),
        data: { entityId: entityId.id, keys, startTs, endTs },
        messageData: { timeseries: keys, startTs, endTs },
      }
      await actions.attempt(caller, deed, async () => {
        const { withoutLatest, rewritten } = await database.telemetry.delete(scope, {
          entityId,
          keys,
          startTs: range?.startTs ?? null,
          endTs: range?.endTs ?? null,
          deleteLatest,
          rewriteLatest,
        })
        const gone = [...withoutLatest, ...rewritten.map(({ key }) => key)]
        if (gone.length > 0 && liveBus.isEntityWatched(tenantId, entityId.id))
          liveBus.publish(tenantId, { kind: 'telemetry-deleted', tenantId, entityId: entityId.id, keys: gone })
        tellWatchers(tenantId, entityId.id, rewritten)
        await tellFields(tenantId, removalUpdates([{ entityId, scope: null }], [gone], deps.now()))
        return { result: undefined }
      })
    },
  }
}

const deedOf = <A extends ActionType>(action: A, { head, name }: AccessibleEntity): Deed & { action: A } => ({
  action,
  ...(head.tenantId && { tenantId: head.tenantId }),
  customerId: head.customerIds[0] ?? null,
  entityId: head.id,
  entityName: name,
})

/** `[{ts, values}]`, as messages and the audit log carry it. */
const recordsOf = (entries: readonly TsKvEntry[]) =>
  Array.from(
    Map.groupBy(entries, ({ ts }) => ts),
    ([ts, list]) => ({ ts, values: Object.fromEntries(list.map((entry) => [entry.key, toPlainValue(entry)])) }),
  )

const pointsOf = (entries: readonly TsKvEntry[]): Record<string, LivePoint[]> =>
  Object.fromEntries(
    Array.from(
      Map.groupBy(entries, ({ key }) => key),
      ([key, list]) => [
        key,
        list.map((entry): LivePoint => [entry.ts, toPlainValue(entry)]).sort((a, b) => a[0] - b[0]),
      ],
    ),
  )
