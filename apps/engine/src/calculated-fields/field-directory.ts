import type { CalculatedField, EntityId } from '@thingwire/contracts'
import type { Database, FieldTarget } from '@thingwire/db'
import { type CompiledAlarmField, compileAlarmField } from '@thingwire/rules'
import { type Channels, type Invalidation, invalidationSchema, parseChannelMessage } from '../channels.ts'
import type { Logger } from '../observability/logger.ts'
import { redisChannels } from '../redis-keys.ts'
import { createReadCache } from '../rule-runner/ports/read-cache.ts'

/** An alarm rule that is evaluated. */
export type LiveField = {
  id: string
  version: number
  name: string
  owner: EntityId
  compiled: CompiledAlarmField
  debug: FieldDebug
}

/** What is kept of its evaluations: failures, and all until then, epoch ms. */
type FieldDebug = { failures: boolean; allUntilMs: number }

export type TenantFields = {
  all: readonly LiveField[]
  /** By the id of the entity, profile or customer that they stand at. */
  byOwner: ReadonlyMap<string, readonly LiveField[]>
  byId: ReadonlyMap<string, LiveField>
  /** With an argument of an entity that is named, by its id. */
  byRef: ReadonlyMap<string, readonly LiveField[]>
  /** With an argument of whoever owns the entity. */
  ofOwners: readonly LiveField[]
}

/** What is evaluated for whom, remembered until it changes. */
export type FieldDirectory = {
  of(tenantId: string): Promise<TenantFields>
  /** In order; null: the tenant has no such entity, or it is of a kind that no field applies to. */
  targets(tenantId: string, ids: readonly EntityId[]): Promise<(FieldTarget | null)[]>
  forget(change: Invalidation): void
  forgetAll(): void
}

/** However changes are announced, nothing is believed for longer than this. */
const maxAgeMs = 60_000

export const createFieldDirectory = (deps: {
  database: Pick<Database, 'calculatedFields' | 'fieldStates'>
  logger: Logger
  now?: () => number
}): FieldDirectory => {
  const { now = Date.now } = deps
  const tenants = new Map<string, { found: Promise<TenantFields>; atMs: number }>()
  const known = createReadCache<FieldTarget>()

  const load = async (tenantId: string): Promise<TenantFields> =>
    indexed(
      (await deps.database.calculatedFields.ofTenant(tenantId, 'ALARM')).flatMap((field) => {
        const result = compileAlarmField(field.configuration)
        if (result.ok) return [liveOf(field, result.field)]
        deps.logger.warn({ tenantId, alarmRuleId: field.id.id }, `an alarm rule cannot be evaluated: ${result.problem}`)
        return []
      }),
    )

  return {
    of: (tenantId) => {
      const entry = tenants.get(tenantId)
      if (entry && now() - entry.atMs < maxAgeMs) return entry.found
      const fresh = { found: load(tenantId), atMs: now() }
      tenants.set(tenantId, fresh)
      fresh.found.catch(() => tenants.get(tenantId) === fresh && tenants.delete(tenantId))
      return fresh.found
    },

    targets: async (tenantId, ids) => {
      const found = new Map<string, FieldTarget>()
      const missing = new Map<string, EntityId>()
      for (const id of ids) {
        const target = known.get(tenantId, id.id)
        if (target) found.set(id.id, target)
        else if (kinds.has(id.entityType)) missing.set(id.id, id)
      }
      if (missing.size > 0)
        await known.reading(
          () => deps.database.fieldStates.targets(tenantId, [...missing.values()]),
          (list, remember) => {
            for (const target of list) {
              if (!target) continue
              found.set(target.id.id, target)
              remember(tenantId, target.id.id, target, { size: 100 })
            }
          },
        )
      return ids.map(({ id }) => found.get(id) ?? null)
    },

    forget: ({ kind, id, tenantId }) => {
      if (kind === 'device' || kind === 'asset' || kind === 'customer') known.forget(id)
      if (kind === 'calculated-field' || kind === 'device-profile' || kind === 'asset-profile') tenants.delete(tenantId)
      if (kind === 'tenant') {
        tenants.delete(id)
        known.forgetWhere((_, of) => of === id)
      }
    },
    forgetAll: () => {
      tenants.clear()
      known.forgetAll()
    },
  }
}

const kinds: ReadonlySet<string> = new Set(['DEVICE', 'ASSET', 'CUSTOMER'])

const liveOf = (
  { id, version, name, entityId, debugSettings }: CalculatedField,
  compiled: CompiledAlarmField,
): LiveField => ({
  id: id.id,
  version,
  name,
  owner: entityId,
  compiled,
  debug: { failures: debugSettings?.failuresEnabled ?? false, allUntilMs: debugSettings?.allEnabledUntil ?? 0 },
})

const indexed = (all: readonly LiveField[]): TenantFields => {
  const byRef = new Map<string, LiveField[]>()
  for (const field of all) {
    const refs = new Set(
      field.compiled.sources.flatMap(({ of }) => (typeof of === 'object' ? of.id.toLowerCase() : [])),
    )
    for (const ref of refs) byRef.set(ref, [...(byRef.get(ref) ?? []), field])
  }
  return {
    all,
    byOwner: Map.groupBy(all, ({ owner }) => owner.id),
    byId: new Map(all.map((field) => [field.id, field])),
    byRef,
    ofOwners: all.filter(({ compiled }) => compiled.sources.some(({ of }) => of === 'owner')),
  }
}

/** Fields that apply to an entity: its own, and those of its profile. */
export const fieldsOf = (fields: TenantFields, { id, profileId }: FieldTarget): LiveField[] => [
  ...(fields.byOwner.get(id.id) ?? []),
  ...(profileId === null ? [] : (fields.byOwner.get(profileId) ?? [])),
]

/** Has the directory forget what changes anywhere. */
export const followFieldChanges = (
  channels: Pick<Channels, 'subscribe' | 'onGap'>,
  directory: Pick<FieldDirectory, 'forget' | 'forgetAll'>,
  logger: Logger,
): void => {
  channels.subscribe(redisChannels.invalidation, (text) => {
    const change = parseChannelMessage(text, invalidationSchema, logger, redisChannels.invalidation)
    if (change) directory.forget(change)
  })
  channels.onGap(directory.forgetAll)
}
