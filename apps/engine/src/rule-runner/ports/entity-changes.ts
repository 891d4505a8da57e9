import {
  AppError,
  type EntityId,
  nullUuid,
  saveAssetSchema,
  saveCustomerSchema,
  saveDeviceSchema,
} from '@thingwire/contracts'
import type { Database, EntityHead } from '@thingwire/db'
import {
  type Assignment,
  type EntityChangesPort,
  errorText,
  isEnvironmentError,
  type Settled,
  type WantedEntity,
} from '@thingwire/rules'
import type { Deed, EntityActions } from '../../actions/entity-actions.ts'
import type { Invalidate } from '../../actions/invalidation.ts'
import type { TenantLimits } from '../../limits/tenant-limits.ts'
import type { PackageRollout } from '../../ota-delivery/package-rollout.ts'

export type EntityChangesDeps = {
  database: Pick<Database, 'entities' | 'devices' | 'assets' | 'customers' | 'entityViews' | 'dashboards'>
  actions: EntityActions
  limits: Pick<TenantLimits, 'requireRoom'>
  invalidate: Invalidate
  packages: Pick<PackageRollout, 'deviceChanged'>
}

const invalidations = { DEVICE: 'device', ASSET: 'asset', ENTITY_VIEW: 'entity-view', DASHBOARD: 'dashboard' } as const
type Assignable = keyof typeof invalidations
const isAssignable = (type: string): type is Assignable => Object.hasOwn(invalidations, type)

