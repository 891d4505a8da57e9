import { nullUuid } from '@thingwire/contracts'
import type { EntityId } from '@thingwire/contracts'
import type { Principal } from '@thingwire/db'

/**
 * Who sees the same answer to a question: callers of one role, tenant and customer, unless the question is about the
 * caller.
 */
export const viewOf = (caller: Principal, question: unknown): string => {
  const text = JSON.stringify(question)
  const isPersonal = text.includes('CURRENT_USER') || text.includes('"USER"')
  const who = [
    caller.authority,
    caller.tenantId,
    caller.customerId,
    isPersonal ? caller.userId : '',
    caller.isPublic ?? false,
  ]
  return `${who.join(' ')} ${text}`
}

/** The tenant under which changes of an entity are published. */
export const publishingTenant = (caller: Principal, { entityType, id }: EntityId): string =>
  caller.tenantId ?? (entityType === 'TENANT' ? id : nullUuid)
