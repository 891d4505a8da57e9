import type { X509Certificate } from 'node:crypto'
import { AppError, type Device, type DeviceProfile } from '@thingwire/contracts'
import { certificateId, commonNameOf, isChain } from '../devices/certificates.ts'
import { withCredentialsId } from '../devices/credentials-id.ts'
import { chainConfigurationOf } from './chain-profile.ts'
import { createFindName } from './name-pattern.ts'
import type { ProvisionRequest } from './provision-request.ts'
import { createProvisionSteps, type ProvisionDeps } from './provision-steps.ts'

/**
 * Whether a device that showed these certificates (leaf first) has credentials of the leaf now: because a profile trusts
 * one of the authorities above it, and finds the name of the device in it.
 * @returns the device's id; null: no
 */
export type ProvisionByChain = (certificates: readonly X509Certificate[]) => Promise<string | null>

/** Devices that come with a certificate of an authority that a profile knows (as ThingsBoard). */
export const createProvisionByChain = (deps: ProvisionDeps): ProvisionByChain => {
  const { database } = deps
  const steps = createProvisionSteps(deps)
  const findName = createFindName()
  /** A device that reconnects in haste is provisioned once. */
  const underWay = new Map<string, Promise<string | null>>()

  const perform = async (profile: DeviceProfile, request: ProvisionRequest, mayCreate: boolean): Promise<Device> => {
    const scope = { kind: 'tenant', tenantId: profile.tenantId.id } as const
    const { deviceName } = request
    if (!deviceName) throw new AppError('ARGUMENT_INVALID', 'The certificate does not name the device')
    const credentials = withCredentialsId({ credentialsType: 'X509_CERTIFICATE', credentialsValue: request.hash })
    const device = await database.devices.findByName(scope, deviceName)
    if (!device) {
      if (!mayCreate) throw new AppError('ENTITY_NOT_FOUND')
      return steps.create(scope, profile, request, credentials)
    }
    // Its authority vouches for the name, so that a renewed certificate takes the place of the old one.
    if (device.deviceProfileId.id !== profile.id.id) throw new AppError('CONFLICT', 'The name is taken')
    await steps.giveCredentials(scope, device, credentials)
    return device
  }

  const provision = async (
    profile: DeviceProfile,
    provisionDeviceKey: string,
    leaf: X509Certificate,
  ): Promise<string | null> => {
    const { certificateRegExPattern, allowCreateNewDevicesByX509Certificate } = chainConfigurationOf(profile)
    const commonName = commonNameOf(leaf)
    const request: ProvisionRequest = {
      deviceName: commonName && findName(certificateRegExPattern, commonName),
      provisionDeviceKey,
      provisionDeviceSecret: '',
      credentialsType: 'X509_CERTIFICATE',
      hash: leaf.toString(),
    }
    const given = await steps.conclude(profile, request, () =>
      perform(profile, request, allowCreateNewDevicesByX509Certificate),
    )
    return given?.deviceId.id ?? null
  }

  const byAuthority = async (certificates: readonly X509Certificate[]): Promise<string | null> => {
    const [leaf, ...above] = certificates
    if (!leaf) return null
    for (const [at, authority] of above.entries()) {
      const key = certificateId(authority)
      const profile = await database.deviceProfiles.findByProvisionKey(key)
      if (profile?.provisionType !== 'X509_CERTIFICATE_CHAIN') continue
      return isChain(certificates.slice(0, at + 2)) ? provision(profile, key, leaf) : null
    }
    return null
  }

  return (certificates) => {
    const [leaf] = certificates
    if (!leaf || certificates.length < 2) return Promise.resolve(null)
    const id = certificateId(leaf)
    const found = underWay.get(id)
    if (found) return found
    const work = byAuthority(certificates).finally(() => underWay.delete(id))
    underWay.set(id, work)
    return work
  }
}
