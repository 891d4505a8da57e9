import {
  AppError,
  type ChecksumAlgorithm,
  entityId,
  nullUuid,
  type OtaPackageInfo,
  type SaveOtaPackage,
} from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import { allows, type Operation } from '../access/permissions.ts'
import type { Deed, EntityActions } from '../actions/entity-actions.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'
import { checksumOf } from './checksum.ts'

export type UploadedPackage = {
  data: Buffer
  fileName: string
  contentType: string
  checksumAlgorithm: ChecksumAlgorithm
  /** As the uploader knows it; absent: computed. */
  checksum?: string | undefined
}

export type OtaPackageService = {
  find(caller: Caller, packageId: string): Promise<OtaPackageInfo>
  /** With its bytes; null: none were loaded up. */
  findWithData(caller: Caller, packageId: string): Promise<{ info: OtaPackageInfo; data: Buffer | null }>
  save(caller: Caller, otaPackage: SaveOtaPackage): Promise<OtaPackageInfo>
  /** Throws unless the caller may load data up for this package; call it before the file is read. */
  requireUpload(caller: Caller, packageId: string): Promise<void>
  upload(caller: Caller, packageId: string, upload: UploadedPackage): Promise<OtaPackageInfo>
  delete(caller: Caller, packageId: string): Promise<void>
}

export const createOtaPackageService = (deps: {
  database: Pick<Database, 'otaPackages'>
  access: EntityAccess
  actions: EntityActions
  limits: TenantLimits
}): OtaPackageService => {
  const { access, actions, limits } = deps
  const { otaPackages } = deps.database

  const read = async (caller: Caller, packageId: string, operation: Operation) => {
    const found = await access.require(caller, entityId('OTA_PACKAGE', packageId), operation, { missingText: 'byId' })
    const info = await otaPackages.find(found.scope, packageId)
    if (!info) throw missing('OTA_PACKAGE', packageId)
    return { ...found, info }
  }

  const requireCreate = (caller: Caller): void => {
    const { tenantId } = caller
    const subject = { id: entityId('OTA_PACKAGE', nullUuid), tenantId, customerIds: [], authority: null }
    if (!allows(caller, 'CREATE', { ...subject, resourceType: null })) throw new AppError('PERMISSION_DENIED')
  }

  const updateOf = (info: OtaPackageInfo): Deed => ({
    action: 'UPDATED',
    entityId: info.id,
    entityName: info.title,
    entity: info,
  })

  return {
    find: async (caller, packageId) => (await read(caller, packageId, 'READ')).info,

    findWithData: async (caller, packageId) => {
      const { info, scope } = await read(caller, packageId, 'READ')
      return { info, data: await otaPackages.findData(scope, packageId) }
    },

    save: (caller, otaPackage) => {
      const id = otaPackage.id?.id
      const deed: Deed = {
        action: id ? 'UPDATED' : 'ADDED',
        entityId: entityId('OTA_PACKAGE', id ?? nullUuid),
        entityName: otaPackage.title,
        entity: otaPackage,
      }
      return actions.attempt(caller, deed, async () => {
        if (id) await read(caller, id, 'WRITE')
        else requireCreate(caller)
        const saved = await otaPackages.save({ kind: 'tenant', tenantId: caller.tenantId ?? nullUuid }, otaPackage)
        return { result: saved, deed: { entityId: saved.id, entityName: saved.title, entity: saved } }
      })
    },

    requireUpload: async (caller, packageId) => void (await read(caller, packageId, 'WRITE')),

    upload: async (caller, packageId, { data, checksum, ...described }) => {
      const { info, scope, tenantId } = await read(caller, packageId, 'WRITE')
      return actions.attempt(caller, updateOf(info), async () => {
        if (data.length === 0) throw new AppError('ARGUMENT_INVALID', 'OtaPackage data should be specified!')
        await limits.requireBytes(tenantId, 'OTA_PACKAGE', data.length)
        const computed = checksumOf(described.checksumAlgorithm, data)
        if (checksum && checksum.toLowerCase() !== computed)
          throw new AppError('ARGUMENT_INVALID', 'Wrong otaPackage file!')
        const saved = await otaPackages.saveData(scope, packageId, { ...described, data, checksum: computed })
        return { result: saved, deed: { entity: saved } }
      })
    },

    delete: async (caller, packageId) => {
      const { info, scope } = await read(caller, packageId, 'DELETE')
      const deed: Deed = {
        action: 'DELETED',
        entityId: info.id,
        entityName: info.title,
        data: { entityId: packageId },
        entity: info,
      }
      await actions.attempt(caller, deed, async () => {
        if (!(await otaPackages.delete(scope, packageId))) throw missing('OTA_PACKAGE', packageId)
        return { result: undefined }
      })
    },
  }
}
