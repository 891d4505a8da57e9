import { createHash, randomBytes } from 'node:crypto'
import {
  AppError,
  type ActionType,
  entityId,
  type ImageDescriptor,
  nullUuid,
  type Resource,
  type ResourceDeleteResult,
  type ResourceExport,
  type ResourceInfo,
  type ResourceSubType,
  type ResourceType,
} from '@thingwire/contracts'
import type { Database, Scope } from '@thingwire/db'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import { allows, type Operation } from '../access/permissions.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Caller } from '../auth/sign-in.ts'
import { imageContentOf } from '../images/image-content.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'
import { exportOf } from './resource-export.ts'

export type ResourceUpload = {
  title: string
  resourceType: ResourceType
  resourceSubType?: ResourceSubType | null | undefined
  /** The key it would like to have; absent: its file name. */
  resourceKey?: string | null | undefined
  publicResourceKey?: string | null | undefined
  fileName: string
  descriptor?: unknown
  data: Buffer
  isPublic?: boolean
}

export type ResourceChange = {
  title?: string
  descriptor?: unknown
  content?: { data: Buffer; fileName?: string | undefined }
}

/** A resource and its bytes. */
export type ResourceFile = { info: ResourceInfo; data: Buffer }

export type ResourceService = {
  /** `tenant` or `system`, as addresses call the owner; for the system administrator both are the system. */
  scopeNamed(caller: Caller, owner: 'tenant' | 'system'): Scope
  info(caller: Caller, resourceId: string): Promise<ResourceInfo>
  infoByKey(caller: Caller, owner: 'tenant' | 'system', type: ResourceType, key: string): Promise<ResourceInfo>
  find(caller: Caller, resourceId: string): Promise<Resource>
  /** The bytes of a resource that the caller may read. */
  file(info: ResourceInfo): Promise<ResourceFile>
  publicImage(publicResourceKey: string): Promise<ResourceInfo>
  create(caller: Caller, upload: ResourceUpload): Promise<ResourceInfo>
  update(caller: Caller, resourceId: string, change: ResourceChange): Promise<ResourceInfo>
  setPublic(caller: Caller, resourceId: string, isPublic: boolean): Promise<ResourceInfo>
  /** Unless it is forced, a resource that is still used stays, and the answer tells by what. */
  delete(caller: Caller, resourceId: string, force: boolean): Promise<ResourceDeleteResult>
  export(caller: Caller, info: ResourceInfo): Promise<ResourceExport>
  import(caller: Caller, file: ResourceExport): Promise<ResourceInfo>
}

type Deps = {
  database: Pick<Database, 'resources'>
  access: EntityAccess
  actions: EntityActions
  limits: TenantLimits
}

