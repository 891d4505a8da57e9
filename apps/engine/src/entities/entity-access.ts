import { AppError, type EntityId, type EntityType } from '@thingwire/contracts'
import { type Database, type Principal, type Scope, scopeOf } from '@thingwire/db'

export type Operation = 'read' | 'write'

/** An entity that the caller may touch, and the scope of the repository calls about it. */
export type AccessibleEntity = { scope: Scope; tenantId: string; name: string }

export type EntityAccess = {
  /** Whether the attributes and telemetry of an entity are open to the caller (as ThingsBoard); throws 403 or 404. */
  require(caller: Principal, entityId: EntityId, operation: Operation): Promise<AccessibleEntity>
}

export const createEntityAccess = (database: Pick<Database, 'devices' | 'ruleChains' | 'users'>): EntityAccess => {
  const device = async (caller: Principal, id: string): Promise<AccessibleEntity> => {
    const scope = tenantScope(caller)
    const found = await database.devices.find(scope, id)
    if (!found) throw notFound('DEVICE')
    return { scope, tenantId: found.tenantId.id, name: found.name }
  }

  const ruleChain = async (caller: Principal, id: string): Promise<AccessibleEntity> => {
    if (caller.authority !== 'TENANT_ADMIN') throw new AppError('PERMISSION_DENIED')
    const scope = scopeOf(caller)
    const found = await database.ruleChains.find(scope, id)
    if (!found) throw notFound('RULE_CHAIN')
    return { scope, tenantId: found.tenantId.id, name: found.name }
  }

  const tenant = (caller: Principal, id: string, operation: Operation): AccessibleEntity => {
    if (caller.authority === 'CUSTOMER_USER') throw customerDenied()
    if (operation === 'write' || (caller.authority === 'TENANT_ADMIN' && caller.tenantId !== id))
      throw new AppError('PERMISSION_DENIED')
    return { scope: scopeOf(caller), tenantId: id, name: id }
  }

  const customer = (caller: Principal, id: string, operation: Operation): AccessibleEntity => {
    const scope = tenantScope(caller)
    // Values are read by tenant and id together, so a foreign id finds nothing; a write would need to know whose it is.
    if (operation === 'write' || !caller.tenantId || (caller.authority === 'CUSTOMER_USER' && caller.customerId !== id))
      throw new AppError('PERMISSION_DENIED')
    return { scope, tenantId: caller.tenantId, name: id }
  }

  const user = async (caller: Principal, id: string): Promise<AccessibleEntity> => {
    const account = await database.users.findAccountById(id)
    const isSelf = caller.userId === id
    const isOwn = caller.authority === 'TENANT_ADMIN' && account?.user.tenantId.id === caller.tenantId
    if (!account || !(isSelf || isOwn)) throw notFound('USER')
    return { scope: scopeOf(caller), tenantId: account.user.tenantId.id, name: account.user.email }
  }

  return {
    require: async (caller, { entityType, id }, operation) => {
      switch (entityType) {
        case 'DEVICE':
          return device(caller, id)
        case 'RULE_CHAIN':
          return ruleChain(caller, id)
        case 'TENANT':
          return tenant(caller, id, operation)
        case 'CUSTOMER':
          return customer(caller, id, operation)
        case 'USER':
          return user(caller, id)
        default:
          throw notFound(entityType)
      }
    },
  }
}

const tenantScope = (caller: Principal): Scope => {
  if (caller.authority === 'SYS_ADMIN')
    throw new AppError('PERMISSION_DENIED', 'System administrator is not allowed to perform this operation!')
  return scopeOf(caller)
}

const customerDenied = () =>
  new AppError('PERMISSION_DENIED', 'Customer user is not allowed to perform this operation!')

export const notFound = (entityType: EntityType): AppError => {
  const words = entityType.toLowerCase().replaceAll('_', ' ')
  const name = words.charAt(0).toUpperCase() + words.slice(1)
  return new AppError('ENTITY_NOT_FOUND', `${name} with requested id wasn't found!`)
}
