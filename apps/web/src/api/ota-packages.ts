import type { Answer } from '@thingwire/api-client'
import {
  type ChecksumAlgorithm,
  type OtaPackageType,
  type PageLink,
  saveDeviceProfileSchema,
  type SaveOtaPackage,
} from '@thingwire/contracts'
import { getDeviceProfile, saveDeviceProfile } from './device-profiles.ts'
import { api } from './http.ts'

export type PackageView = Answer<'GET /api/otaPackage/info/{otaPackageId}'>

export const listPackages = (query: PageLink, signal?: AbortSignal) => api('GET /api/otaPackages', { query, signal })

/** Packages with something to give, that devices of this profile can be given. */
export const listPackagesOf = (deviceProfileId: string, type: OtaPackageType, signal?: AbortSignal) =>
  api('GET /api/otaPackages/{deviceProfileId}/{type}', {
    path: { deviceProfileId, type },
    query: { pageSize: 100, page: 0 },
    signal,
  })

export const deletePackage = (otaPackageId: string) =>
  api('DELETE /api/otaPackage/{otaPackageId}', { path: { otaPackageId } })

export const downloadPath = (otaPackageId: string) => `/api/otaPackage/${otaPackageId}/download`

export type PackageContent =
  | { kind: 'url'; url: string }
  | { kind: 'file'; file: File; checksumAlgorithm: ChecksumAlgorithm; checksum: string }

/** Makes a package with its content; when the file is refused nothing of it stays. */
export const createPackage = async (
  described: Pick<SaveOtaPackage, 'title' | 'version' | 'tag' | 'type' | 'deviceProfileId'>,
  content: PackageContent,
): Promise<PackageView> => {
  const saved = await api('POST /api/otaPackage', {
    body: content.kind === 'url' ? { ...described, usesUrl: true, url: content.url } : described,
  })
  if (content.kind === 'url') return saved
  const body = new FormData()
  body.append('file', content.file)
  const { checksumAlgorithm, checksum } = content
  try {
    return await api('POST /api/otaPackage/{otaPackageId}', {
      path: { otaPackageId: saved.id.id },
      query: { checksumAlgorithm, checksum: checksum || undefined },
      body,
    })
  } catch (error) {
    await deletePackage(saved.id.id).catch(() => undefined)
    throw error
  }
}

const memberOf = (type: OtaPackageType) => (type === 'FIRMWARE' ? 'firmwareId' : 'softwareId')

/** Gives the package to every device of the profile that has none of its own. */
export const assignToProfile = async (one: PackageView, deviceProfileId: string): Promise<void> => {
  const profile = await getDeviceProfile(deviceProfileId)
  await saveDeviceProfile(saveDeviceProfileSchema.parse({ ...profile, [memberOf(one.type)]: one.id }))
}

/** Gives a device a package of its own, which goes before that of its profile; null takes it away. */
export const giveToDevice = async (deviceId: string, type: OtaPackageType, packageId: string | null): Promise<void> => {
  const device = await api('GET /api/device/{deviceId}', { path: { deviceId } })
  const given = packageId === null ? null : ({ entityType: 'OTA_PACKAGE', id: packageId } as const)
  await api('POST /api/device', { body: { ...device, [memberOf(type)]: given } })
}

/** Of two versions of one title neither is just "the package". */
export const packageName = ({ title, version }: Pick<PackageView, 'title' | 'version'>) => `${title} ${version}`

export const getPackage = (otaPackageId: string, signal?: AbortSignal) =>
  api('GET /api/otaPackage/info/{otaPackageId}', { path: { otaPackageId }, signal })