/** Entities as rule nodes make and assign them: what REST does underneath, without a user. */
export const createEntityChanges = (deps: EntityChangesDeps, tenantId: string): EntityChangesPort => {
  const { database, actions, limits, invalidate, packages } = deps
  const scope = { kind: 'tenant', tenantId } as const

  /** What cannot be done is an answer; a database that is away is not. */
  const settled = async <T>(work: () => Promise<T>): Promise<Settled<T>> => {
    try {
      return { ok: true, value: await work() }
    } catch (error) {
      if (isEnvironmentError(error)) throw error
      return { ok: false, error: errorText(error) }
    }
  }

  const make = async ({ entityType, name, profileName }: WantedEntity): Promise<Made> => {
    const named = { name, ...(profileName !== null && { type: profileName }) }
    switch (entityType) {
      case 'DEVICE': {
        const device = await database.devices.save(scope, checked(saveDeviceSchema, named))
        await packages.deviceChanged(null, device)
        return { id: device.id, name, entity: device }
      }
      case 'ASSET': {
        const {
          customerTitle: _1,
          customerIsPublic: _2,
          assetProfileName: _3,
          ...asset
        } = await database.assets.save(scope, checked(saveAssetSchema, named))
        return { id: asset.id, name, entity: asset }
      }
      case 'CUSTOMER': {
        const customer = await database.customers.save(scope, checked(saveCustomerSchema, { title: name }))
        return { id: customer.id, name, entity: customer }
      }
    }
  }

  const create = async (ruleNodeId: string, wanted: WantedEntity): Promise<EntityId> => {
    try {
      await limits.requireRoom(tenantId, wanted.entityType)
      const { id, name, entity } = await make(wanted)
      const kind = { DEVICE: 'device', ASSET: 'asset', CUSTOMER: 'customer' } as const
      await invalidate({ kind: kind[wanted.entityType], tenantId, id: id.id })
      const deed: Deed = { action: 'ADDED', entityId: id, entityName: name, entity, metadata: { ruleNodeId } }
      await actions.record({ tenantId, user: null }, deed)
      return id
    } catch (error) {
      // Another process may have made it at the same moment.
      const [found] = await database.entities.findNamed(tenantId, [wanted])
      if (found) return found
      throw error
    }
  }

  const assignOne = async (head: EntityHead, { customerId, from }: Assignment): Promise<void> => {
    const { entityType, id } = head.id
    if (!isAssignable(entityType)) throw new AppError('ARGUMENT_INVALID', unassignable(entityType))
    switch (entityType) {
      case 'DEVICE':
        await database.devices.assign(scope, id, customerId)
        break
      case 'ASSET':
        await database.assets.assign(scope, id, customerId)
        break
      case 'ENTITY_VIEW':
        await database.entityViews.assign(scope, id, customerId)
        break
      case 'DASHBOARD':
        await database.dashboards.changeAssignments(
          scope,
          id,
          customerId === null ? { remove: from === undefined ? [] : [from] } : { add: [customerId] },
        )
    }
    await invalidate({ kind: invalidations[entityType], tenantId, id })
  }

  return {
    obtain: async (ruleNodeId, wanted) => {
      const known = await database.entities.findNamed(tenantId, wanted)
      const made = new Map<string, Settled<EntityId>>()
      for (const [index, one] of wanted.entries()) {
        const key = keyOf(one)
        const found = known[index]
        if (found) made.set(key, { ok: true, value: found })
        else if (!made.has(key)) made.set(key, await settled(() => create(ruleNodeId, one)))
      }
      return wanted.map((one) => made.get(keyOf(one)) ?? { ok: false, error: 'The entity was not made' })
    },

    assign: async (changes) => {
      const customers = changes.flatMap(({ customerId }) =>
        customerId === null ? [] : [{ entityType: 'CUSTOMER', id: customerId } as const],
      )
      const ids = [...changes.map(({ entityId }) => entityId), ...customers]
      const heads = await database.entities.findHeads(tenantId, uniqueIds(ids))
      const found = new Map(heads.map((head) => [`${head.id.entityType} ${head.id.id}`, head]))
      const owners = new Map(heads.map(({ id, customerIds }) => [id.id, new Set(customerIds)]))

      const change = async (one: Assignment): Promise<void> => {
        const { entityId, customerId, from } = one
        const head = found.get(`${entityId.entityType} ${entityId.id.toLowerCase()}`)
        if (!isAssignable(entityId.entityType))
          throw new AppError('ARGUMENT_INVALID', unassignable(entityId.entityType))
        if (!head)
          throw new AppError('ENTITY_NOT_FOUND', `${entityId.entityType} with id [${entityId.id}] doesn't exist!`)
        const customer = customerId?.toLowerCase() ?? null
        if (customer !== null && !found.has(`CUSTOMER ${customer}`))
          throw new AppError('ENTITY_NOT_FOUND', `Customer with id [${customer}] doesn't exist!`)
        const owner = owners.get(head.id.id) ?? new Set()
        const isSo = customer !== null ? owner.has(customer) : from === undefined ? owner.size === 0 : !owner.has(from)
        if (isSo) return
        await assignOne(head, one)
        if (head.id.entityType !== 'DASHBOARD') owner.clear()
        if (customer !== null) owner.add(customer)
        else if (from !== undefined) owner.delete(from)
      }

      const answers: Settled<null>[] = []
      // One after the other for each entity, all entities at the same time.
      await Promise.all(
        [...Map.groupBy(changes.keys(), (index) => changes[index]?.entityId.id ?? nullUuid).values()].map(
          async (indices) => {
            for (const index of indices) {
              const one = changes[index]
              if (!one) continue
              answers[index] = await settled(async () => {
                await change(one)
                return null
              })
            }
          },
        ),
      )
      return answers
    },
  }
}

type Made = { id: EntityId; name: string; entity: unknown }

const keyOf = ({ entityType, name }: WantedEntity): string => `${entityType} ${name}`
const unassignable = (type: string): string => `Unsupported entity type: ${type}`

const uniqueIds = (ids: readonly EntityId[]): EntityId[] => [
  ...new Map(ids.map((one) => [`${one.entityType} ${one.id.toLowerCase()}`, one])).values(),
]

type Checks<T> = {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: { message: string }[] } }
}
const checked = <T>(schema: Checks<T>, value: unknown): T => {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new AppError('ARGUMENT_INVALID', parsed.error.issues[0]?.message)
}
