import { createHash } from 'node:crypto'
import { AppError } from '@thingwire/contracts'
import { payloadAdaptor } from '../payload/index.ts'
import type { PayloadAdaptor } from '../payload/payload-format.ts'
import type { DeviceGateway, DeviceSession, Peer } from '../transport.ts'
import { type Body, largestBlockBytes } from './block.ts'
import type { Endpoint } from './endpoint.ts'
import type { Observers } from './observers.ts'
import { type CoapRequest, codeOfRefusal, contentFormats, type Intent, type Observed } from './translate.ts'

export type Answer = {
  code: string
  body?: Body
  contentFormat?: number
  /** Sequence number of an observation that was registered. */
  observe?: number
  /** Runs once the answer was sent. */
  after?: () => void
}

export type RequestFrom = { request: CoapRequest; payload: Buffer; endpoint: Endpoint; token: Buffer }

export type RequestHandlers = {
  /** Whether the credentials are good; asked before anything is kept for the sender. */
  admits(intent: Intent, endpoint: Endpoint): Promise<boolean>
  answer(from: RequestFrom): Promise<Answer>
  /** Answers requests that only wait for news. */
  endWaits(): void
}

/** An uplink that is not durable by then is answered as overload, ms. */
const acceptTimeoutMs = 10_000
/** A device has its answer by the token of its request, so that its number says nothing. */
const coapRequestId = 0

/** What the device API answers over CoAP (as ThingsBoard). */
export const createRequestHandlers = (options: {
  gateway: DeviceGateway
  observers: () => Observers
}): RequestHandlers => {
  const { gateway, observers } = options
  const waits = new Set<() => void>()

  const open = async (token: string, endpoint: Endpoint, lifetime: Peer['lifetime']) => {
    const opened = await gateway.open({ kind: 'access-token', token }, peerOf(endpoint, lifetime))
    if (!opened.ok && opened.refusal === 'too-many') throw new AppError('ADDRESS_LIMITED')
    return opened.ok ? opened.session : null
  }

  /** Rejects as overload when the work takes longer, or the transport stops. */
  const unlessLate = async <T>(work: Promise<T>, timeoutMs: number): Promise<T> => {
    let refuse = () => {}
    const late = new Promise<never>((_, reject) => {
      refuse = () => reject(new AppError('QUEUE_UNAVAILABLE'))
    })
    const timer = setTimeout(refuse, timeoutMs)
    return Promise.race([work, late]).finally(() => clearTimeout(timer))
  }

  /** Rejects when the transport stops. */
  const unlessStopped = async <T>(work: Promise<T>): Promise<T> => {
    let refuse = () => {}
    const stopped = new Promise<never>((_, reject) => {
      refuse = () => reject(new AppError('QUEUE_UNAVAILABLE'))
    })
    waits.add(refuse)
    return Promise.race([work, stopped]).finally(() => waits.delete(refuse))
  }

  const observe = async (
    session: DeviceSession,
    intent: Extract<Intent, { what: Observed }>,
    { request, endpoint, token, adaptor }: RequestFrom & { adaptor: PayloadAdaptor },
  ): Promise<Answer> => {
    const blockBytes = Math.min(request.block2?.sizeBytes ?? largestBlockBytes, largestBlockBytes)
    const observation = { endpoint, token: Buffer.from(token), uri: request.uri, blockBytes }
    const { deviceId } = session
    const lasting = { deviceId, open: () => open(intent.token, endpoint, 'connection') }
    const sequence = await observers().observe(lasting, intent.what, observation)
    if (sequence === null) return { code: '5.03' }
    if (intent.what === 'commands') return { code: '2.03', observe: sequence, after: () => observers().ready(deviceId) }
    try {
      const { shared } = await gateway.readAttributes(session, {})
      return { ...content(adaptor, adaptor.attributesUpdate({ values: shared ?? {} })), observe: sequence }
    } catch (error) {
      await observers().cancel(deviceId, intent.what, observation)
      throw error
    }
  }

  const withSession = async (
    intent: Exclude<Intent, { kind: 'provision' }>,
    session: DeviceSession,
    from: RequestFrom,
  ): Promise<Answer> => {
    const { payload, endpoint, token } = from
    if (intent.kind === 'package') return packageAnswer(gateway, session, intent)
    if (intent.kind === 'end-observe') {
      await observers().cancel(session.deviceId, intent.what, { endpoint, token })
      return { code: '2.02' }
    }
    const adaptor = payloadAdaptor(null, session.settings)
    if (intent.kind === 'uplink') {
      const result = await unlessLate(gateway.accept(session, { kind: intent.uplink, payload }), acceptTimeoutMs)
      return { code: result.ok ? '2.01' : adaptor ? codeOfRefusal(result.code) : formatNotServed.code }
    }
    return adaptor ? withAdaptor(intent, session, { ...from, adaptor }) : formatNotServed
  }

  const withAdaptor = async (
    intent: Exclude<Intent, { kind: 'provision' | 'package' | 'uplink' | 'end-observe' }>,
    session: DeviceSession,
    from: RequestFrom & { adaptor: PayloadAdaptor },
  ): Promise<Answer> => {
    const { payload, adaptor } = from
    switch (intent.kind) {
      case 'read-attributes': {
        const values = await gateway.readAttributes(session, intent.keys)
        return Object.keys(values).length === 0 ? { code: '4.04' } : content(adaptor, adaptor.attributes(values))
      }
      case 'observe':
        return observe(session, intent, from)
      case 'answer-command': {
        const answer = adaptor.commandAnswer(payload)
        if (answer === null) return { code: '4.00' }
        await gateway.answerCommand(session, intent.id, answer)
        return { code: '2.01' }
      }
      case 'ask-server': {
        const request = adaptor.serverRequest(payload)
        if (!request) return { code: '4.00' }
        const asked = await gateway.askServer(session, coapRequestId, request)
        if (!asked.ok) return { code: codeOfRefusal(asked.code) }
        return content(adaptor, adaptor.serverAnswer(await unlessStopped(asked.answer)))
      }
      case 'claim': {
        const claim = adaptor.claim(payload)
        if (claim) await gateway.offerClaim(session, claim)
        return { code: '2.01' }
      }
    }
  }

  return {
    admits: async (intent, endpoint) => {
      if (intent.kind === 'provision') return true
      const session = await open(intent.token, endpoint, 'request')
      if (session) gateway.close(session, 'checked')
      return session !== null
    },
    answer: async (from) => {
      const { intent } = from.request
      if (intent.kind === 'provision')
        return content({ type: 'JSON' }, await gateway.provision(from.payload, peerOf(from.endpoint, 'request')))
      const session = await open(intent.token, from.endpoint, 'request')
      if (!session) return { code: '4.01' }
      try {
        return await withSession(intent, session, from)
      } finally {
        gateway.close(session, 'answered')
      }
    },
    endWaits: () => {
      for (const end of [...waits]) end()
    },
  }
}

