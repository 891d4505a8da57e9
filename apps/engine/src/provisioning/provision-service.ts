import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import {
  AppError,
  defaultQueueName,
  type Device,
  type DeviceProfile,
  entityId,
  saveDeviceSchema,
} from '@thingwire/contracts'
import type { Database, NewCredentials, Scope } from '@thingwire/db'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { AttributesWriter } from '../attributes/attributes-writer.ts'
import type { AddressGuard } from '../gateway/address-guard.ts'
import { withCredentialsId } from '../devices/credentials-id.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'
import type { PackageRollout } from '../ota-delivery/package-rollout.ts'
import {
  provisionFailure,
  provisionNotFound,
  type ProvisionRequest,
  provisionRequestOf,
  provisionSuccess,
  wishedCredentials,
} from './provision-request.ts'

/** Answers the JSON of `DeviceGateway.provision`. */
export type Provision = (payload: Uint8Array, address: string) => Promise<string>

/** Attribute in which the platform notes that a device came by itself; once only. */
const stateKey = 'provisionState'
const provisionedState = 'provisioned'

/** Devices that come without credentials, by the key and secret of a profile. */
export const createProvision = (deps: {
  database: Pick<Database, 'deviceProfiles' | 'devices' | 'credentials' | 'attributes'>
  attributes: Pick<AttributesWriter, 'save'>
  actions: EntityActions
  limits: Pick<TenantLimits, 'requireRoom'>
  invalidate: Invalidate
  packages: Pick<PackageRollout, 'deviceChanged'>
  guard: AddressGuard
}): Provision => {
  const { database, attributes, actions, limits, invalidate, packages, guard } = deps

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

  const create = async (
    scope: Scope & { kind: 'tenant' },
    profile: DeviceProfile,
    request: ProvisionRequest,
    credentials: NewCredentials | null,
  ): Promise<Device> => {
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
  }

  /** The device gets the credentials that it wishes for; without a wish it keeps those that it has. */
  const adopt = async (scope: Scope & { kind: 'tenant' }, device: Device, credentials: NewCredentials | null) => {
    const query = { scope: 'SERVER_SCOPE', keys: [stateKey] } as const
    const [state] = await database.attributes.find(scope, device.id, query)
    if (state?.value === provisionedState) throw new AppError('CONFLICT', 'The device has come before')
    if (credentials) {
      const current = await database.credentials.findByDevice(scope, device.id.id)
      if (!current) throw new AppError('ENTITY_NOT_FOUND')
      await database.credentials.save(scope, { id: current.id, deviceId: device.id, ...credentials })
    }
    await invalidate({ kind: 'device', tenantId: scope.tenantId, id: device.id.id })
    return device
  }

  const perform = async (profile: DeviceProfile, request: ProvisionRequest): Promise<Device> => {
    const scope = { kind: 'tenant', tenantId: profile.tenantId.id } as const
    const wish = wishedCredentials(request)
    const credentials = wish && withCredentialsId(wish)
    if (profile.provisionType === 'ALLOW_CREATE_NEW_DEVICES') return create(scope, profile, request, credentials)
    const device = request.deviceName ? await database.devices.findByName(scope, request.deviceName) : null
    if (device?.deviceProfileId.id !== profile.id.id) throw new AppError('ENTITY_NOT_FOUND')
    return adopt(scope, device, credentials)
  }

  const existing = async (profile: DeviceProfile, { deviceName }: ProvisionRequest): Promise<Device | null> =>
    deviceName ? database.devices.findByName({ kind: 'tenant', tenantId: profile.tenantId.id }, deviceName) : null

  return async (payload, address) => {
    if (guard.isBanned(address) || !guard.mayProvision(address)) throw new AppError('ADDRESS_LIMITED')
    const request = provisionRequestOf(payload)
    if (!request) throw new AppError('PAYLOAD_MALFORMED', 'The provision request is not understood')
    const profile = await database.deviceProfiles.findByProvisionKey(request.provisionDeviceKey)
    if (!profile || !takesDevices(profile) || !isSecretOf(profile, request)) {
      guard.failed(address)
      return provisionNotFound
    }
    try {
      const device = await perform(profile, request)
      await noteState(device)
      const scope = { kind: 'tenant', tenantId: profile.tenantId.id } as const
      const credentials = await database.credentials.findByDevice(scope, device.id.id)
      if (!credentials) throw new AppError('ENTITY_NOT_FOUND')
      await tell('PROVISION_SUCCESS', profile, request, device)
      return provisionSuccess(credentials)
    } catch (error) {
      // What the environment or we ourselves did wrong is no answer to the device: it asks again.
      if (!(error instanceof AppError) || error.act !== 'caller') throw error
      await tell('PROVISION_FAILURE', profile, request, await existing(profile, request))
      return provisionFailure
    }
  }
}

const takesDevices = ({ provisionType }: DeviceProfile): boolean =>
  provisionType === 'ALLOW_CREATE_NEW_DEVICES' || provisionType === 'CHECK_PRE_PROVISIONED_DEVICES'

const isSecretOf = ({ profileData }: DeviceProfile, { provisionDeviceSecret }: ProvisionRequest): boolean => {
  const { provisionConfiguration } = profileData
  const secret =
    typeof provisionConfiguration === 'object' && provisionConfiguration !== null
      ? Reflect.get(provisionConfiguration, 'provisionDeviceSecret')
      : null
  return typeof secret === 'string' && secret !== '' && timingSafeEqual(digest(secret), digest(provisionDeviceSecret))
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const randomName = (): string => Array.from({ length: 20 }, () => letters.charAt(randomInt(letters.length))).join('')
