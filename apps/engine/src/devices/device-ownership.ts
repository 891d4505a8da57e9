import { AppError, type Device, entityId, nullUuid } from '@thingwire/contracts'
import type { Deed } from '../actions/entity-actions.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { EnsurePublicCustomer } from '../customers/public-customer.ts'
import { type DeviceDeps, deviceReader } from './device-service.ts'

export type DeviceOwnership = {
  assign(caller: Caller, deviceId: string, customerId: string): Promise<Device>
  unassign(caller: Caller, deviceId: string): Promise<Device>
  /** Assigns it to the tenant's public customer. */
  publish(caller: Caller, deviceId: string): Promise<Device>
  /** The assignment itself, for whoever checked the right. */
  give(caller: Caller, device: Device, customer: { id: string; name: string }): Promise<Device>
  take(caller: Caller, device: Device): Promise<Device>
  /** Hands the device to another tenant, with its telemetry. */
  move(caller: Caller, deviceId: string, toTenantId: string): Promise<Device>
}

/** Who a device belongs to. */
export const createDeviceOwnership = (
  deps: DeviceDeps & { ensurePublicCustomer: EnsurePublicCustomer },
): DeviceOwnership => {
  const { database, access, actions, limits, invalidate } = deps
  const { read } = deviceReader(deps)

  const give = async (caller: Caller, device: Device, customer: { id: string; name: string }): Promise<Device> => {
    const scope = { kind: 'tenant', tenantId: device.tenantId.id } as const
    const assigned = { assignedCustomerId: customer.id, assignedCustomerName: customer.name }
    const deed: Deed = {
      action: 'ASSIGNED_TO_CUSTOMER',
      entityId: device.id,
      entityName: device.name,
      customerId: customer.id,
      data: { entityId: device.id.id, ...assigned },
      metadata: assigned,
    }
    return actions.attempt(caller, deed, async () => {
      const saved = await database.devices.assign(scope, device.id.id, customer.id)
      await invalidate({ kind: 'device', tenantId: scope.tenantId, id: device.id.id })
      return { result: saved, deed: { entity: saved } }
    })
  }

  const take = async (caller: Caller, device: Device): Promise<Device> => {
    const tenantId = device.tenantId.id
    const customerId = device.customerId.id
    const customer = await database.entities.findHead(tenantId, entityId('CUSTOMER', customerId))
    const unassigned = { unassignedCustomerId: customerId, unassignedCustomerName: customer?.name ?? '' }
    const deed: Deed = {
      action: 'UNASSIGNED_FROM_CUSTOMER',
      entityId: device.id,
      entityName: device.name,
      customerId,
      data: { entityId: device.id.id, ...unassigned },
      metadata: unassigned,
    }
    return actions.attempt(caller, deed, async () => {
      const saved = await database.devices.assign({ kind: 'tenant', tenantId }, device.id.id, null)
      await invalidate({ kind: 'device', tenantId, id: device.id.id })
      return { result: saved, deed: { entity: saved } }
    })
  }

  return {
    give,
    take,

    assign: async (caller, deviceId, customerId) => {
      const options = { missingText: 'byId' } as const
      const customer = await access.require(caller, entityId('CUSTOMER', customerId), 'READ', options)
      const { device } = await read(caller, deviceId, 'ASSIGN_TO_CUSTOMER')
      return give(caller, device, { id: customer.head.id.id, name: customer.name })
    },

    publish: async (caller, deviceId) => {
      const { device, tenantId } = await read(caller, deviceId, 'ASSIGN_TO_CUSTOMER')
      const { id, title } = await deps.ensurePublicCustomer(tenantId)
      return give(caller, device, { id: id.id, name: title })
    },

    unassign: async (caller, deviceId) => {
      const { device } = await read(caller, deviceId, 'UNASSIGN_FROM_CUSTOMER')
      if (device.customerId.id === nullUuid)
        throw new AppError('ARGUMENT_INVALID', "Device isn't assigned to any customer!")
      return take(caller, device)
    },

    move: async (caller, deviceId, toTenantId) => {
      const { scope, tenantId, device } = await read(caller, deviceId, 'ASSIGN_TO_TENANT')
      const [from, to] = await Promise.all(
        [tenantId, toTenantId].map((id) => database.entities.findHead(null, entityId('TENANT', id))),
      )
      if (!from || !to) throw new AppError('ARGUMENT_INVALID', 'Could not find the specified Tenant!')
      const assigned = { assignedToTenantId: to.id.id, assignedToTenantName: to.name }
      const deed: Deed = {
        action: 'ASSIGNED_TO_TENANT',
        entityId: device.id,
        entityName: device.name,
        data: { entityId: deviceId, ...assigned },
        metadata: assigned,
      }
      const moved = await actions.attempt(caller, deed, async () => {
        await limits.requireRoom(to.id.id, 'DEVICE')
        const result = await database.devices.move(scope, deviceId, to.id.id)
        // Both tenants may have it in their caches.
        for (const owner of [tenantId, to.id.id]) await invalidate({ kind: 'device', tenantId: owner, id: deviceId })
        return { result, deed: { entity: result } }
      })
      const received = { assignedFromTenantId: from.id.id, assignedFromTenantName: from.name }
      await actions.record(caller, {
        action: 'ASSIGNED_FROM_TENANT',
        tenantId: to.id.id,
        entityId: moved.id,
        entityName: moved.name,
        data: { entityId: deviceId, ...received },
        metadata: received,
        entity: moved,
      })
      return moved
    },
  }
}
