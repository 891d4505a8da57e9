import { LRUCache } from 'lru-cache'
import { upTo } from '../../bounded-cache.ts'
import { type Endpoint, endpointKey } from './endpoint.ts'
import type { MessageType } from './packet.ts'

/** `reset`: the receiver does not want it, or answers a ping. `lost`: no acknowledgement came. */
export type Delivery = 'acknowledged' | 'reset' | 'lost'

/** RFC 7252 §4.8. */
export const transmission = { ackTimeoutMs: 2_000, randomFactor: 1.5, maxRetransmits: 4 }

/** Confirmable messages that wait for an acknowledgement at a time; more count as lost. */
const maxOutstanding = 20_000
/** Endpoints whose last message id is remembered; the others start at random again. */
const maxEndpoints = 50_000

export type ReliableSender = {
  /** Sends a confirmable message until it is acknowledged (RFC 7252 §4.2). */
  deliver(endpoint: Endpoint, build: (messageId: number) => Buffer): Promise<Delivery>
  /** An acknowledgement or a reset came. */
  heard(endpoint: Endpoint, messageId: number, type: Extract<MessageType, 'ACK' | 'RST'>): void
  /** Never the same twice for one endpoint within the life of a message. */
  nextMessageId(endpoint: Endpoint): number
  /** Everything that waits counts as lost. */
  giveUp(): void
}

export const createReliableSender = (options: {
  send: (datagram: Buffer, endpoint: Endpoint) => void
  ackTimeoutMs?: number
}): ReliableSender => {
  const ackTimeoutMs = options.ackTimeoutMs ?? transmission.ackTimeoutMs
  const outstanding = new Map<string, (delivery: Delivery) => void>()
  const messageIds = new LRUCache<string, number>(upTo(maxEndpoints))

  const nextMessageId = (endpoint: Endpoint): number => {
    const key = endpointKey(endpoint)
    const id = ((messageIds.get(key) ?? Math.floor(Math.random() * 0x10000)) + 1) & 0xffff
    messageIds.set(key, id)
    return id
  }

  return {
    nextMessageId,
    deliver: (endpoint, build) => {
      if (outstanding.size >= maxOutstanding) return Promise.resolve('lost')
      const messageId = nextMessageId(endpoint)
      const datagram = build(messageId)
      const key = `${endpointKey(endpoint)} ${messageId}`
      return new Promise((resolve) => {
        let timer: NodeJS.Timeout
        let transmits = 0
        const settle = (delivery: Delivery) => {
          clearTimeout(timer)
          outstanding.delete(key)
          resolve(delivery)
        }
        const transmit = (timeoutMs: number) => {
          if (transmits++ > transmission.maxRetransmits) return settle('lost')
          options.send(datagram, endpoint)
          timer = setTimeout(() => transmit(timeoutMs * 2), timeoutMs)
        }
        outstanding.set(key, settle)
        transmit(ackTimeoutMs * (1 + Math.random() * (transmission.randomFactor - 1)))
      })
    },
    heard: (endpoint, messageId, type) =>
      outstanding.get(`${endpointKey(endpoint)} ${messageId}`)?.(type === 'ACK' ? 'acknowledged' : 'reset'),
    giveUp: () => {
      for (const settle of [...outstanding.values()]) settle('lost')
    },
  }
}
