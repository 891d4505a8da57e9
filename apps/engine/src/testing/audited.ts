import type { AuditLog, EntityId } from '@thingwire/contracts'
import type { ApiUnderTest } from './api-under-test.ts'

/** What the audit log of the first tenant says of an entity, oldest first. */
export const auditOf = async (api: ApiUnderTest, entityId: EntityId): Promise<AuditLog[]> => {
  const link = { page: 0, pageSize: 1_000, sortProperty: 'createdTime', sortOrder: 'ASC' } as const
  const ever = { startTime: 0, endTime: Number.MAX_SAFE_INTEGER }
  return (await api.db.audit.list(api.tenant.tenantId, link, { ...ever, entityId })).data
}

/** The same as `ACTION STATUS`. */
export const auditedDeeds = async (api: ApiUnderTest, entityId: EntityId): Promise<string[]> =>
  (await auditOf(api, entityId)).map(({ actionType, actionStatus }) => `${actionType} ${actionStatus}`)
