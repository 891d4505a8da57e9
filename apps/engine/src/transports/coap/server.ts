import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { LRUCache } from 'lru-cache'
import { errorFields, type Logger } from '../../observability/logger.ts'
import type { Metrics } from '../../observability/metrics.ts'
import type { DeviceGateway, Transport } from '../transport.ts'
import { type Body, type Block, blockOfBody, blockOption } from './block.ts'
import { type Endpoint, endpointKey } from './endpoint.ts'
import { createExchanges, type Exchange } from './exchanges.ts'
import { type Answer, bodyOf, createRequestHandlers } from './handlers.ts'
import { createObservers, type Notification, type Observation, type Observers } from './observers.ts'
import { type CoapMessage, type CoapOption, decode, encode, encodeEmpty, uintOption } from './packet.ts'
import { createReliableSender } from './reliable-sender.ts'
import { type CoapRequest, codeOfError, contentFormats, understand } from './translate.ts'
import { createUploads, uploadLimits } from './uploads.ts'

export type CoapTransportOptions = {
  host: string
  port: number
  gateway: DeviceGateway
  logger: Logger
  metrics: Metrics
  /** Shorter in tests, ms. */
  timing?: { separateMs?: number; ackTimeoutMs?: number; silentMs?: number; tickMs?: number }
}

/** A confirmable request that takes longer is acknowledged first and answered later, ms (RFC 7252 §5.2.2). */
const defaultSeparateMs = 1_000
const defaultTickMs = 100
const expireEveryTicks = 50
/** A device that is told to come again waits this long, s. */
const retryAfterSeconds = 2
/** Bodies longer than a block are held this long for the requests that fetch the rest, ms. */
const downloadMs = 60_000
const maxDownloads = 10_000
const maxDownloadBytes = 16_777_216
/** What an entry costs beside its body. */
const overheadBytes = 512
/** What the kernel could not take yet; answers beyond it are dropped, and the devices ask again. */
const maxUnsentBytes = 16_777_216
const socketBufferBytes = 4_194_304