export const createResourceService = (deps: Deps): ResourceService => {
  const { access, limits } = deps
  const { resources } = deps.database

  const reach = (caller: Caller, resourceId: string, operation: Operation) =>
    access.require(caller, entityId('TB_RESOURCE', resourceId), operation, { missingText: 'byId' })

  const info = async (caller: Caller, resourceId: string): Promise<ResourceInfo> => {
    const { scope } = await reach(caller, resourceId, 'READ')
    return orMissing(await resources.find(scope, resourceId), resourceId)
  }

  const attempt = (
    caller: Caller,
    deed: { action: ActionType; id: string; title: string },
    work: () => Promise<ResourceInfo>,
  ): Promise<ResourceInfo> => {
    const about = { action: deed.action, entityId: entityId('TB_RESOURCE', deed.id), entityName: deed.title }
    return deps.actions.attempt(caller, about, async () => {
      const saved = await work()
      return { result: saved, deed: { entityId: saved.id, entityName: saved.title, entity: saved } }
    })
  }

  const create: ResourceService['create'] = (caller, upload) =>
    attempt(caller, { action: 'ADDED', id: nullUuid, title: upload.title }, async () => {
      requireCreate(caller, upload.resourceType)
      if (caller.tenantId) await limits.requireBytes(caller.tenantId, 'TB_RESOURCE', upload.data.length)
      const { descriptor, ...content } = checkedContent(upload)
      const isImage = upload.resourceType === 'IMAGE'
      const wanted = upload.publicResourceKey
      const isFree = wanted && !(await resources.findPublic(wanted))
      return resources.create(callerScope(caller), {
        title: upload.title,
        resourceType: upload.resourceType,
        resourceSubType: upload.resourceSubType ?? (isImage ? 'IMAGE' : null),
        resourceKey: toKey(upload.resourceKey || upload.fileName),
        publicResourceKey: isImage ? (isFree ? wanted : newPublicKey()) : null,
        isPublic: isImage && (upload.isPublic ?? false),
        fileName: upload.fileName,
        descriptor,
        ...content,
      })
    })

  return {
    scopeNamed: (caller, owner) => (owner === 'system' ? { kind: 'system' } : callerScope(caller)),
    info,

    infoByKey: async (caller, owner, type, key) => {
      const scope: Scope = owner === 'system' ? { kind: 'system' } : callerScope(caller)
      const found = await resources.findByKey(scope, type, key)
      if (!found) throw new AppError('ENTITY_NOT_FOUND')
      return info(caller, found.id.id)
    },

    find: async (caller, resourceId) => {
      const found = await info(caller, resourceId)
      const data = await resources.content(scopeOfInfo(found), resourceId)
      return { ...found, data: data?.toString('base64') ?? null, preview: null }
    },

    file: async (found) => ({ info: found, data: await contentOf(deps, found) }),

    publicImage: async (publicResourceKey) => {
      const found = await resources.findPublic(publicResourceKey)
      if (!found) throw new AppError('ENTITY_NOT_FOUND')
      return found
    },

    create,

    update: (caller, resourceId, change) =>
      attempt(caller, { action: 'UPDATED', id: resourceId, title: change.title ?? '' }, async () => {
        const { scope } = await reach(caller, resourceId, 'WRITE')
        const found = orMissing(await resources.find(scope, resourceId), resourceId)
        const { title, content } = change
        if (!content)
          return resources.update(scope, resourceId, {
            ...(title !== undefined && { title }),
            // An image's descriptor is what its bytes say.
            ...(found.resourceType !== 'IMAGE' && 'descriptor' in change && { descriptor: change.descriptor }),
          })
        if (scope.kind === 'tenant') {
          const before = await resources.size(scope, resourceId)
          await limits.requireBytes(scope.tenantId, 'TB_RESOURCE', content.data.length, before)
        }
        const described = 'descriptor' in change ? change.descriptor : found.descriptor
        const { descriptor, ...checked } = checkedContent({ ...found, descriptor: described, data: content.data })
        return resources.update(scope, resourceId, {
          ...(title !== undefined && { title }),
          descriptor,
          content: { ...checked, fileName: content.fileName },
        })
      }),

    setPublic: (caller, resourceId, isPublic) =>
      attempt(caller, { action: 'UPDATED', id: resourceId, title: '' }, async () => {
        const { scope } = await reach(caller, resourceId, 'WRITE')
        const found = orMissing(await resources.find(scope, resourceId), resourceId)
        return resources.update(scope, resourceId, {
          isPublic,
          ...(isPublic && !found.publicResourceKey && { publicResourceKey: newPublicKey() }),
        })
      }),

    delete: async (caller, resourceId, force) => {
      const { scope } = await reach(caller, resourceId, 'DELETE')
      const found = orMissing(await resources.find(scope, resourceId), resourceId)
      if (!force) {
        const used = await resources.references(scope, textsOf(found))
        if (used.length > 0)
          return { success: false, references: Object.fromEntries(Map.groupBy(used, ({ id }) => id.entityType)) }
      }
      const about = { entityId: found.id, entityName: found.title, data: { entityId: resourceId } }
      return deps.actions.attempt(caller, { action: 'DELETED', ...about, messageData: found }, async () => {
        if (!(await resources.delete(scope, resourceId))) throw missing('TB_RESOURCE', resourceId)
        return { result: { success: true, references: null } }
      })
    },

    export: async (caller, { id }) => {
      const found = await info(caller, id.id)
      return exportOf(found, await contentOf(deps, found))
    },

    import: (caller, file) =>
      create(caller, {
        title: file.title,
        resourceType: file.type,
        resourceSubType: file.subType,
        resourceKey: file.resourceKey,
        publicResourceKey: file.publicResourceKey,
        fileName: file.fileName,
        isPublic: file.public,
        ...(file.mediaType && { descriptor: { mediaType: file.mediaType } }),
        data: fromBase64(file.data),
      }),
  }
}