const peerOf = ({ address }: Endpoint, lifetime: Peer['lifetime']): Peer => ({
  transport: 'coap',
  address,
  lifetime,
})

const packageAnswer = async (
  gateway: DeviceGateway,
  session: DeviceSession,
  intent: Extract<Intent, { kind: 'package' }>,
): Promise<Answer> => {
  const found = await gateway.package(session, intent.package)
  if (!found) return { code: '4.04' }
  const { title, version, chunkBytes, chunk } = intent.part
  if (found.title !== title || found.version !== version) return { code: '4.00' }
  const from = chunkBytes * chunk
  const sizeBytes = Math.max(0, chunkBytes === 0 ? found.sizeBytes : Math.min(chunkBytes, found.sizeBytes - from))
  return {
    code: '2.05',
    contentFormat: contentFormats.octetStream,
    body: {
      sizeBytes,
      heldBytes: 0,
      etag: etagOf(`${found.checksum} ${chunkBytes} ${chunk}`),
      read: (offset, length) => found.read(from + offset, Math.min(length, sizeBytes - offset)),
    },
  }
}

const formatNotServed: Answer = { code: '4.15' }

const content = ({ type }: Pick<PayloadAdaptor, 'type'>, body: string | Buffer): Answer => ({
  code: '2.05',
  contentFormat: type === 'JSON' ? contentFormats.json : contentFormats.octetStream,
  body: bodyOf(Buffer.from(body)),
})

/** A body that is in memory. */
export const bodyOf = (bytes: Buffer): Body => ({
  sizeBytes: bytes.length,
  heldBytes: bytes.length,
  get etag() {
    return etagOf(bytes)
  },
  read: (offset, length) => bytes.subarray(offset, offset + length),
})

const etagOf = (content: string | Buffer): Buffer => createHash('sha1').update(content).digest().subarray(0, 8)
