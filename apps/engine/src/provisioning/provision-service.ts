import { createHash, timingSafeEqual } from 'node:crypto'
import { AppError, type Device, type DeviceProfile } from '@thingwire/contracts'
import { withCredentialsId } from '../devices/credentials-id.ts'
import type { AddressGuard, Origin } from '../gateway/address-guard.ts'
import {
  provisionFailure,
  provisionNotFound,
  type ProvisionRequest,
  provisionRequestOf,
  provisionSuccess,
  wishedCredentials,
} from './provision-request.ts'
import { createProvisionSteps, type ProvisionDeps } from './provision-steps.ts'

/** Answers the JSON of `DeviceGateway.provision`. */
export type Provision = (payload: Uint8Array, from: Origin) => Promise<string>

/** Devices that come without credentials, by the key and secret of a profile. */
export const createProvision = (deps: ProvisionDeps & { guard: AddressGuard }): Provision => {
  const { database, guard } = deps
  const steps = createProvisionSteps(deps)

  const perform = async (profile: DeviceProfile, request: ProvisionRequest): Promise<Device> => {
    const scope = { kind: 'tenant', tenantId: profile.tenantId.id } as const
    const wish = wishedCredentials(request)
    const credentials = wish && withCredentialsId(wish)
    if (profile.provisionType === 'ALLOW_CREATE_NEW_DEVICES') return steps.create(scope, profile, request, credentials)
    const device = request.deviceName ? await database.devices.findByName(scope, request.deviceName) : null
    if (device?.deviceProfileId.id !== profile.id.id) throw new AppError('ENTITY_NOT_FOUND')
    if (await steps.isProvisioned(scope, device)) throw new AppError('CONFLICT', 'The device has come before')
    await steps.giveCredentials(scope, device, credentials)
    return device
  }

  return async (payload, from) => {
    if (guard.isBanned(from) || !guard.mayProvision(from)) throw new AppError('ADDRESS_LIMITED')
    const request = provisionRequestOf(payload)
    if (!request) throw new AppError('PAYLOAD_MALFORMED', 'The provision request is not understood')
    const profile = await database.deviceProfiles.findByProvisionKey(request.provisionDeviceKey)
    if (!profile || !takesDevices(profile) || !isSecretOf(profile, request)) {
      guard.failed(from)
      return provisionNotFound
    }
    const credentials = await steps.conclude(profile, request, () => perform(profile, request))
    return credentials ? provisionSuccess(credentials) : provisionFailure
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
