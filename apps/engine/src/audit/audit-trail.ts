import { type EntityId, nullUuid, type User } from '@thingwire/contracts'
import type { Database, Principal } from '@thingwire/db'
import { errorFields, type Logger } from '../observability/logger.ts'

export type AuditTrail = {
  /** Notes what a user did. The deed is done by now: a note that cannot be written is logged, not thrown. */
  record(doer: Principal & { user: User }, deed: Deed): Promise<void>
}

export type Deed = { action: string; entityId: EntityId; entityName: string; data?: unknown }

export const createAuditTrail = (options: { audit: Database['audit']; logger: Logger }): AuditTrail => ({
  record: async (doer, { action, entityId, entityName, data }) => {
    try {
      await options.audit.append([
        {
          tenantId: doer.tenantId ?? nullUuid,
          customerId: doer.customerId,
          entityId,
          entityName,
          userId: doer.userId,
          userName: doer.user.email,
          actionType: action,
          actionData: data ?? {},
          actionStatus: 'SUCCESS',
          actionFailureDetails: '',
        },
      ])
    } catch (error) {
      options.logger.error({ action, entityId: entityId.id, ...errorFields(error) }, 'audit entry not written')
    }
  },
})
