import { nullUuid } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { apiKeyIdOf, type Caller, principalOf } from '../../auth/caller.ts'
import type { SignIn } from '../../auth/sign-in.ts'

/** How far a check of one caller holds for another one. */
export const standingKey = ({ userId, customerId, sessionId }: Caller): string =>
  `${userId} ${customerId} ${isByKey(sessionId) ? sessionId : ''}`

/**
 * Whether the account of an open socket still is what it was when the socket was opened. The end of its session or token
 * closes no socket (as ThingsBoard), but somebody who was disabled, deleted or moved must not receive any more.
 */
export const isStillGood = async (
  caller: Caller,
  deps: { database: Pick<Database, 'users'>; signIn(): Pick<SignIn, 'isAlive'> },
): Promise<boolean> => {
  const { userId, sessionId, customerId, issuedAtMs } = caller
  if (isByKey(sessionId) || userId === nullUuid)
    return deps.signIn().isAlive({ userId, sessionId, customerId, sinceMs: issuedAtMs })
  // Read past every cache: the word that something changed may have come here first.
  const account = await deps.database.users.findAccountById(userId)
  if (!account?.enabled) return false
  const present = principalOf(account.user)
  return (
    present.authority === caller.authority && present.tenantId === caller.tenantId && present.customerId === customerId
  )
}

const isByKey = (sessionId: string): boolean => apiKeyIdOf(sessionId) !== null