/** CoAP over UDP (RFC 7252) with observe (RFC 7641) and blocks (RFC 7959). */
export const createCoapTransport = (options: CoapTransportOptions): Transport => {
  const { gateway, logger, metrics, timing = {} } = options
  const separateMs = timing.separateMs ?? defaultSeparateMs
  const exchanges = createExchanges()
  const uploads = createUploads()
  const downloads = new LRUCache<string, { body: Body; answer: Answer }>({
    max: maxDownloads,
    maxSize: maxDownloadBytes,
    ttl: downloadMs,
    sizeCalculation: ({ body }) => body.heldBytes + overheadBytes,
  })
  let socket: Socket | null = null
  let ticker: NodeJS.Timeout | null = null
  let isStopping = false
  let whenSettled: (() => void) | null = null

  const send = (datagram: Buffer, { port, address }: Endpoint) => {
    if (!socket || socket.getSendQueueSize() > maxUnsentBytes) return
    // A datagram that cannot be sent is one that got lost: the device, or the retransmission, repeats it.
    socket.send(datagram, port, address, () => {})
  }
  const sender = createReliableSender({ send, ...(timing.ackTimeoutMs && { ackTimeoutMs: timing.ackTimeoutMs }) })

  const notify = async (observation: Observation, { code, sequence, body }: Notification) => {
    const { endpoint, token, uri, blockBytes } = observation
    const answer: Answer = {
      code,
      observe: sequence,
      ...(body !== null && { contentFormat: contentFormats.json, body: bodyOf(Buffer.from(body)) }),
    }
    const rendered = await renderedAnswer(answer, { number: 0, more: false, sizeBytes: blockBytes })
    if (rendered.rest) downloads.set(downloadKey(endpoint, codes.get, uri), { body: rendered.rest, answer })
    return sender.deliver(endpoint, (messageId) => encode({ type: 'CON', messageId, token, ...rendered.packet }))
  }

  const observers: Observers = createObservers(
    {
      gateway,
      notify,
      end: ({ endpoint, token }, code) =>
        send(encode({ type: 'NON', code, messageId: sender.nextMessageId(endpoint), token }), endpoint),
      ping: (endpoint) => sender.deliver(endpoint, (messageId) => encodeEmpty('CON', messageId)),
    },
    timing.silentMs,
  )
  const handlers = createRequestHandlers({ gateway, observers: () => observers })

  /** Sends the answer in the way that the exchange still allows, and remembers it for repeats. */
  const reply = (exchange: Exchange, message: CoapMessage, packet: Packet) => {
    const { endpoint, messageId, isConfirmable } = exchange
    const { token } = message
    if (exchange.reply) {
      // The request was acknowledged: the answer is a message of its own (RFC 7252 §5.2.2).
      void sender.deliver(endpoint, (id) => encode({ type: 'CON', messageId: id, token, ...packet }))
    } else {
      const datagram = isConfirmable
        ? encode({ type: 'ACK', messageId, token, ...packet })
        : encode({ type: 'NON', messageId: sender.nextMessageId(endpoint), token, ...packet })
      send(datagram, endpoint)
      exchange.reply = datagram
    }
    settle(exchange)
  }

  const settle = (exchange: Exchange) => {
    exchanges.settle(exchange)
    if (isStopping && exchanges.counts().underWay === 0) whenSettled?.()
  }

  /** The answer to a request whose body is here as a whole, from the gateway or from what is held of an earlier one. */
  const answerOf = async (
    request: CoapRequest,
    payload: Buffer,
    from: Pick<CoapMessage, 'token' | 'code'>,
    endpoint: Endpoint,
  ) => {
    const key = downloadKey(endpoint, from.code, request.uri)
    const isContinued = (request.block2?.number ?? 0) > 0
    const held = isContinued ? downloads.get(key) : undefined
    // A request that changes something is not carried out once more for the rest of its answer.
    if (isContinued && !held && from.code !== codes.get) return { code: '4.08' } satisfies Answer
    const answer = held?.answer ?? (await handlers.answer({ request, payload, endpoint, token: from.token }))
    const { accept } = request
    if (accept !== null && answer.contentFormat !== undefined && accept !== answer.contentFormat)
      return { code: '4.06' }
    return held ? withoutObserve(answer) : answer
  }

  /** Puts the body together; null when the answer is given already. */
  const bodyOfRequest = async (request: CoapRequest, message: CoapMessage, endpoint: Endpoint) => {
    const { block1, uri } = request
    const { payload } = message
    if (!block1) {
      if (payload.length > uploadLimits.bodyBytes) return tooLarge()
      return { payload, options: [] }
    }
    // Nothing is kept for a sender that is not known.
    const isFirst = block1.number === 0
    if (isFirst && block1.more && !(await handlers.admits(request.intent, endpoint))) return { code: '4.01' }
    const step = uploads.add(endpoint, uri, block1, payload, Date.now())
    switch (step.kind) {
      case 'whole':
        return { payload: step.body, options: [blockOption('Block1', block1)] }
      case 'continue':
        return { code: '2.31', options: [blockOption('Block1', block1)] }
      case 'incomplete':
        return { code: '4.08', options: [blockOption('Block1', { ...block1, more: false })] }
      case 'too-large':
        return tooLarge()
      case 'full':
        return unavailable()
    }
  }

  const serve = async (message: CoapMessage, endpoint: Endpoint, exchange: Exchange): Promise<void> => {
    const understood = understand(message)
    if (!understood.ok) {
      // A message that wants no acknowledgement is rejected in silence for an option (RFC 7252 §5.4.1).
      if (understood.code === badOption && message.type === 'NON') return settle(exchange)
      return reply(exchange, message, { code: understood.code })
    }
    const { request } = understood
    const body = await bodyOfRequest(request, message, endpoint)
    if ('code' in body) return reply(exchange, message, body)
    const answer: Answer = await answerOf(request, body.payload, message, endpoint)
    const { packet, rest } = await renderedAnswer(answer, request.block2)
    const key = downloadKey(endpoint, message.code, request.uri)
    if (rest) downloads.set(key, { body: rest, answer })
    reply(exchange, message, { ...packet, options: [...(packet.options ?? []), ...body.options] })
    answer.after?.()
  }

  const onRequest = (message: CoapMessage, endpoint: Endpoint) => {
    const { messageId, type } = message
    const isConfirmable = type === 'CON'
    const known = exchanges.find(endpoint, messageId)
    if (known) {
      // A repeat: what was sent is sent again; where nothing was yet, the answer is under way.
      if (known.reply?.length && isConfirmable) send(known.reply, endpoint)
      return
    }
    const exchange = isStopping ? null : exchanges.begin(endpoint, messageId, isConfirmable, Date.now())
    if (!exchange) {
      metrics.rejected.inc({ transport: 'coap', code: 'QUEUE_OVERLOADED' })
      const kind = isConfirmable
        ? { type: 'ACK' as const, messageId }
        : { type: 'NON' as const, messageId: sender.nextMessageId(endpoint) }
      send(encode({ ...kind, token: message.token, ...unavailable() }), endpoint)
      return
    }
    serve(message, endpoint, exchange).catch((error: unknown) => {
      const code = codeOfError(error)
      if (code.startsWith('5') && code !== '5.03') logger.warn(errorFields(error), 'a device request failed')
      reply(exchange, message, code === '5.03' ? unavailable() : { code })
    })
  }

  const onMessage = (message: CoapMessage, endpoint: Endpoint) => {
    const { type, code, messageId } = message
    if (type === 'ACK' || type === 'RST') return sender.heard(endpoint, messageId, type)
    if (isRequest(code)) return onRequest(message, endpoint)
    // A ping, a response that nobody waits for, a reserved class (RFC 7252 §4.2, §4.3).
    if (type === 'CON') send(encodeEmpty('RST', messageId), endpoint)
  }

  const onDatagram = (datagram: Buffer, { address, port }: RemoteInfo) => {
    // A reply to port 0 cannot be sent, and nothing that asks comes from there.
    if (port === 0) return
    const endpoint = { address, port }
    const decoded = decode(datagram)
    if (decoded.kind === 'message') onMessage(decoded.message, endpoint)
    else if (decoded.kind === 'malformed' && decoded.type === 'CON')
      send(encodeEmpty('RST', decoded.messageId), endpoint)
  }

  let ticks = 0
  const tick = () => {
    const now = Date.now()
    for (const exchange of exchanges.takeSlow(now - separateMs)) {
      exchange.reply = encodeEmpty('ACK', exchange.messageId)
      send(exchange.reply, exchange.endpoint)
    }
    if (++ticks % expireEveryTicks !== 0) return
    exchanges.expire(now)
    uploads.expire(now)
    downloads.purgeStale()
    observers.checkSilent(now)
  }

  const open = async (): Promise<Socket> => {
    const created = createSocket({
      type: isIPv6(options.host) ? 'udp6' : 'udp4',
      recvBufferSize: socketBufferBytes,
      sendBufferSize: socketBufferBytes,
      // Answers go to addresses; a look-up of each would cost a turn of the event loop.
      lookup: (host, _options, done) => done(null, host, isIPv6(host) ? 6 : 4),
    })
    await new Promise<void>((resolve, reject) => {
      created.once('error', reject)
      created.bind({ address: options.host, port: options.port }, resolve)
    })
    created.removeAllListeners('error')
    created.on('error', (error) => logger.error(errorFields(error), 'coap socket error'))
    return created
  }

  return {
    name: 'coap',
    port: () => socket?.address().port ?? 0,
    start: async () => {
      socket = await open()
      socket.on('message', onDatagram)
      ticker = setInterval(tick, timing.tickMs ?? defaultTickMs)
    },
    stop: async (deadlineMs) => {
      isStopping = true
      handlers.endWaits()
      if (exchanges.counts().underWay > 0) await settledBefore(deadlineMs)
      observers.endAll('stopping')
      sender.giveUp()
      if (ticker) clearInterval(ticker)
      const closing = socket
      socket = null
      if (closing) await new Promise<void>((resolve) => closing.close(resolve))
    },
  }

  async function settledBefore(deadlineMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      whenSettled = resolve
      timer = setTimeout(resolve, Math.max(0, deadlineMs - Date.now()))
    })
    clearTimeout(timer)
  }
}