const orMissing = <T>(found: T | null, id: string): T => {
  if (!found) throw missing('TB_RESOURCE', id)
  return found
}

const callerScope = (caller: Caller): Scope =>
  caller.tenantId && caller.authority !== 'SYS_ADMIN'
    ? { kind: 'tenant', tenantId: caller.tenantId }
    : { kind: 'system' }

const scopeOfInfo = ({ tenantId }: ResourceInfo): Scope =>
  tenantId.id === nullUuid ? { kind: 'system' } : { kind: 'tenant', tenantId: tenantId.id }

const contentOf = async ({ database }: Pick<Deps, 'database'>, found: ResourceInfo): Promise<Buffer> =>
  (await database.resources.content(scopeOfInfo(found), found.id.id)) ?? Buffer.alloc(0)

const requireCreate = (caller: Caller, resourceType: ResourceType): void => {
  const subject = {
    id: entityId('TB_RESOURCE', nullUuid),
    tenantId: caller.authority === 'SYS_ADMIN' ? null : caller.tenantId,
    customerIds: [],
    authority: null,
    resourceType,
  }
  if (!allows(caller, 'CREATE', subject)) throw new AppError('PERMISSION_DENIED')
}

/** Characters that would end or change an address are replaced, so that the link of a resource is one. */
/** A name as a key: what a link cannot have in it becomes `_`. */
export const toKey = (name: string): string => {
  const key = name
    .trim()
    .replace(/[\p{Cc}\s/\\?#%"'<>]/gu, '_')
    .slice(0, 200)
  return key === '' || /^\.+$/.test(key) ? 'file' : key
}

const newPublicKey = (): string => randomBytes(24).toString('base64url')

/** Texts by which other things point at a resource. */
const textsOf = ({ id, link }: ResourceInfo): string[] => [link, id.id]

/** Strict: Node leaves out what is not Base64, and the rest is shorter than it should be. */
export const fromBase64 = (text: string): Buffer => {
  const comma = text.startsWith('data:') ? text.indexOf(';base64,') : -1
  const bare = comma < 0 ? text : text.slice(comma + ';base64,'.length)
  const data = Buffer.from(bare, 'base64')
  if (data.length !== Buffer.byteLength(bare, 'base64')) throw new AppError('ARGUMENT_INVALID', 'Data is not Base64')
  return data
}

const checkedContent = (file: {
  resourceType: ResourceType
  fileName: string
  descriptor?: unknown
  data: Buffer
}): { data: Buffer; etag: string; descriptor: unknown } => {
  const { data } = file
  if (data.length === 0) throw new AppError('ARGUMENT_INVALID', 'Resource data should be specified!')
  const etag = createHash('sha256').update(data).digest('hex')
  switch (file.resourceType) {
    case 'IMAGE':
      return { data, etag, descriptor: imageDescriptor(data, etag) }
    case 'JS_MODULE':
      if (!file.fileName.toLowerCase().endsWith('.js'))
        throw new AppError('ARGUMENT_INVALID', 'The file of a JS module must be named *.js')
      break
    case 'DASHBOARD':
      if (!isJson(data)) throw new AppError('ARGUMENT_INVALID', 'The file of a dashboard must be JSON')
      break
    case 'LWM2M_MODEL':
    case 'JKS':
    case 'PKCS_12':
    case 'GENERAL':
  }
  return { data, etag, descriptor: file.descriptor ?? null }
}

const isJson = (data: Buffer): boolean => {
  try {
    JSON.parse(data.toString('utf8'))
    return true
  } catch {
    return false
  }
}

/** By content: what a client says of the file is not asked. */
const imageDescriptor = (data: Buffer, etag: string): ImageDescriptor & { previewDescriptor: ImageDescriptor } => {
  const content = imageContentOf(data)
  if (!content) throw new AppError('ARGUMENT_INVALID', 'The file is not an image of a known kind')
  const descriptor = { ...content, size: data.length, etag }
  return { ...descriptor, previewDescriptor: descriptor }
}
