import { type Channels, type Invalidation, invalidationSchema, parseChannelMessage } from '../channels.ts'
import type { Database } from '@thingwire/db'
import type { Invalidate } from '../actions/invalidation.ts'
import type { AccountCache } from '../auth/account-cache.ts'
import type { Logger } from '../observability/logger.ts'
import { redisChannels } from '../redis-keys.ts'
import type { ApiDeps } from './api-deps.ts'

/** What the process remembers of things that another one may change. */
export type Caches = Pick<ApiDeps, 'securitySettings' | 'limits' | 'signingKey' | 'platformTwoFa'> & {
  accounts: AccountCache
  database: Pick<Database, 'devices'>
}

/** Makes this process forget what another one announces as changed. */
export const forgetChanges = (
  channels: Pick<Channels, 'subscribe' | 'onGap'>,
  caches: Caches,
  logger: Logger,
): void => {
  channels.subscribe(redisChannels.invalidation, (text) => {
    const change = parseChannelMessage(text, invalidationSchema, logger, redisChannels.invalidation)
    if (change) forget(caches, change)
  })
  channels.subscribe(redisChannels.sessionEnded, (sessionId) => caches.accounts.forgetSession(sessionId))
  channels.onGap(() => {
    forgetSettings(caches)
    caches.limits.forget()
    caches.accounts.forgetAll()
  })
}

/** An `Invalidate` that forgets here first: whoever asks this process next is told what is new, without a round trip. */
export const forgettingHere =
  (announce: Invalidate, accounts: AccountCache): Invalidate =>
  (change) => {
    accounts.forget(change)
    return announce(change)
  }

const forgetSettings = (caches: Caches): void => {
  caches.securitySettings.forget()
  caches.signingKey.forget()
  caches.platformTwoFa.forget()
}

const forget = (caches: Caches, change: Invalidation): void => {
  caches.accounts.forget(change)
  // Its values may stand under another tenant now.
  if (change.kind === 'device') void caches.database.devices.forget(change.id)
  if (change.kind === 'settings') forgetSettings(caches)
  if (change.kind === 'tenant' || change.kind === 'tenant-profile') caches.limits.forget()
}
