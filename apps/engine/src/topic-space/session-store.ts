import type { Redis } from 'ioredis'
import { z } from 'zod'
import { redisChannels, redisKeys } from '../redis-keys.ts'
import { optionsOf, storedOptions, type SubscriptionOptions } from './kept-subscriptions.ts'
import type { SpaceLimits } from './limits.ts'
import { listOf, numberOfAnswer, type ScriptAnswer, type ScriptArgument, textOf } from './redis-script.ts'
import {
  acknowledgeScript,
  argsOf,
  dropScript,
  enqueueScript,
  expireScript,
  keysOf,
  openScript,
  queueKeysOf,
  readScript,
  type SessionAddress,
  subscribeScript,
  suspendScript,
  takeWillScript,
  unsubscribeScript,
  willDoneScript,
} from './session-scripts.ts'
import { decodeMessage, encodeMessage, type SpaceMessage } from './space-message.ts'

export type OpenedSession = {
  isPresent: boolean
  /** False: the holder has too many already, and nothing is kept. */
  isKept: boolean
  /** Of the connection or session before, to publish now. */
  lastWill: SpaceMessage | null
  /** Identifiers of QoS 2 publishes that were begun and not released. */
  received: number[]
  subscriptions: { filter: string; options: SubscriptionOptions }[]
  /** Number of the last message that an earlier connection may have sent. */
  lastSent: number
}

/** A message in a session's queue, as it is for this session. */
export type QueuedMessage = {
  number: number
  message: SpaceMessage
  qos: 1 | 2
  isRetained: boolean
  subscriptionIds: number[]
  /** From a tenant's topic space: rights are looked at again. */
  isSpace: boolean
  /** The client has it, and waits for PUBREL. */
  isReceived: boolean
}

const queuedOptionsSchema = z.object({
  q: z.union([z.literal(1), z.literal(2)]),
  r: z.boolean().optional(),
  i: z.array(z.number()).optional(),
  a: z.boolean().optional(),
  /** The shared filter by which the session got it. */
  s: z.string().optional(),
})
type QueuedOptions = z.infer<typeof queuedOptionsSchema>

/** A message of a shared subscription whose session ended before it took it. */
export type LeftOver = { message: SpaceMessage; sharedFilter: string }

/** One session that is to get a message. */
export type QueueTarget = {
  sessionId: string
  /** 0: of this session alone. */
  group: number
  /** 0: at once or not at all. */
  qos: 0 | 1 | 2
  isRetained: boolean
  subscriptionIds: number[]
  /** The shared filter by which it gets it; null: not by one. */
  sharedFilter: string | null
}

export type EnqueueRequest = {
  tenantId: string
  message: SpaceMessage
  encoded: Buffer
  /** That the targets are from; null: whatever it is. */
  version: string | null
  /** Words for the other nodes. */
  frames: Buffer
  targets: readonly QueueTarget[]
  /** Of the QoS 2 publish in the session of its publisher. */
  received: { sessionId: string; messageId: number } | null
}

export type EnqueueAnswer =
  | { kind: 'stale' | 'again' | 'full' }
  | {
      kind: 'ok'
      /** Queues that had no room. */
      full: number
      /** Sessions whose connection is here. */
      here: { target: QueueTarget; number: number }[]
      direct: { sessionId: string; filter: string }[]
    }

/** Sessions in Redis: what stands there outlives connections, processes and nodes. */
export type SessionStore = ReturnType<typeof createSessionStore>

