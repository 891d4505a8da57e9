import { AppError, type EntityId, type EntityType, nullUuid } from '@thingwire/contracts'
import type { Database, EntityHead, Principal, Scope } from '@thingwire/db'
import { allows, type Operation } from './permissions.ts'

/** An entity that the caller may touch, and the scope of the repository calls about it. */
export type AccessibleEntity = {
  scope: Scope
  /** The null id for a thing of the system. */
  tenantId: string
  name: string
  head: EntityHead
}

/** `byId`: `Device with id [..] is not found`, for plain entity endpoints; `requested`: that of telemetry endpoints. */
export type MissingText = 'byId' | 'requested'

export type EntityAccess = {
  /**
   * The entity, when the caller may do this with it. Throws 404 when it is missing or another tenant's, and 403 when
   * the caller's role or customer does not reach it (as ThingsBoard).
   */
  require(
    caller: Principal,
    entityId: EntityId,
    operation: Operation,
    options?: { missingText?: MissingText },
  ): Promise<AccessibleEntity>
  /** Those of the entities that the caller may read, in the order asked for. */
  readable(caller: Principal, entityIds: readonly EntityId[]): Promise<EntityHead[]>
}

export const createEntityAccess = (database: Pick<Database, 'entities'>): EntityAccess => ({
  require: async (caller, entityId, operation, { missingText = 'requested' } = {}) => {
    const head = await database.entities.findHead(reachOf(caller), entityId)
    if (!head)
      throw (
        hiddenFrom(caller, entityId.entityType) ??
        (missingText === 'byId' ? missing(entityId.entityType, entityId.id) : notFound(entityId.entityType))
      )
    if (!allows(caller, operation, head)) throw denied(caller, entityId.entityType)
    return { scope: scopeOfHead(head), tenantId: head.tenantId ?? nullUuid, name: head.name, head }
  },

  readable: async (caller, entityIds) => {
    const heads = await database.entities.findHeads(reachOf(caller), entityIds)
    return heads.filter((head) => allows(caller, 'READ', head))
  },
})

/** The tenant whose entities the caller may be told about; null: all. */
const reachOf = (caller: Principal): string | null => {
  if (caller.authority === 'SYS_ADMIN') return null
  if (!caller.tenantId) throw new AppError('PERMISSION_DENIED')
  return caller.tenantId
}

/** The right was checked, so the calls that follow may see the entity's whole tenant. */
const scopeOfHead = ({ tenantId }: EntityHead): Scope => (tenantId ? { kind: 'tenant', tenantId } : { kind: 'system' })

const entitiesBelowTenants: readonly EntityType[] = ['DEVICE', 'ASSET', 'ENTITY_VIEW', 'CUSTOMER', 'ALARM']

/** Roles that may have nothing to do with a type are told so, whether the entity exists or not. */
const hiddenFrom = (caller: Principal, entityType: EntityType): AppError | null =>
  (caller.authority === 'SYS_ADMIN' && entitiesBelowTenants.includes(entityType)) ||
  (caller.authority === 'CUSTOMER_USER' && entityType === 'TENANT') ||
  (caller.authority === 'TENANT_ADMIN' && entityType === 'TENANT')
    ? denied(caller, entityType)
    : null

const denied = (caller: Principal, entityType: EntityType): AppError => {
  if (caller.authority === 'SYS_ADMIN' && entitiesBelowTenants.includes(entityType))
    return new AppError('PERMISSION_DENIED', 'System administrator is not allowed to perform this operation!')
  if (caller.authority === 'CUSTOMER_USER' && entityType === 'TENANT')
    return new AppError('PERMISSION_DENIED', 'Customer user is not allowed to perform this operation!')
  return new AppError('PERMISSION_DENIED')
}

const irregularNames: Partial<Record<EntityType, string>> = { ENTITY_VIEW: 'Entity View', TB_RESOURCE: 'Resource' }

/** `Device`, `Rule chain`, … as messages to clients call a type (as ThingsBoard). */
export const typeName = (entityType: EntityType): string => {
  const words = entityType.toLowerCase().replaceAll('_', ' ')
  return irregularNames[entityType] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

/** For the endpoints of telemetry, which have texts of their own. */
export const notFound = (entityType: EntityType): AppError =>
  new AppError('ENTITY_NOT_FOUND', `${typeName(entityType)} with requested id wasn't found!`)

/** For all others. */
export const missing = (entityType: EntityType, id: string): AppError =>
  new AppError('ENTITY_NOT_FOUND', `${typeName(entityType)} with id [${id}] is not found`)
