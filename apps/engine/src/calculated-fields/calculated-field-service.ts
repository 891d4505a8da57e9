import {
  alarmFieldConfigurationSchema,
  alarmRuleOwners,
  AppError,
  type CalculatedField,
  type EntityId,
  entityId,
  nullUuid,
  type SaveCalculatedField,
} from '@thingwire/contracts'
import { type Database, scopeOf } from '@thingwire/db'
import { compileAlarmField } from '@thingwire/rules'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import type { Operation } from '../access/permissions.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'
import { maxDebugMs } from '../rule-chains/rule-chain-service.ts'
import type { FieldDirectory } from './field-directory.ts'
import type { FieldUpdates } from './field-updates.ts'

export type CalculatedFieldService = {
  find(caller: Caller, fieldId: string): Promise<CalculatedField>
  /** Whom a field stands at; throws unless the caller may read it. */
  requireOwner(caller: Caller, owner: EntityId): Promise<void>
  /** A field is evaluated for all to whom it applies as soon as it is saved. */
  save(caller: Caller, field: SaveCalculatedField): Promise<CalculatedField>
  delete(caller: Caller, fieldId: string): Promise<void>
}

export const createCalculatedFieldService = (deps: {
  database: Pick<Database, 'calculatedFields'>
  access: EntityAccess
  actions: EntityActions
  invalidate: Invalidate
  limits: Pick<TenantLimits, 'of'>
  directory: Pick<FieldDirectory, 'forget'>
  updates: Pick<FieldUpdates, 'look'>
}): CalculatedFieldService => {
  const { access, actions } = deps
  const store = deps.database.calculatedFields

  const find = async (caller: Caller, fieldId: string, operation: Operation): Promise<CalculatedField> => {
    const id = entityId('CALCULATED_FIELD', fieldId)
    const { scope } = await access.require(caller, id, operation, { missingText: 'byId' })
    const field = await store.find(scope, fieldId)
    if (!field) throw missing('CALCULATED_FIELD', fieldId)
    return field
  }

  const changed = async ({ tenantId, id }: CalculatedField): Promise<void> => {
    const change = { kind: 'calculated-field', tenantId: tenantId.id, id: id.id } as const
    deps.directory.forget(change)
    await deps.invalidate(change)
  }

  /** What can be evaluated; throws 400 with what is wrong. */
  const requireSound = async (caller: Caller, field: SaveCalculatedField): Promise<{ isTimed: boolean }> => {
    if (field.type !== 'ALARM')
      throw new AppError('ARGUMENT_INVALID', `Calculated fields of type ${field.type} are not available yet`)
    const parsed = alarmFieldConfigurationSchema.safeParse(field.configuration)
    const [issue] = parsed.error?.issues ?? []
    if (!parsed.success)
      throw new AppError('ARGUMENT_INVALID', `configuration.${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
    const compiled = compileAlarmField(parsed.data)
    if (!compiled.ok) throw new AppError('ARGUMENT_INVALID', compiled.problem)
    const most = (await deps.limits.of(caller.tenantId ?? nullUuid)).maxArgumentsPerCF
    const { sources, isTimed } = compiled.field
    if (most > 0 && sources.length > most)
      throw new AppError('ARGUMENT_INVALID', `Calculated field arguments limit reached! At most ${most} are allowed`)
    for (const { of } of sources)
      if (typeof of === 'object') await access.require(caller, of, 'READ', { missingText: 'byId' })
    return { isTimed }
  }

  const requireOwner = async (caller: Caller, owner: EntityId, operation: Operation): Promise<void> => {
    if (!alarmRuleOwners.some((type) => type === owner.entityType))
      throw new AppError('ARGUMENT_INVALID', `Calculated fields are not supported for ${owner.entityType}`)
    await access.require(caller, owner, operation, { missingText: 'byId' })
  }

  return {
    find: (caller, fieldId) => find(caller, fieldId, 'READ'),
    requireOwner: (caller, owner) => requireOwner(caller, owner, 'READ'),

    save: (caller, field) => {
      const id = field.id?.id
      const about = {
        action: id ? 'UPDATED' : 'ADDED',
        entityId: entityId('CALCULATED_FIELD', id ?? nullUuid),
        entityName: field.name,
        entity: field,
      } as const
      return actions.attempt(caller, about, async () => {
        if (id) {
          const stored = await find(caller, id, 'WRITE')
          if (stored.type !== field.type)
            throw new AppError('ARGUMENT_INVALID', "Calculated field type can't be changed!")
          if (stored.entityId.id !== field.entityId.id)
            throw new AppError('ARGUMENT_INVALID', "Calculated field entity can't be changed!")
        }
        await requireOwner(caller, field.entityId, 'WRITE')
        const { isTimed } = await requireSound(caller, field)
        const most = (await deps.limits.of(caller.tenantId ?? nullUuid)).maxCalculatedFieldsPerEntity
        // As it was sent, so that members nobody here knows stay; files leave out the type that the rule has anyway.
        const configuration = { ...field.configuration, type: field.type }
        const saved = await store.save(
          scopeOf(caller),
          { ...field, configuration, isTimed },
          { most, maxDebugMs: await maxDebugMs(deps.limits, caller) },
        )
        await changed(saved)
        await deps.updates.look(saved.tenantId.id, saved.entityId, [saved.id.id])
        return { result: saved, deed: { entityId: saved.id, entity: saved } }
      })
    },

    delete: async (caller, fieldId) => {
      const about = {
        action: 'DELETED',
        entityId: entityId('CALCULATED_FIELD', fieldId),
        entityName: '',
        data: { entityId: fieldId },
      } as const
      await actions.attempt(caller, about, async () => {
        const field = await find(caller, fieldId, 'DELETE')
        if (!(await store.delete(scopeOf(caller), fieldId))) throw missing('CALCULATED_FIELD', fieldId)
        await changed(field)
        return { result: undefined, deed: { entityName: field.name, messageData: field } }
      })
    },
  }
}
