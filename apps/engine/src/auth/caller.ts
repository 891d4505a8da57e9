import { nullUuid, type PartialScope, type User } from '@thingwire/contracts'
import type { Principal, PublicCustomer } from '@thingwire/db'

/** Somebody who is signed in. Rights are those of the stored account at the time of the request. */
export type Caller = Principal & {
  user: User
  /** For API keys `key:` and the key's id. */
  sessionId: string
  issuedAtMs: number
  accessExpiresAtMs: number
}

/** The holder of a token that is good for the named step of a sign-in alone. */
export type PartialCaller = Caller & { partialScope: PartialScope }

export const principalOf = (user: User): Principal => ({
  userId: user.id.id,
  authority: user.authority,
  tenantId: user.authority === 'SYS_ADMIN' ? null : user.tenantId.id,
  customerId: user.authority === 'CUSTOMER_USER' ? user.customerId.id : null,
})

/** Everybody who signs in by a public id. There is no account: the customer stands for it. */
export const publicUserOf = ({ customerId, tenantId }: PublicCustomer): User => ({
  id: { entityType: 'USER', id: nullUuid },
  createdTime: 0,
  additionalInfo: null,
  tenantId: { entityType: 'TENANT', id: tenantId },
  customerId: { entityType: 'CUSTOMER', id: customerId },
  email: customerId,
  name: customerId,
  authority: 'CUSTOMER_USER',
  firstName: 'Public',
  lastName: 'Public',
  phone: null,
  version: 1,
})

const keyPrefix = 'key:'

export const keySessionId = (apiKeyId: string): string => `${keyPrefix}${apiKeyId}`

/** The key behind a session id; null: a session that began with a sign-in. */
export const apiKeyIdOf = (sessionId: string): string | null =>
  sessionId.startsWith(keyPrefix) ? sessionId.slice(keyPrefix.length) : null
