import { AppError, type ErrorCode, type OtaPackageType } from '@thingwire/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { HttpRegistration } from '../../http/server.ts'
import { errorFields, type Logger } from '../../observability/logger.ts'
import { jsonPayload } from '../payload/json/index.ts'
import type { DeviceGateway, DeviceSession, Peer, SessionEnd, Uplink } from '../transport.ts'
import { sendPackage } from './package-download.ts'
import { attributesQuery, bodyOfRefusal, pollTimeoutMs, statusOfError, statusOfRefusal } from './translate.ts'

/** Largest device payload over HTTP, bytes (as ThingsBoard). */
const maxBodyBytes = 52_428_800
/** A device that waits longer than this for an overloaded queue is told to come again. */
const acceptTimeoutMs = 5_000
const retryAfterSeconds = '2'

/** Largest body of requests and answers, bytes (as ThingsBoard). */
const maxRpcBytes = 65_536
/** A device has one request under way here, so that its number says nothing. */
const httpRequestId = 0

type CommandRequest = FastifyRequest<{ Params: { token: string; id: string } }>
type TokenRequest = FastifyRequest<{ Params: { token: string } }>

/** The device HTTP API under `/api/v1/{accessToken}` (as ThingsBoard). */
export const httpDeviceApi = (options: { gateway: DeviceGateway; logger: Logger }): HttpRegistration => {
  const { gateway, logger } = options

  const fail = (reply: FastifyReply, error: unknown) => {
    const status = statusOfError(error)
    if (status === 503) reply.header('retry-after', retryAfterSeconds)
    else if (!(error instanceof AppError && error.act === 'caller'))
      logger.warn({ ...errorFields(error) }, 'a device request failed')
    return error instanceof AppError ? refuse(reply, error.code, error.message) : reply.code(status).send()
  }

  /** Opens a session for one request; answers 401 itself when the token is not known. */
  const withSession = async (
    request: TokenRequest,
    reply: FastifyReply,
    lifetime: Peer['lifetime'],
    work: (session: DeviceSession) => Promise<unknown>,
  ): Promise<unknown> => {
    try {
      const peer = { transport: 'http', address: request.ip, lifetime }
      const opened = await gateway.open({ kind: 'access-token', token: request.params.token }, peer)
      if (!opened.ok) return reply.code(opened.refusal === 'too-many' ? 429 : 401).send()
      try {
        return await work(opened.session)
      } finally {
        gateway.close(opened.session, 'answered')
      }
    } catch (error) {
      return fail(reply, error)
    }
  }

  const uplink = (kind: Uplink['kind']) => (request: TokenRequest, reply: FastifyReply) =>
    withSession(request, reply, 'request', async (session) => {
      const result = await soon(gateway.accept(session, { kind, payload: bodyOf(request), format: 'JSON' }))
      return result.ok ? reply.code(200).send() : refuse(reply, result.code, result.message)
    })

  const readAttributes = (request: TokenRequest, reply: FastifyReply) =>
    withSession(request, reply, 'request', async (session) =>
      reply
        .type('application/json')
        .send(jsonPayload.attributes(await gateway.readAttributes(session, attributesQuery(request.query)))),
    )

  const awaitUpdate = (request: TokenRequest, reply: FastifyReply) =>
    withSession(request, reply, 'poll', async (session) => {
      return answerPoll(reply, await nextUpdate(session, pollTimeoutMs(request.query), request))
    })

  const awaitCommand = (request: TokenRequest, reply: FastifyReply) =>
    withSession(request, reply, 'poll', async (session) => {
      return answerPoll(reply, await nextCommand(gateway, session, pollTimeoutMs(request.query), request))
    })

  const answerCommand = (request: CommandRequest, reply: FastifyReply) =>
    withSession(request, reply, 'request', async (session) => {
      if (!/^\d{1,10}$/.test(request.params.id)) return reply.code(400).send()
      await gateway.answerCommand(session, Number(request.params.id), bodyOf(request).toString('utf8'))
      return reply.code(200).send()
    })

  const askServer = (request: TokenRequest, reply: FastifyReply) =>
    withSession(request, reply, 'poll', async (session) => {
      const asked = await gateway.askServer(
        session,
        httpRequestId,
        jsonPayload.serverRequest(bodyOf(request)) ?? nothing,
      )
      if (!asked.ok) return refuse(reply, asked.code, asked.message)
      return reply.type('application/json').send(await asked.answer)
    })

  const claim = (request: TokenRequest, reply: FastifyReply) =>
    withSession(request, reply, 'request', async (session) => {
      const offer = jsonPayload.claim(bodyOf(request))
      if (offer) await gateway.offerClaim(session, offer)
      return reply.code(200).send()
    })

  const provision = async (request: FastifyRequest, reply: FastifyReply) => {
    try {
      const from = { transport: 'http', address: request.ip }
      return await reply.type('application/json').send(await gateway.provision(bodyOf(request), from))
    } catch (error) {
      return fail(reply, error)
    }
  }

  const packageOf = (kind: OtaPackageType) => (request: TokenRequest, reply: FastifyReply) =>
    withSession(request, reply, 'request', (session) => sendPackage(gateway, session, kind, request.query, reply))

  const routes = (app: FastifyInstance) => {
    app.removeAllContentTypeParsers()
    // Devices send JSON under any content type, or none.
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    app.setErrorHandler((error, _request, reply) => {
      const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
      // What Fastify refuses by itself is the client's to put right.
      return status >= 400 && status < 500 ? reply.code(status).send() : fail(reply, error)
    })
    app.addHook('onRequest', async (request, reply) => {
      reply.header('access-control-allow-origin', '*')
      // A type that is not one would be refused before any parser is asked.
      request.headers['content-type'] = 'application/octet-stream'
      if (request.method !== 'OPTIONS') return
      reply.header('access-control-allow-methods', 'GET, POST, OPTIONS')
      reply.header('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '*')
      reply.header('access-control-max-age', '1800')
      await reply.code(200).send()
    })
    const limits = { bodyLimit: maxBodyBytes }
    app.post('/:token/telemetry', limits, uplink('telemetry'))
    app.post('/:token/attributes', limits, uplink('attributes'))
    app.get('/:token/attributes', readAttributes)
    app.get('/:token/attributes/updates', awaitUpdate)
    const rpcLimits = { bodyLimit: maxRpcBytes }
    app.post('/provision', rpcLimits, provision)
    app.post('/:token/claim', rpcLimits, claim)
    app.get('/:token/rpc', rpcLimits, awaitCommand)
    app.post('/:token/rpc', rpcLimits, askServer)
    app.post('/:token/rpc/:id', rpcLimits, answerCommand)
    app.get('/:token/firmware', packageOf('FIRMWARE'))
    app.get('/:token/software', packageOf('SOFTWARE'))
    app.all('/*', (_request, reply) => reply.code(404).send())
  }

  return (app) => {
    app.register(
      async (scope) => {
        routes(scope)
      },
      { prefix: '/api/v1' },
    )
  }
}

const refuse = (reply: FastifyReply, code: ErrorCode, message: string): FastifyReply => {
  const body = bodyOfRefusal(code, message)
  reply.code(statusOfRefusal(code))
  return body ? reply.type('application/json').send(JSON.stringify(body)) : reply.send()
}

/** Read as no request at all, and refused as such. */
const nothing = new Uint8Array()

type PollAnswer =
  | { kind: 'update'; body: string | Buffer }
  | { kind: 'deleted' }
  | { kind: 'unknown' }
  | { kind: 'timeout' }
  | { kind: 'ended' }

const bodyOf = ({ body }: FastifyRequest): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0))

