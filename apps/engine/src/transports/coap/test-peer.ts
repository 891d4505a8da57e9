import { createSocket } from 'node:dgram'
import { silentLogger } from '../../observability/logger.ts'
import { createMetrics } from '../../observability/metrics.ts'
import type { DeviceGateway } from '../transport.ts'
import { type CoapMessage, type CoapOption, decode, encode, encodeEmpty, type MessageType } from './packet.ts'
import { type CoapTransportOptions, createCoapTransport } from './server.ts'

const deadlineMs = 5_000

export type Sent = {
  type?: MessageType
  code?: string
  path?: string
  query?: readonly string[]
  options?: readonly CoapOption[]
  payload?: string | Buffer
  messageId?: number
  token?: Buffer
}

/** A device that speaks raw CoAP, for tests: it acknowledges nothing by itself. */
export const openPeer = async (serverPort: number) => {
  const socket = createSocket('udp4')
  const inbox: CoapMessage[] = []
  const waiting = new Set<() => void>()
  socket.on('message', (datagram) => {
    const decoded = decode(datagram)
    if (decoded.kind !== 'message') throw new Error('The server sent what is no CoAP')
    inbox.push(decoded.message)
    for (const wake of [...waiting]) wake()
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  let nextId = 1

  const write = (datagram: Buffer) =>
    new Promise<void>((resolve, reject) =>
      socket.send(datagram, serverPort, '127.0.0.1', (error) => (error ? reject(error) : resolve())),
    )

  const encoded = (sent: Sent): { datagram: Buffer; messageId: number; token: Buffer } => {
    const messageId = sent.messageId ?? nextId++
    const token = sent.token ?? Buffer.of(messageId >> 8, messageId & 255)
    const path = (sent.path ?? '').split('/').filter(Boolean)
    const options: CoapOption[] = [
      ...path.map((part): CoapOption => ({ name: 'Uri-Path', value: Buffer.from(part) })),
      ...(sent.query ?? []).map((part): CoapOption => ({ name: 'Uri-Query', value: Buffer.from(part) })),
      ...(sent.options ?? []),
    ]
    const datagram = encode({
      type: sent.type ?? 'CON',
      code: sent.code ?? '0.02',
      messageId,
      token,
      options,
      payload: Buffer.from(sent.payload ?? ''),
    })
    return { datagram, messageId, token }
  }

  /** The first message that fits; it is taken out of what was received. */
  const next = async (fits: (message: CoapMessage) => boolean = () => true): Promise<CoapMessage> => {
    const until = Date.now() + deadlineMs
    for (;;) {
      const index = inbox.findIndex(fits)
      const [found] = index < 0 ? [] : inbox.splice(index, 1)
      if (found) return found
      await new Promise<void>((resolve, reject) => {
        const wake = () => {
          waiting.delete(wake)
          clearTimeout(timer)
          resolve()
        }
        const timer = setTimeout(
          () => {
            waiting.delete(wake)
            reject(new Error('No such message came'))
          },
          Math.max(0, until - Date.now()),
        )
        waiting.add(wake)
      })
    }
  }

  return {
    inbox,
    write,
    encoded,
    next,
    send: (sent: Sent) => write(encoded(sent).datagram),
    /** The reply to the request: what has its message id. */
    ask: async (sent: Sent): Promise<CoapMessage> => {
      const { datagram, messageId, token } = encoded(sent)
      await write(datagram)
      return next((message) => (sent.type === 'NON' ? message.token.equals(token) : message.messageId === messageId))
    },
    empty: (type: 'ACK' | 'RST', messageId: number) => write(encodeEmpty(type, messageId)),
    /** Resolves when the server has read everything sent before: it answers a ping. */
    settled: async () => {
      const messageId = nextId++
      await write(encodeEmpty('CON', messageId))
      await next((message) => message.type === 'RST' && message.messageId === messageId)
    },
    close: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  }
}

export type Peer = Awaited<ReturnType<typeof openPeer>>

export const optionOf = (message: CoapMessage, name: string): Buffer | undefined =>
  message.options.find((option) => option.name === name)?.value

/** A transport with a scripted gateway, and peers that end with it. */
export const startCoap = async (gateway: DeviceGateway, timing: CoapTransportOptions['timing'] = {}) => {
  const stack = new AsyncDisposableStack()
  const transport = createCoapTransport({
    host: '127.0.0.1',
    port: 0,
    gateway,
    logger: silentLogger,
    metrics: createMetrics(),
    timing: { tickMs: 10, ...timing },
  })
  await transport.start()
  stack.defer(() => transport.stop(Date.now() + 1_000))
  const port = transport.port()
  return {
    transport,
    port,
    peer: async (): Promise<Peer> => {
      const peer = await openPeer(port)
      stack.defer(() => peer.close())
      return peer
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
