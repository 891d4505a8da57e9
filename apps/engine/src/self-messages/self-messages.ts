import type { Redis } from 'ioredis'
import type { Part } from '../lifecycle.ts'
import type { Logger } from '../observability/logger.ts'
import type { UplinkQueue } from '../queue/uplink-queue.ts'
import type { OpenRedis } from '../redis.ts'
import { createExpiryTimer } from '../rpc/expiry-timer.ts'
import { type Claimed, createLaterStore, type LaterStore } from './later-store.ts'

export type SelfMessages = Part & {
  store: LaterStore
  /** Something is due at that time, epoch ms: this process looks then. */
  arm(dueMs: number): void
}

const atOnce = 500
/** What weighs a message beside its data. */
const envelopeBytes = 400

/**
 * Puts messages that nodes keep for later into their queues, at their time, whichever process kept them. First into the
 * queue, then forgotten: when a process dies in between, another one sends them once more after `leaseMs`.
 */
export const createSelfMessages = (options: {
  openRedis: OpenRedis
  queue: Pick<UplinkQueue, 'submitInternal'>
  logger: Logger
  leaseMs?: number
}): SelfMessages => {
  const { leaseMs = 15_000 } = options
  let redis: Redis | null = null
  const store = createLaterStore(() => {
    if (!redis) throw new Error('the messages of nodes to themselves are not started')
    return redis
  })

  const send = async (group: readonly Claimed[]): Promise<void> => {
    const [first] = group
    if (!first) return
    const bytes = group.reduce((sum, { message }) => sum + message.data.length + envelopeBytes, 0)
    const messages = group.map(({ message }) => message)
    await options.queue.submitInternal(first.queueName, first.message.originator.id, messages, bytes)
    await store.forget(group.map(({ member }) => member))
  }

  const sendDue = async (nowMs: number): Promise<number | null> => {
    const claimed = await store.claim(nowMs, nowMs + leaseMs, atOnce)
    const members = claimed.map(({ member }) => member)
    // A queue that takes its time must not make another process send the same.
    const renewal = setInterval(() => void store.renew(members, Date.now() + leaseMs).catch(() => {}), leaseMs / 3)
    try {
      const groups = Map.groupBy(claimed, ({ queueName, message }) => `${queueName} ${message.originator.id}`)
      const sent = await Promise.allSettled([...groups.values()].map(send))
      const failed = sent.find((one) => one.status === 'rejected')
      if (failed) throw failed.reason
    } finally {
      clearInterval(renewal)
    }
    return store.nextDue()
  }

  const timer = createExpiryTimer({ end: sendDue, logger: options.logger })

  return {
    name: 'self messages',
    store,
    arm: timer.arm,
    start: async () => {
      redis = options.openRedis('commands')
      await redis.connect()
      timer.start()
    },
    stop: async () => {
      await timer.stop()
      redis?.disconnect()
    },
  }
}