/** Waits until `listen` hands over an answer, the time is over, or either side goes. */
const next = (
  session: DeviceSession,
  timeoutMs: number,
  request: FastifyRequest,
  listen: (finish: (answer: PollAnswer) => void) => void,
): Promise<PollAnswer> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => finish({ kind: 'timeout' }), timeoutMs)
    const finish = (answer: PollAnswer) => {
      clearTimeout(timer)
      request.socket.off('close', ended)
      session.onAttributes = null
      session.onCommand = null
      session.onClose = null
      resolve(answer)
    }
    const ended = () => finish({ kind: 'ended' })
    session.onClose = (reason) => finish({ kind: endOf[reason] })
    request.socket.once('close', ended)
    listen(finish)
  })

const endOf = {
  'device-deleted': 'deleted',
  'credentials-changed': 'unknown',
  'taken-over': 'ended',
  stopping: 'ended',
} as const satisfies Record<SessionEnd, PollAnswer['kind']>

const answerPoll = (reply: FastifyReply, answer: PollAnswer): FastifyReply => {
  switch (answer.kind) {
    case 'update':
      return reply.type('application/json').send(answer.body)
    case 'deleted':
      return reply.code(403).type('text/plain').send('Device was deleted!')
    case 'unknown':
      return reply.code(401).send()
    case 'timeout':
      return reply.code(408).send()
    case 'ended':
      return reply.code(503).send()
  }
}

const nextUpdate = (session: DeviceSession, timeoutMs: number, request: FastifyRequest): Promise<PollAnswer> =>
  next(session, timeoutMs, request, (finish) => {
    session.onAttributes = (update) =>
      finish({
        kind: 'update',
        body: jsonPayload.attributesUpdate(update),
      })
  })

const nextCommand = (
  gateway: DeviceGateway,
  session: DeviceSession,
  timeoutMs: number,
  request: FastifyRequest,
): Promise<PollAnswer> =>
  next(session, timeoutMs, request, (finish) => {
    session.onCommand = async (command) => {
      finish({ kind: 'update', body: jsonPayload.command(command) })
      return true
    }
    gateway.wantsCommands(session)
  })

/** An uplink that is not durable soon is answered as overload; should it become so later, the device's repeat is a copy. */
const soon = async <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('QUEUE_UNAVAILABLE')), acceptTimeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
