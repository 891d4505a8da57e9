import { type ActionType, type EntityId, nullUuid, type User } from '@thingwire/contracts'
import type { AuditEntry, Database, Principal } from '@thingwire/db'
import { errorFields, type Logger } from '../observability/logger.ts'
import { type AuditMask, defaultAuditMask } from './audit-mask.ts'

export type AuditTrail = {
  /** Notes what somebody did or tried. It is over by now: a note that cannot be written is logged, not thrown. */
  record(doer: Doer, deed: AuditedDeed): Promise<void>
}

/** A user, or the platform itself acting for a tenant. */
export type Doer = (Principal & { user: User }) | { tenantId: string; user: null }

export type AuditedDeed = {
  action: ActionType
  entityId: EntityId
  entityName: string
  /** Whose log it stands in; absent: that of the doer. */
  tenantId?: string | undefined
  /** The customer of the entity; absent: that of the doer. */
  customerId?: string | null | undefined
  /** `actionData` of the log (as ThingsBoard, per action type). */
  data?: unknown
  /** Why it failed; absent: it succeeded. */
  failure?: string | undefined
}

export const createAuditTrail = (options: {
  audit: Pick<Database['audit'], 'append'>
  logger: Logger
  mask?: AuditMask | undefined
}): AuditTrail => ({
  record: async (doer, deed) => {
    if (!(options.mask ?? defaultAuditMask)(deed.entityId.entityType, deed.action)) return
    try {
      await options.audit.append([toEntry(doer, deed)])
    } catch (error) {
      const { action, entityId } = deed
      options.logger.error({ action, entityId: entityId.id, ...errorFields(error) }, 'audit entry not written')
    }
  },
})

const toEntry = (doer: Doer, { action, entityId, entityName, data, failure, ...owner }: AuditedDeed): AuditEntry => ({
  tenantId: owner.tenantId ?? doer.tenantId ?? nullUuid,
  customerId: owner.customerId ?? (doer.user ? doer.customerId : null),
  entityId,
  entityName,
  userId: doer.user?.id.id ?? nullUuid,
  userName: doer.user?.email ?? 'System',
  actionType: action,
  actionData: data ?? {},
  actionStatus: failure === undefined ? 'SUCCESS' : 'FAILURE',
  actionFailureDetails: failure ?? '',
})
