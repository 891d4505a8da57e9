import { EventEmitter } from 'node:events'
import { Aedes, type AedesOptions, type Client } from 'aedes'
import { z } from 'zod'

/**
 * Aedes as a protocol machine only. Nothing a device publishes is ever forwarded to another client, retained or queued:
 * publishes end in `authorizePublish`, downlinks are written to their one client.
 */
export class DeviceBroker extends Aedes {
  constructor(options: AedesOptions) {
    super(options)
    Object.defineProperty(this, 'publish', { value: dropPublish })
  }
}

type Done = (error?: Error | null) => void

/** Aedes calls it as (packet, client, done) or (packet, done). */
const dropPublish = (_packet: unknown, clientOrDone?: unknown, done?: Done): void => {
  const callback = typeof clientOrDone === 'function' ? (clientOrDone as Done) : done
  callback?.()
}

const parserSchema = z.object({ _parser: z.instanceof(EventEmitter) })
const lengthSchema = z.object({ packet: z.object({ length: z.number() }) })

/**
 * The packet parser of a connection, which Aedes does not offer. Fails loudly when an update of Aedes moves it, since two
 * limits hang on it.
 */
const parserOf = (client: Client): EventEmitter => parserSchema.parse(client)._parser

type SubscribePacket = { cmd: 'subscribe'; subscriptions: { qos: number }[] }

const isSubscribe = (packet: unknown): packet is SubscribePacket =>
  typeof packet === 'object' && packet !== null && 'cmd' in packet && packet.cmd === 'subscribe'

/** [MQTT-3.8.4-6]: the server may grant less; the device API grants at most QoS 1 (as ThingsBoard). */
export const grantAtMostQos1 = (client: Client): void => {
  parserOf(client).prependListener('packet', (packet: unknown) => {
    if (!isSubscribe(packet)) return
    for (const subscription of packet.subscriptions) subscription.qos = Math.min(subscription.qos, 1)
  })
}

type PubackPacket = { cmd: 'puback'; messageId: number }

const isPuback = (packet: unknown): packet is PubackPacket =>
  typeof packet === 'object' && packet !== null && 'cmd' in packet && packet.cmd === 'puback'

/** Aedes tells of acknowledgements, but for sessions that are not kept not of which. */
export const onPuback = (client: Client, handler: (messageId: number) => void): void => {
  parserOf(client).prependListener('packet', (packet: unknown) => {
    if (isPuback(packet)) handler(packet.messageId)
  })
}

const nextIdSchema = z.object({ _nextId: z.number().int() })

/**
 * Knows the message id that Aedes gives to each QoS 1 message in turn; ask once for every such message, before it is
 * handed over. Nobody else may send through the client.
 */
export const messageIds = (client: Client): (() => number) => {
  let next: number | null = null
  return () => {
    const id = next ?? nextIdSchema.parse(client)._nextId
    next = id >= maxMessageId ? 1 : id + 1
    return id
  }
}
const maxMessageId = 65_535

/** Remaining length of the packet that is being received; the parser gathers it in memory whatever it says. */
export const announcedPacketBytes = (client: Client): (() => number) => {
  const parser = parserOf(client)
  lengthSchema.parse(parser)
  return () => {
    const packet: unknown = Reflect.get(parser, 'packet')
    return typeof packet === 'object' && packet !== null && 'length' in packet ? Number(packet.length) : 0
  }
}

/** Takes no more packets from the socket; those that were read still get their answers. */
export const stopReading = (client: Client): void => {
  const pause: unknown = Reflect.get(client, 'pause')
  if (typeof pause !== 'function') throw new Error('Aedes clients cannot be paused any more')
  pause.call(client)
}