export const createSessionStore = (options: {
  /** For what may be asked again. */
  redis: () => Redis
  /** For messages, which must not be queued twice behind our back. */
  writes: () => Redis
  limits: SpaceLimits
}) => {
  const { redis, writes, limits } = options

  return {
    open: async (
      address: SessionAddress,
      request: {
        connectionId: string
        isClean: boolean
        keepSeconds: number
        will: { message: SpaceMessage; delaySeconds: number } | null
        needsRecord: boolean
        /** Sessions that the holder may have. */
        mostSessions: number
      },
    ): Promise<OpenedSession> => {
      const { will } = request
      const args = argsOf(
        address,
        request.connectionId,
        request.isClean ? '1' : '0',
        request.keepSeconds,
        will ? encodeMessage(will.message) : '',
        will?.delaySeconds ?? 0,
        request.mostSessions,
        request.needsRecord ? '1' : '0',
      )
      const [was, lastWill, received, subscriptions, sent] = listOf(await openScript(redis(), keysOf(address), args))
      const state = numberOfAnswer(was)
      return {
        isPresent: state === 1,
        isKept: request.needsRecord && state >= 0,
        lastWill: messageOf(lastWill),
        received: listOf(received).map(numberOfAnswer),
        lastSent: numberOfAnswer(sent),
        subscriptions: pairsOf(listOf(subscriptions).map(textOf)).flatMap(([filter, text]) => {
          const found = optionsOf(text)
          return found ? [{ filter, options: found }] : []
        }),
      }
    },

    /** `connectionId` null: whichever the node had. Answers the will to publish now, and messages for others of its groups. */
    suspend: async (
      address: SessionAddress,
      request: { connectionId: string | null; keepsWill: boolean; keepSeconds: number | null },
    ): Promise<{ will: SpaceMessage | null; left: LeftOver[] }> => {
      const { connectionId, keepsWill, keepSeconds } = request
      const args = argsOf(address, connectionId ?? '', keepsWill ? '1' : '0', keepSeconds ?? '')
      const [will, left] = listOf(await suspendScript(redis(), keysOf(address), args))
      return { will: messageOf(will), left: leftOf(listOf(left)) }
    },

    takeWill: async (address: SessionAddress): Promise<SpaceMessage | null> =>
      messageOf(await takeWillScript(redis(), keysOf(address), argsOf(address))),
    willDone: async (address: SessionAddress): Promise<void> => {
      await willDoneScript(redis(), keysOf(address), argsOf(address))
    },
    expire: async (address: SessionAddress): Promise<LeftOver[]> =>
      leftOf(listOf(await expireScript(redis(), keysOf(address), argsOf(address)))),
    drop: async (address: SessionAddress): Promise<void> => {
      await dropScript(redis(), keysOf(address), argsOf(address))
    },

    /** For each whether it is new, or that there is no room; null when the session is another connection's now. */
    subscribe: async (
      address: SessionAddress,
      connectionId: string,
      subscriptions: readonly { filter: string; options: SubscriptionOptions }[],
    ): Promise<('new' | 'known' | 'no-room')[] | null> => {
      const rows = subscriptions.flatMap(({ filter, options }) => [
        filter,
        storedOptions(options),
        !options.isDeviceApi && (options.qos > 0 || filter.startsWith('$share/')) ? '1' : '0',
      ])
      const args = argsOf(address, connectionId, limits.subscriptions, ...rows)
      const answers = listOf(await subscribeScript(redis(), keysOf(address), args)).map(numberOfAnswer)
      if (answers.length === 0) return null
      return answers.map((answer) => (answer > 0 ? 'new' : answer === 0 ? 'known' : 'no-room'))
    },

    /** For each whether it was there; null when the session is another connection's now. */
    unsubscribe: async (
      address: SessionAddress,
      connectionId: string,
      filters: readonly string[],
    ): Promise<boolean[] | null> => {
      const args = argsOf(address, connectionId, ...filters)
      const answers = listOf(await unsubscribeScript(redis(), keysOf(address), args)).map(numberOfAnswer)
      return answers.length === 0 ? null : answers.map((answer) => answer === 1)
    },

    /** Messages after the one with that number; null when the session is another connection's now. */
    read: async (
      address: SessionAddress,
      connectionId: string,
      after: number,
      limit: number,
    ): Promise<QueuedMessage[] | null> => {
      const rest = listOf(await readScript(redis(), queueKeysOf(address), [connectionId, after, limit]))
      if (rest.length === 1) return null
      const found: QueuedMessage[] = []
      for (let at = 0; at + 3 < rest.length; at += 4) {
        const number = numberOfAnswer(rest[at])
        const message = messageOf(rest[at + 1])
        const queued = queuedOptionsSchema.safeParse(JSON.parse(textOf(rest[at + 2])))
        if (!message || !queued.success) continue
        const { q, r = false, i = [], a = false } = queued.data
        found.push({
          number,
          message,
          qos: q,
          isRetained: r,
          subscriptionIds: i,
          isSpace: !a,
          isReceived: numberOfAnswer(rest[at + 3]) === 1,
        })
      }
      return found
    },

    acknowledge: async (address: SessionAddress, numbers: readonly number[]): Promise<void> => {
      await acknowledgeScript(redis(), queueKeysOf(address), numbers)
    },
    /** The client has a QoS 2 message: from now on PUBREL is what it gets. */
    markReceived: async ({ sessionId }: SessionAddress, number: number): Promise<void> => {
      await redis().sadd(redisKeys.mqttSessionPart(sessionId, 'released'), number)
    },
    /** The client's own QoS 2 publish is taken. */
    noteReceived: async ({ sessionId }: SessionAddress, messageId: number): Promise<void> => {
      await redis().sadd(redisKeys.mqttSessionPart(sessionId, 'received'), messageId)
    },
    forgetReceived: async ({ sessionId }: SessionAddress, messageId: number): Promise<void> => {
      await redis().srem(redisKeys.mqttSessionPart(sessionId, 'received'), messageId)
    },

    enqueue: async (nodeId: string, request: EnqueueRequest): Promise<EnqueueAnswer> => {
      const { tenantId, received } = request
      const keys = [
        redisKeys.spaceVersion(tenantId),
        redisKeys.spaceUsage(tenantId),
        redisKeys.mqttSessionPart(received?.sessionId ?? '', 'received'),
      ]
      const args: ScriptArgument[] = [
        request.version ?? '',
        redisChannels.space,
        nodeId,
        request.frames,
        request.encoded,
        limits.queuedMessages,
        limits.queuedBytes,
        limits.tenantQueuedBytes,
        received?.messageId ?? '',
      ]
      for (const target of request.targets) {
        const { sessionId, group, qos, sharedFilter } = target
        keys.push(redisKeys.mqttSession(sessionId), redisKeys.mqttSessionPart(sessionId, 'queue'))
        const text = qos === 0 ? encodeURIComponent(sharedFilter ?? '') : queuedOptions(target)
        args.push(sessionId, group, qos, text)
      }
      const [kind, full, here, direct] = listOf(await enqueueScript(writes(), keys, args))
      switch (textOf(kind)) {
        case 'stale':
          return { kind: 'stale' }
        case 'again':
          return { kind: 'again' }
        case 'full':
          return { kind: 'full' }
        default:
          return {
            kind: 'ok',
            full: numberOfAnswer(full),
            here: placesOf(listOf(here).map(numberOfAnswer)).flatMap(([place, number]) => {
              const target = request.targets[place - 1]
              return target ? [{ target, number }] : []
            }),
            direct: pairsOf(listOf(direct).map(textOf)).map(([sessionId, text]) => ({
              sessionId,
              filter: decodeURIComponent(text),
            })),
          }
      }
    },
  }
}

