import { randomInt } from 'node:crypto'
import {
  AppError,
  defaultQueueName,
  type Device,
  type DeviceCredentials,
  type DeviceProfile,
  entityId,
  saveDeviceSchema,
} from '@thingwire/contracts'
import type { Database, NewCredentials, Scope } from '@thingwire/db'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { AttributesWriter } from '../attributes/attributes-writer.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'
import type { PackageRollout } from '../ota-delivery/package-rollout.ts'
import type { ProvisionRequest } from './provision-request.ts'

type TenantScope = Scope & { kind: 'tenant' }

export type ProvisionDeps = {
  database: Pick<Database, 'deviceProfiles' | 'devices' | 'credentials' | 'attributes'>
  attributes: Pick<AttributesWriter, 'save'>
  actions: EntityActions
  limits: Pick<TenantLimits, 'requireRoom'>
  invalidate: Invalidate
  packages: Pick<PackageRollout, 'deviceChanged'>
}

/** What devices that come by themselves have in common, by whichever way they come. */
export type ProvisionSteps = {
  create(
    scope: TenantScope,
    profile: DeviceProfile,
    request: Pick<ProvisionRequest, 'deviceName' | 'gateway'>,
    credentials: NewCredentials | null,
  ): Promise<Device>
  /** Without credentials the device keeps those that it has. */
  giveCredentials(scope: TenantScope, device: Device, credentials: NewCredentials | null): Promise<void>
  /** Whether the device came by itself before. */
  isProvisioned(scope: TenantScope, device: Device): Promise<boolean>
  /**
   * Does the work, and tells the rule engine and the audit log of its outcome.
   * @returns the device's credentials; null: a refusal. What the environment or we ourselves did wrong is thrown.
   */
  conclude(
    profile: DeviceProfile,
    request: ProvisionRequest,
    perform: () => Promise<Device>,
  ): Promise<DeviceCredentials | null>
}

/** Attribute in which the platform notes that a device came by itself; once only. */
const stateKey = 'provisionState'
const provisionedState = 'provisioned'

export const createProvisionSteps = (deps: ProvisionDeps): ProvisionSteps => {
  const { database, attributes, actions, limits, invalidate, packages } = deps

  /** Both outcomes go straight to the root chain by the queue Main, and name the tenant (as ThingsBoard). */
  const tell = async (
    action: 'PROVISION_SUCCESS' | 'PROVISION_FAILURE',
    profile: DeviceProfile,
    request: ProvisionRequest,
    device: Device | null,
  ) => {
    const tenantId = profile.tenantId.id
    await actions.record(
      { tenantId, user: null },
      {
        action,
        entityId: device?.id ?? entityId('TENANT', tenantId),
        entityName: device?.name ?? request.deviceName ?? '',
        customerId: device?.customerId.id,
        // The audit log is read by more people than the secrets in the request are for.
        data: { deviceName: request.deviceName ?? null, provisionDeviceKey: request.provisionDeviceKey },
        messageData: request,
        metadata: { tenantId },
        head: { ruleChainId: null, queueName: defaultQueueName },
      },
    )
  }

  const noteState = (device: Device) =>
    attributes.save(device.tenantId.id, [
      {
        entityId: device.id,
        scope: 'SERVER_SCOPE',
        entries: [{ key: stateKey, type: 'STRING', value: provisionedState }],
        ts: Date.now(),
        save: true,
        notifyLive: true,
        notifyDevice: false,
      },
    ])

  const existing = async (profile: DeviceProfile, { deviceName }: ProvisionRequest): Promise<Device | null> =>
    deviceName ? database.devices.findByName({ kind: 'tenant', tenantId: profile.tenantId.id }, deviceName) : null

  return {
    create: async (scope, profile, request, credentials) => {
      const { tenantId } = scope
      const parsed = saveDeviceSchema.safeParse({
        name: request.deviceName || randomName(),
        deviceProfileId: profile.id,
        ...(request.gateway && { additionalInfo: { gateway: true } }),
      })
      if (!parsed.success) throw new AppError('ARGUMENT_INVALID', parsed.error.issues[0]?.message)
      await limits.requireRoom(tenantId, 'DEVICE')
      const saved = await database.devices.save(scope, parsed.data, credentials ? { credentials } : {})
      await invalidate({ kind: 'device', tenantId, id: saved.id.id })
      await packages.deviceChanged(null, saved)
      const deed = { action: 'ADDED', entityId: saved.id, entityName: saved.name, entity: saved } as const
      await actions.record({ tenantId, user: null }, deed)
      return saved
    },

    giveCredentials: async (scope, device, credentials) => {
      if (credentials) {
        const current = await database.credentials.findByDevice(scope, device.id.id)
        if (!current) throw new AppError('ENTITY_NOT_FOUND')
        await database.credentials.save(scope, { id: current.id, deviceId: device.id, ...credentials })
      }
      await invalidate({ kind: 'device', tenantId: scope.tenantId, id: device.id.id })
    },

    isProvisioned: async (scope, device) => {
      const query = { scope: 'SERVER_SCOPE', keys: [stateKey] } as const
      const [state] = await database.attributes.find(scope, device.id, query)
      return state?.value === provisionedState
    },

    conclude: async (profile, request, perform) => {
      try {
        const device = await perform()
        await noteState(device)
        const scope = { kind: 'tenant', tenantId: profile.tenantId.id } as const
        const credentials = await database.credentials.findByDevice(scope, device.id.id)
        if (!credentials) throw new AppError('ENTITY_NOT_FOUND')
        await tell('PROVISION_SUCCESS', profile, request, device)
        return credentials
      } catch (error) {
        if (!(error instanceof AppError) || error.act !== 'caller') throw error
        await tell('PROVISION_FAILURE', profile, request, await existing(profile, request))
        return null
      }
    },
  }
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const randomName = (): string => Array.from({ length: 20 }, () => letters.charAt(randomInt(letters.length))).join('')
