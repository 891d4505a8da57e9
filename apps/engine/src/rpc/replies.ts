import { rpcErrors } from '@thingwire/contracts'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { type Channels, parseChannelMessage } from '../channels.ts'
import type { Part } from '../lifecycle.ts'
import type { Logger } from '../observability/logger.ts'
import type { OpenRedis } from '../redis.ts'
import { redisChannels } from '../redis-keys.ts'

/** What one process tells another that waits. `data` is text as the device or the rule chain gave it. */
const replySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('call'),
    requestId: z.string(),
    data: z.string().nullable(),
    error: z.enum(rpcErrors).nullable(),
  }),
  z.object({ kind: z.literal('device'), sessionId: z.string(), requestId: z.number(), data: z.string() }),
])
export type Reply = z.infer<typeof replySchema>
export type CallReply = Extract<Reply, { kind: 'call' }>
export type DeviceReply = Extract<Reply, { kind: 'device' }>

export type Replies = Part & {
  /** Names this process in messages, so that answers find their way back to it. */
  serviceId: string
  /** The answer to a call made here; null when none came before `deadlineMs` (epoch). Wait first, then send the call. */
  wait(requestId: string, deadlineMs: number): { answer: Promise<CallReply | null>; cancel(): void }
  /** Called with answers for devices whose session is here. */
  onDevice(handler: (reply: DeviceReply) => void): void
  /** Best effort: a process that has gone has nobody waiting any more. */
  send(serviceId: string, reply: Reply): Promise<void>
}

export const createReplies = (options: {
  serviceId: string
  channels: Channels
  openRedis: OpenRedis
  logger: Logger
}): Replies => {
  const { serviceId, logger } = options
  const waiting = new Map<string, (reply: CallReply) => void>()
  const deviceHandlers: ((reply: DeviceReply) => void)[] = []
  const channel = redisChannels.replies(serviceId)
  let redis: Redis | null = null

  options.channels.subscribe(channel, (text) => {
    const reply = parseChannelMessage(text, replySchema, logger, 'replies')
    if (reply?.kind === 'call') waiting.get(reply.requestId)?.(reply)
    else if (reply) for (const handler of deviceHandlers) handler(reply)
  })

  return {
    name: 'replies',
    serviceId,
    start: async () => {
      redis = options.openRedis('commands')
      await redis.connect()
    },
    stop: async () => {
      await redis?.quit().catch(() => redis?.disconnect())
    },
    wait: (requestId, deadlineMs) => {
      let cancel = () => {}
      const answer = new Promise<CallReply | null>((resolve) => {
        const finish = (reply: CallReply | null) => {
          clearTimeout(timer)
          waiting.delete(requestId)
          resolve(reply)
        }
        const timer = setTimeout(() => finish(null), Math.max(0, deadlineMs - Date.now()))
        cancel = () => finish(null)
        waiting.set(requestId, finish)
      })
      return { answer, cancel: () => cancel() }
    },
    onDevice: (handler) => void deviceHandlers.push(handler),
    send: async (target, reply) => {
      await redis?.publish(redisChannels.replies(target), JSON.stringify(reply))
    },
  }
}
