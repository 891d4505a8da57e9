import type { IncomingMessage } from 'node:http'
import {
  AppError,
  accessCookie,
  type ClientToServerEvents,
  type LiveAck,
  liveSubscribeSchema,
  type ServerToClientEvents,
} from '@thingwire/contracts'
import { fastifyCookie } from '@fastify/cookie'
import type { FastifyInstance } from 'fastify'
import { Server, type Socket } from 'socket.io'
import { z } from 'zod'
import { isSameOrigin } from '../auth/same-origin.ts'
import type { Caller, SignIn } from '../auth/sign-in.ts'
import type { Channels } from '../channels.ts'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import { redisChannels } from '../redis-keys.ts'
import type { LiveMetrics } from './live-metrics.ts'
import type { LiveService } from './live-service.ts'

type SocketData = { caller: Caller }
type LiveSocket = Socket<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>
type LiveServer = Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>

export type SocketDoor = Part & {
  /** Answers `/socket.io` on the public port. */
  attach(app: FastifyInstance): void
}

/** Largest message a client may send, bytes: a subscription to 200 keys of 255 characters. */
const maxMessageBytes = 64 * 1024
/** How often sessions of open sockets are looked at, should the word of their end have been missed. */
const sessionCheckMs = 60_000

/** Socket.IO on the public port: a thin door to the live service. */
export const createSocketDoor = (options: {
  live: LiveService
  signIn(): SignIn
  channels: Channels
  logger: Logger
  metrics: LiveMetrics
  now: () => number
}): SocketDoor => {
  const { live, logger, metrics, now } = options
  let io: LiveServer | null = null
  let timer: NodeJS.Timeout | null = null

  const endSession = (socket: LiveSocket) => {
    socket.emit('signedOut')
    socket.disconnect(true)
  }

  const isAlive = ({ userId, sessionId, issuedAtMs, customerId }: Caller) =>
    options.signIn().isAlive({ userId, sessionId, customerId, sinceMs: issuedAtMs })

  /** The token is at its end. A session that goes on has newer cookies by now: the client comes back with them. */
  const renew = async (socket: LiveSocket) => {
    if (await isAlive(socket.data.caller)) socket.conn.close()
    else endSession(socket)
  }

  const checkSessions = async () => {
    const bySession = Map.groupBy(io?.of('/').sockets.values() ?? [], (socket) => socket.data.caller.sessionId)
    for (const sockets of bySession.values()) {
      const caller = sockets[0]?.data.caller
      if (caller && !(await isAlive(caller))) sockets.forEach(endSession)
    }
  }

  const fenced = (work: Promise<void>) => {
    work.catch((error: unknown) => logger.warn(errorFields(error), 'live session not checked'))
  }

  const serve = (socket: LiveSocket) => {
    const { caller } = socket.data
    const connection = live.connect(caller, {
      isReady: () => isDrained(socket),
      send: (updates) => {
        metrics.updates.inc(updates.length)
        socket.emit('update', updates)
      },
    })
    const expiry = setTimeout(() => fenced(renew(socket)), Math.max(0, caller.accessExpiresAtMs - now()))
    socket.on('subscribe', (request: unknown, ack: unknown) => {
      const answer = (result: LiveAck) => {
        if (!result.ok) metrics.refusals.inc({ code: result.code })
        if (typeof ack === 'function') ack(result)
      }
      const parsed = liveSubscribeSchema.safeParse(request)
      if (parsed.success) void connection.subscribe(parsed.data).then(answer)
      else answer({ ok: false, code: 'ARGUMENT_INVALID', message: z.prettifyError(parsed.error) })
    })
    socket.on('unsubscribe', (id: unknown) => {
      if (typeof id === 'string') connection.unsubscribe(id)
    })
    socket.on('disconnect', () => {
      clearTimeout(expiry)
      connection.close()
    })
  }

  /** The HTTP server below is the public server's to close. */
  const closeSockets = () => {
    io?.disconnectSockets(true)
    io?.engine.close()
  }

  options.channels.subscribe(redisChannels.sessionEnded, (sessionId) => {
    for (const socket of io?.of('/').sockets.values() ?? [])
      if (socket.data.caller.sessionId === sessionId) endSession(socket)
  })

  return {
    name: 'socket.io',
    start: async () => {
      timer = setInterval(() => fenced(checkSessions()), sessionCheckMs)
      metrics.follow(() => live.figures())
    },
    stop: async () => {
      if (timer) clearInterval(timer)
      timer = null
      closeSockets()
      io = null
    },
    attach: (app) => {
      const created: LiveServer = new Server(app.server, {
        serveClient: false,
        maxHttpBufferSize: maxMessageBytes,
        connectTimeout: 10_000,
        // Other doors of the same port have upgrades of their own.
        destroyUpgrade: false,
        allowRequest: (request, answer) => answer(isForeign(request) ? 'foreign origin' : null, !isForeign(request)),
      })
      io = created
      created.use((socket, next) => {
        authenticate(socket, options.signIn()).then(
          (caller) => {
            socket.data.caller = caller
            next()
          },
          (error: unknown) => next(connectError(error)),
        )
      })
      created.on('connection', serve)
      // The public server waits for its connections when it closes, and these would never end by themselves.
      app.addHook('preClose', async () => closeSockets())
    },
  }
}

/** A page of another site would come with the visitor's cookies; programs send neither header. */
const isForeign = ({ headers }: IncomingMessage): boolean =>
  (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) && !isSameOrigin(headers)

/** Whether everything sent so far has left the process: what a slow client has not taken must not pile up here. */
const isDrained = (socket: LiveSocket): boolean => socket.conn.transport.writable

const authSchema = z.object({ token: z.string().min(1).max(8_192) })

const authenticate = (socket: LiveSocket, signIn: SignIn): Promise<Caller> => {
  const offered = authSchema.safeParse(socket.handshake.auth)
  if (offered.success) return signIn.authenticate(offered.data.token)
  const cookie = fastifyCookie.parse(socket.handshake.headers.cookie ?? '')[accessCookie]
  if (!cookie) return Promise.reject(new AppError('AUTH_REQUIRED'))
  return signIn.authenticate(cookie)
}

/** `connect_error` on the client: `data.code` says whether signing in again would help. */
const connectError = (error: unknown): Error => {
  const known = error instanceof AppError && error.act !== 'bug' ? error : new AppError('INTERNAL')
  return Object.assign(new Error(known.act === 'caller' ? known.message : 'unavailable'), {
    data: { code: known.code },
  })
}