type Packet = { code: string; options?: readonly CoapOption[]; payload?: Buffer }

const codes = { get: '0.01' } as const
const badOption = '4.02'

/** What the requests for the blocks of one body have in common: the method too (RFC 7959 §2.4). */
const downloadKey = (endpoint: Endpoint, code: string, uri: string) => `${endpointKey(endpoint)} ${code} ${uri}`

const isRequest = (code: string) => code.startsWith('0.') && code !== '0.00'

const unavailable = (): Packet => ({ code: '5.03', options: [uintOption('Max-Age', retryAfterSeconds)] })

const tooLarge = (): Packet => ({ code: '4.13', options: [uintOption('Size1', uploadLimits.bodyBytes)] })

const withoutObserve = ({ observe: _observe, after: _after, ...answer }: Answer): Answer => answer

/** The packet with the asked block of the answer's body, and the body when there is more of it to fetch. */
const renderedAnswer = async (answer: Answer, asked: Block | null): Promise<{ packet: Packet; rest: Body | null }> => {
  const { code, body, contentFormat, observe } = answer
  const options: CoapOption[] = []
  if (observe !== undefined) options.push(uintOption('Observe', observe))
  if (code === '5.03') options.push(uintOption('Max-Age', retryAfterSeconds))
  if (!body) return { packet: { code, options }, rest: null }
  const block = await blockOfBody(body, asked)
  if (!block.ok) return { packet: { code: '4.00' }, rest: null }
  if (contentFormat !== undefined) options.push(uintOption('Content-Format', contentFormat))
  options.push(...block.options)
  return {
    packet: {
      code,
      options,
      payload: Buffer.from(block.payload.buffer, block.payload.byteOffset, block.payload.length),
    },
    rest: block.isWhole ? null : body,
  }
}
