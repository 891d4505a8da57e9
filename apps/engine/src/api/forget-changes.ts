import { type Channels, type Invalidation, invalidationSchema, parseChannelMessage } from '../channels.ts'
import type { Logger } from '../observability/logger.ts'
import { redisChannels } from '../redis-keys.ts'
import type { ApiDeps } from './api-deps.ts'

type Caches = Pick<ApiDeps, 'securitySettings' | 'limits'>

/** Makes this process forget what it remembers of things that another one changed. */
export const forgetChanges = (
  channels: Pick<Channels, 'subscribe' | 'onGap'>,
  caches: Caches,
  logger: Logger,
): void => {
  channels.subscribe(redisChannels.invalidation, (text) => {
    const change = parseChannelMessage(text, invalidationSchema, logger, redisChannels.invalidation)
    if (change) forget(caches, change)
  })
  channels.onGap(() => {
    caches.securitySettings.forget()
    caches.limits.forget()
  })
}

const forget = (caches: Caches, { kind }: Invalidation): void => {
  switch (kind) {
    case 'settings':
      return caches.securitySettings.forget()
    case 'tenant':
    case 'tenant-profile':
      return caches.limits.forget()
  }
}
