import { AppError, type Device, entityId, nullUuid } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { allows } from '../access/permissions.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { DeviceOwnership } from '../devices/device-ownership.ts'
import type { Claims } from './claims.ts'

export type ClaimResult =
  | { response: 'SUCCESS'; device: Device }
  /** No offer stands, or the key is not its key. */
  | { response: 'FAILURE' }
  /** Somebody has it already. */
  | { response: 'CLAIMED' }

export type ClaimService = {
  claim(caller: Caller, deviceName: string, secretKey: string): Promise<ClaimResult>
  /** Takes the device from its customer, so that it may be claimed anew. */
  reclaim(caller: Caller, deviceName: string): Promise<void>
}

export const createClaimService = (deps: {
  database: Pick<Database, 'devices' | 'entities'>
  ownership: Pick<DeviceOwnership, 'give' | 'take'>
  claims: Claims
}): ClaimService => {
  const { database, ownership, claims } = deps

  const findClaimable = async (caller: Caller, name: string): Promise<Device> => {
    const tenantId = caller.tenantId ?? nullUuid
    const device = await database.devices.findByName({ kind: 'tenant', tenantId }, name)
    if (!device) throw new AppError('ENTITY_NOT_FOUND')
    const head = await database.entities.findHead(tenantId, device.id)
    if (!head || !allows(caller, 'CLAIM_DEVICES', head)) throw new AppError('PERMISSION_DENIED')
    return device
  }

  return {
    claim: async (caller, deviceName, secretKey) => {
      const customerId = caller.customerId
      if (!customerId) throw new AppError('PERMISSION_DENIED')
      const device = await findClaimable(caller, deviceName)
      if (device.customerId.id !== nullUuid) return { response: 'CLAIMED' }
      if (!(await claims.take(device.id.id, secretKey))) return { response: 'FAILURE' }
      const customer = await database.entities.findHead(device.tenantId.id, entityId('CUSTOMER', customerId))
      return {
        response: 'SUCCESS',
        device: await ownership.give(caller, device, { id: customerId, name: customer?.name ?? '' }),
      }
    },

    reclaim: async (caller, deviceName) => {
      const device = await findClaimable(caller, deviceName)
      // Whoever may claim any free device of the tenant may still not take one from somebody else.
      if (caller.authority === 'CUSTOMER_USER' && ![caller.customerId, nullUuid].includes(device.customerId.id))
        throw new AppError('PERMISSION_DENIED')
      await claims.withdraw(device.id.id)
      if (device.customerId.id !== nullUuid) await ownership.take(caller, device)
    },
  }
}
