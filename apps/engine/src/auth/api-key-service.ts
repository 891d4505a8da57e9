import { randomBytes } from 'node:crypto'
import {
  type ApiKey,
  type ApiKeyInfo,
  AppError,
  entityId,
  nullUuid,
  type PageData,
  type PageLink,
  type SaveApiKey,
} from '@thingwire/contracts'
import { type ApiKeysRepository, type Principal, scopeOf, type StoredApiKey } from '@thingwire/db'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import type { Operation } from '../access/permissions.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import { hashApiKey } from './callers.ts'
import type { Caller } from './sign-in.ts'

/** Keys of users. Who may manage a key is who may manage its user. */
export type ApiKeyService = {
  create(caller: Caller, input: SaveApiKey): Promise<ApiKey>
  list(caller: Caller, userId: string, link: PageLink): Promise<PageData<ApiKeyInfo>>
  update(caller: Caller, id: string, change: { description?: string; enabled?: boolean }): Promise<ApiKeyInfo>
  delete(caller: Caller, id: string): Promise<void>
}

/** As ThingsBoard's keys begin, so that scanners for leaked secrets know them. */
const prefix = 'tb_'

const newValue = (): string => `${prefix}${randomBytes(48).toString('base64url')}`

export const createApiKeyService = (deps: {
  apiKeys: ApiKeysRepository
  access: EntityAccess
  actions: EntityActions
  invalidate: Invalidate
  /** Epoch ms. */
  now: () => number
}): ApiKeyService => {
  const { apiKeys, access, actions, now } = deps

  const toInfo = (key: StoredApiKey): ApiKeyInfo => ({
    ...key,
    expired: key.expirationTime !== 0 && key.expirationTime <= now(),
  })

  const requireUser = (caller: Caller, userId: string, operation: Operation) =>
    access.require(caller, entityId('USER', userId), operation, { missingText: 'byId' })

  const requireKey = async (caller: Caller, id: string): Promise<StoredApiKey> => {
    const key = await apiKeys.find(tenantScopeOf(caller), id)
    if (!key) throw missing('API_KEY', id)
    await requireUser(caller, key.userId.id, 'WRITE')
    return key
  }

  const announce = (id: string) => deps.invalidate({ kind: 'api-key', tenantId: nullUuid, id })
  const subjectOf = (key: StoredApiKey) => ({
    entityId: key.id,
    entityName: key.description,
    tenantId: key.tenantId.id,
    entity: toInfo(key),
  })

  return {
    create: async (caller, input) => {
      const { tenantId } = await requireUser(caller, input.userId.id, 'WRITE')
      const value = newValue()
      const key = await apiKeys.create({
        tenantId,
        userId: input.userId.id,
        description: input.description,
        valueHash: hashApiKey(value),
        expirationTime: input.expirationTime ?? 0,
        enabled: input.enabled ?? true,
      })
      await actions.record(caller, { action: 'ADDED', ...subjectOf(key) })
      return { ...toInfo(key), value }
    },

    list: async (caller, userId, link) => {
      await requireUser(caller, userId, 'WRITE')
      const page = await apiKeys.list(userId, link)
      return { ...page, data: page.data.map(toInfo) }
    },

    update: async (caller, id, change) => {
      await requireKey(caller, id)
      const key = await apiKeys.update(tenantScopeOf(caller), id, change)
      if (!key) throw missing('API_KEY', id)
      await announce(id)
      await actions.record(caller, { action: 'UPDATED', ...subjectOf(key) })
      return toInfo(key)
    },

    delete: async (caller, id) => {
      const key = await requireKey(caller, id)
      if (!(await apiKeys.delete(tenantScopeOf(caller), id))) throw missing('API_KEY', id)
      await announce(id)
      await actions.record(caller, { action: 'DELETED', ...subjectOf(key) })
    },
  }
}

/** Keys belong to tenants; which of them a customer user may touch, the right to their user decides. */
const tenantScopeOf = (caller: Principal) => {
  if (caller.authority === 'SYS_ADMIN') return scopeOf(caller)
  if (!caller.tenantId) throw new AppError('PERMISSION_DENIED')
  return { kind: 'tenant', tenantId: caller.tenantId } as const
}