const messageOf = (answer: Parameters<typeof textOf>[0]): SpaceMessage | null =>
  Buffer.isBuffer(answer) && answer.length > 0 ? decodeMessage(answer) : null

/** A message and what it is for one session, as they stand in its queue. */
export const queuedOptions = (
  { qos, isRetained, subscriptionIds, sharedFilter }: Omit<QueueTarget, 'sessionId' | 'group'>,
  isDeviceApi = false,
): string => {
  const options: QueuedOptions = {
    q: qos === 2 ? 2 : 1,
    ...(isRetained && { r: true }),
    ...(subscriptionIds.length > 0 && { i: subscriptionIds }),
    ...(isDeviceApi && { a: true }),
    ...(sharedFilter !== null && { s: sharedFilter }),
  }
  return JSON.stringify(options)
}

const leftOf = (flat: readonly ScriptAnswer[]): LeftOver[] => {
  const left: LeftOver[] = []
  for (let at = 0; at + 1 < flat.length; at += 2) {
    const message = messageOf(flat[at])
    const { s: sharedFilter } = queuedOptionsSchema.safeParse(JSON.parse(textOf(flat[at + 1]))).data ?? {}
    if (message && sharedFilter !== undefined) left.push({ message, sharedFilter })
  }
  return left
}

const placesOf = (flat: readonly number[]): [number, number][] => {
  const pairs: [number, number][] = []
  for (let at = 0; at + 1 < flat.length; at += 2) pairs.push([flat[at] ?? 0, flat[at + 1] ?? 0])
  return pairs
}

const pairsOf = (flat: readonly string[]): [string, string][] => {
  const pairs: [string, string][] = []
  for (let at = 0; at + 1 < flat.length; at += 2) pairs.push([flat[at] ?? '', flat[at + 1] ?? ''])
  return pairs
}
