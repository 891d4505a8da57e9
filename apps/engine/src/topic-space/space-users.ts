import { AppError } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { Redis } from 'ioredis'
import { createInvalidate } from '../actions/invalidation.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import { createAccountCache } from '../auth/account-cache.ts'
import type { Caller } from '../auth/caller.ts'
import { createCallers } from '../auth/callers.ts'
import { createSessions } from '../auth/sessions.ts'
import { createSigningKey } from '../auth/signing-key.ts'
import { createTokens } from '../auth/tokens.ts'
import { type Channels, invalidationSchema, parseChannelMessage } from '../channels.ts'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { OpenRedis } from '../redis.ts'
import { redisChannels } from '../redis-keys.ts'

/** A tenant administrator in the topic space of the tenant. */
export type SpaceUser = { userId: string; tenantId: string }

/** User names by which users come, and what their password is then. */
export const userNames = { apiKey: 'api-key', accessToken: 'jwt' } as const

/** Users beside devices: those who may, and whether they still may. */
export type SpaceUsers = Part & {
  /** Null: nobody who may. Rejects when that cannot be found out now. */
  authenticate(userName: string, password: string): Promise<{ user: SpaceUser; caller: Caller } | null>
  /** Calls `end` when the user may no more; returns what ends that. */
  watch(caller: Caller, end: () => void): () => void
}

/** Time runs out for tokens and keys without a word from anybody. */
const recheckMs = 30_000

/** Administrators of a tenant may use all its topics; customer users have no rights that would name some. */
const isAllowed = ({ authority, tenantId }: Caller): boolean => authority === 'TENANT_ADMIN' && tenantId !== null

export const createSpaceUsers = (options: {
  database: Database
  audit: AuditTrail
  openRedis: OpenRedis
  channels: Pick<Channels, 'subscribe' | 'onGap'>
  logger: Logger
  now?: () => number
}): SpaceUsers => {
  const { database, channels, now = Date.now } = options
  const logger = options.logger.child({ part: 'users of topic spaces' })
  const accounts = createAccountCache({
    ...database.users,
    ...database.sessions,
    ...database.apiKeys,
  })
  const watched = new Set<{ caller: Caller; end: () => void }>()
  let running: { redis: Redis; users: ReturnType<typeof usersOf> } | null = null
  let timer: NodeJS.Timeout | null = null

  const usersOf = (redis: Redis) => {
    const signingKey = createSigningKey({
      settings: database.settings,
      invalidate: createInvalidate(redis, logger),
      now,
    })
    const tokens = createTokens(signingKey.get)
    const sessions = createSessions({ ...options, accounts, tokens, redis, logger, now })
    return { signingKey, sessions, callers: createCallers({ accounts, tokens, standing: sessions.standing, now }) }
  }

  const isStillAllowed = async (caller: Caller): Promise<boolean> => {
    if (!running || caller.accessExpiresAtMs <= now()) return false
    const { userId, sessionId, issuedAtMs } = caller
    if (!(await running.users.sessions.isAlive({ userId, sessionId, sinceMs: issuedAtMs }))) return false
    const account = await accounts.account(userId)
    return account?.user.authority === caller.authority && account.user.tenantId.id === caller.tenantId
  }

  const recheck = () => {
    for (const one of watched)
      isStillAllowed(one.caller).then(
        (isAllowedNow) => {
          if (!isAllowedNow && watched.delete(one)) one.end()
        },
        (error: unknown) => logger.warn(errorFields(error), 'a user was not checked again'),
      )
  }

  channels.subscribe(redisChannels.invalidation, (text) => {
    const change = parseChannelMessage(text, invalidationSchema, logger, redisChannels.invalidation)
    if (!change) return
    accounts.forget(change)
    if (change.kind === 'settings') running?.users.signingKey.forget()
    if (change.kind === 'user' || change.kind === 'api-key' || change.kind === 'tenant') recheck()
  })
  channels.subscribe(redisChannels.sessionEnded, (sessionId) => {
    accounts.forgetSession(sessionId)
    recheck()
  })
  channels.onGap(() => {
    accounts.forgetAll()
    running?.users.signingKey.forget()
    recheck()
  })

  return {
    name: 'users of topic spaces',
    authenticate: async (userName, password) => {
      if (!running) throw new Error('not started')
      const { callers } = running.users
      try {
        const caller = await (userName === userNames.apiKey
          ? callers.authenticateKey(password)
          : callers.authenticate(password))
        if (!isAllowed(caller) || caller.tenantId === null) return null
        return { caller, user: { userId: caller.userId, tenantId: caller.tenantId } }
      } catch (error) {
        if (error instanceof AppError && error.act === 'caller') return null
        throw error
      }
    },
    watch: (caller, end) => {
      const one = { caller, end }
      watched.add(one)
      return () => watched.delete(one)
    },
    start: async () => {
      const redis = options.openRedis('commands')
      await redis.connect()
      running = { redis, users: usersOf(redis) }
      timer = setInterval(recheck, recheckMs)
      timer.unref()
    },
    stop: async () => {
      if (timer) clearInterval(timer)
      const redis = running?.redis
      running = null
      await redis?.quit().catch(() => redis.disconnect())
    },
  }
}
