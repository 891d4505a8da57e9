/** What a tenant's topic space and the sessions of its clients may hold. Bytes count messages with their topics. */
export type SpaceLimits = {
  retainedMessages: number
  retainedBytes: number
  /** Of one session. */
  queuedMessages: number
  queuedBytes: number
  /** Of all sessions of a tenant. */
  tenantQueuedBytes: number
  subscriptions: number
  /** That are kept for one device. */
  sessions: number
  /** That are kept for one user, or connected in the user's name. */
  userSessions: number
  /** Longest time that a session is kept without a connection. */
  sessionSeconds: number
}

export const defaultSpaceLimits: SpaceLimits = {
  retainedMessages: 10_000,
  retainedBytes: 32 * 1024 * 1024,
  queuedMessages: 1_000,
  queuedBytes: 4 * 1024 * 1024,
  tenantQueuedBytes: 256 * 1024 * 1024,
  subscriptions: 1_000,
  sessions: 16,
  userSessions: 1_000,
  sessionSeconds: 7 * 24 * 3_600,
}
