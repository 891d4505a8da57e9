import { setTimeout as delay } from 'node:timers/promises'
import type { SubscriptionOptions } from '../../../topic-space/kept-subscriptions.ts'
import { encodeMessage, type SpaceMessage } from '../../../topic-space/space-message.ts'
import type { TopicSpace } from '../../../topic-space/topic-space.ts'
import type { Publication } from '../protocol/downlinks.ts'

/** A client that has not read so much gets no more for now. */
const maxUnsentBytes = 128 * 1024
const pauseMs = 50

export type RetainedReceiver = {
  tenantId: string
  /** Null: nothing is kept for the client. */
  sessionId: string | null
  isOpen(): boolean
  mayReceive(topic: string): boolean
  unsentBytes(): number
  deliver(publication: Publication): number | null
}

/** Sends what stands on the topics of a subscription, at the speed of the client. */
export const sendRetained = async (
  space: TopicSpace,
  receiver: RetainedReceiver,
  filter: string,
  options: SubscriptionOptions,
): Promise<void> => {
  for await (const message of space.retained.find(receiver.tenantId, filter)) {
    while (receiver.isOpen() && receiver.unsentBytes() > maxUnsentBytes) await delay(pauseMs)
    if (!receiver.isOpen()) return
    if (!receiver.mayReceive(message.topic)) continue
    const qos = Math.min(options.qos, message.qos)
    const ids = options.identifier === null ? [] : [options.identifier]
    if (qos > 0 && receiver.sessionId !== null) await queue(space, receiver, message, qos === 2 ? 2 : 1, ids)
    else
      receiver.deliver({
        topic: message.topic,
        payload: message.payload,
        qos: qos === 2 ? 2 : qos === 1 ? 1 : 0,
        // [MQTT-3.3.1-8]
        isRetained: true,
        properties: message.properties,
        expiresAtMs: message.expiresAtMs,
        ...(ids.length > 0 && { subscriptionIds: ids }),
      })
  }
}

const queue = async (
  space: TopicSpace,
  receiver: RetainedReceiver,
  message: SpaceMessage,
  qos: 1 | 2,
  ids: readonly number[],
): Promise<void> => {
  const sessionId = receiver.sessionId ?? ''
  while (receiver.isOpen()) {
    const answer = await space.store.enqueue(space.nodeId, {
      tenantId: receiver.tenantId,
      message,
      encoded: encodeMessage(message),
      version: null,
      frames: Buffer.alloc(0),
      targets: [{ sessionId, group: 0, qos, isRetained: true, subscriptionIds: [...ids], sharedFilter: null }],
      received: null,
    })
    if (answer.kind === 'ok' && answer.full === 0) {
      space.wake(sessionId)
      return
    }
    // The queue is full of what the client has not acknowledged.
    await delay(pauseMs)
  }
}
