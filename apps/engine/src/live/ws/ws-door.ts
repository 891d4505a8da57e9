import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { AppError, type TenantProfileConfiguration, wsMessageSchema } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { type Caller, keySessionId } from '../../auth/caller.ts'
import type { SignIn } from '../../auth/sign-in.ts'
import type { Invalidation } from '../../channels.ts'
import type { Part } from '../../lifecycle.ts'
import { createRateLimiter } from '../../limits/rate-limiter.ts'
import { errorFields, type Logger } from '../../observability/logger.ts'
import type { LiveMetrics } from '../live-metrics.ts'
import type { LiveService } from '../live-service.ts'
import { closeCodes, closeReason, plainError, wsErrors } from './answers.ts'
import { type CommandDeps, createCommands } from './commands.ts'
import { isStillGood, standingKey } from './standing.ts'
import { createSessionCounts } from './session-counts.ts'
import { createWsSession, type WsSession } from './ws-session.ts'
import { parseCommands, parseMessage, type WsPath, wsPaths } from './ws-messages.ts'

export type WsDoor = Part & {
  /** Answers upgrades of `/api/ws` and the paths below it on the public port. */
  attach(app: FastifyInstance): void
}

export type WsTiming = { authMs: number; pingMs: number; pongMs: number; standingMs: number }

const defaultTiming: WsTiming = { authMs: 10_000, pingMs: 10_000, pongMs: 30_000, standingMs: 60_000 }

/** Largest frame of a client, bytes (as ThingsBoard). */
const maxPayload = 32_768
/** How long a client may take to answer a close frame. */
const closeMs = 2_000
/** The same when the server stops. */
const farewellMs = 500

/** One open socket, from the upgrade on. */
type Guest = {
  socket: WebSocket
  session: WsSession | null
  caller: Caller | null
  heardAtMs: number
  close(code: number, reason: string): void
}

/** ThingsBoard's WebSocket API: another door to the live service. */
export const createWsDoor = (
  options: Omit<CommandDeps, 'topics'> & {
    live: LiveService
    signIn(): SignIn
    database: Pick<Database, 'telemetry' | 'users'>
    limitsOf(tenantId: string): Promise<TenantProfileConfiguration>
    logger: Logger
    metrics: Pick<LiveMetrics, 'updates'>
    timing?: Partial<WsTiming> | undefined
    now: () => number
  },
): WsDoor => {
  const { live, logger, now } = options
  const timing = { ...defaultTiming, ...options.timing }
  const server = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false, clientTracking: false })
  const guests = new Set<Guest>()
  const counts = createSessionCounts()
  const rates = createRateLimiter({ now: () => performance.now() })
  const handle = createCommands({ ...options, topics: live.topics })
  const timers: NodeJS.Timeout[] = []
  let sessionNumber = 0

  const begin = async (guest: Guest, caller: Caller): Promise<void> => {
    const limits = caller.tenantId ? await options.limitsOf(caller.tenantId) : null
    if (guest.socket.readyState !== guest.socket.OPEN) return
    const refused = limits && counts.take('Sessions', caller, limits)
    if (refused) return guest.close(closeCodes.policy, refused)
    const key = String(++sessionNumber)
    const session = createWsSession({
      caller,
      limits,
      counts,
      sink: {
        get bufferedAmount() {
          return guest.socket.bufferedAmount
        },
        send: (text) => {
          options.metrics.updates.inc()
          guest.socket.send(text)
        },
      },
      mayUpdate: () => rates.take(key, limits?.wsUpdatesPerSessionRateLimit),
      onPending: () => entered.pending(),
      close: guest.close,
      setPaused: (isPaused) => {
        if (isPaused) guest.socket.pause()
        else guest.socket.resume()
        guest.heardAtMs = now()
      },
      onError: (error) => logger.error(errorFields(error), 'a live command failed'),
      recheck: async (change) => {
        if (concerns(change, caller)) await checkStanding(guest, caller)
      },
    })
    const entered = live.enter(session)
    guest.session = session
    guest.caller = caller
    guest.socket.once('close', () => {
      entered.leave()
      session.close()
      counts.give('Sessions', caller)
    })
  }

  /** The account may be disabled, deleted or somebody else's by now. */
  const checkStanding = async (guest: Guest, caller: Caller): Promise<void> => {
    if (!(await isStillGood(caller, options))) guest.close(closeCodes.policy, 'User account is not active')
  }

  const authenticate = async (guest: Guest, text: string): Promise<void> => {
    const parsed = parseMessage(text, wsMessageSchema)
    if (!parsed.ok) return guest.close(closeCodes.invalidPayload, parsed.problem)
    const offer = parsed.value.authCmd
    if (!offer) return guest.close(closeCodes.policy, 'Auth cmd is missing')
    try {
      await begin(guest, await callerOf(options.signIn(), offer))
    } catch (error) {
      return guest.close(closeCodes.invalidPayload, reasonOf(error, logger))
    }
    for (const command of parsed.value.cmds ?? []) if (guest.session) handle(guest.session, command)
  }

  const receive = async (guest: Guest, path: WsPath, text: string): Promise<void> => {
    if (guest.socket.readyState !== guest.socket.OPEN) return
    if (!guest.session) return authenticate(guest, text)
    const { session } = guest
    const parsed = parseCommands(path, text)
    if (!parsed.ok) {
      session.reply(1, plainError(1, wsErrors.badRequest, 'Failed to parse the payload'))
      return
    }
    for (const command of parsed.value) handle(session, command)
  }

  const enterWithToken = async (guest: Guest, token: string): Promise<void> => {
    try {
      await begin(guest, await options.signIn().authenticate(token))
    } catch (error) {
      guest.close(closeCodes.internalError, reasonOf(error, logger))
    }
  }

  const serve = (socket: WebSocket, path: WsPath, token: string | null) => {
    const guest: Guest = {
      socket,
      session: null,
      caller: null,
      heardAtMs: now(),
      close: (code, reason) => {
        // Nothing more is sent or read; a client that does not answer the close frame is cut off.
        guest.session?.close()
        socket.close(code, closeReason(reason))
        setTimeout(() => socket.terminate(), closeMs).unref()
      },
    }
    guests.add(guest)
    const deadline = setTimeout(() => {
      if (!guest.session) guest.close(closeCodes.policy, 'Authentication timeout')
    }, timing.authMs)
    socket.on('error', (error) => logger.debug(errorFields(error), 'a live socket failed'))
    socket.on('pong', () => {
      guest.heardAtMs = now()
    })
    socket.once('close', () => {
      clearTimeout(deadline)
      guests.delete(guest)
    })
    let waiting = 0
    let turn: Promise<void> = Promise.resolve()
    /** One message after the other, also while the first one is still being authenticated. */
    const inTurn = (work: () => Promise<void>) => {
      waiting++
      if (waiting === maxWaitingMessages) socket.pause()
      turn = turn.then(work).catch((error: unknown) => {
        logger.error(errorFields(error), 'a live message failed')
        guest.close(closeCodes.serviceRestart, 'Internal Server Error')
      })
      void turn.then(() => {
        waiting--
        if (waiting === 0 && socket.isPaused && !guest.session?.isPaused()) socket.resume()
      })
    }
    if (token !== null) inTurn(() => enterWithToken(guest, token))
    else if (path !== 'general') return guest.close(closeCodes.internalError, new AppError('AUTH_REQUIRED').message)
    socket.on('message', (data: RawData, isBinary: boolean) => {
      if (isBinary) guest.close(closeCodes.unsupportedData, 'Text is expected')
      else inTurn(() => receive(guest, path, data.toString()))
    })
  }

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname !== '/api/ws' && !url.pathname.startsWith('/api/ws/')) return
    const path = wsPaths.get(url.pathname)
    if (!path) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    server.handleUpgrade(request, socket, head, (opened) => serve(opened, path, url.searchParams.get('token')))
  }

  const ping = () => {
    for (const guest of guests) {
      if (guest.session?.isPaused()) guest.heardAtMs = now()
      if (now() - guest.heardAtMs >= timing.pongMs) guest.close(closeCodes.notReliable, 'Session is not reliable')
      else if (guest.socket.readyState === guest.socket.OPEN) guest.socket.ping()
    }
  }

  const checkAll = async () => {
    const open = [...guests].flatMap((guest) => (guest.caller ? [{ guest, caller: guest.caller }] : []))
    for (const same of Map.groupBy(open, ({ caller }) => standingKey(caller)).values()) {
      const [first] = same
      if (!first || (await isStillGood(first.caller, options))) continue
      for (const { guest } of same) guest.close(closeCodes.policy, 'User account is not active')
    }
  }

  /** Clients get a moment to read why. */
  const closeAll = async () => {
    const leaving = [...guests]
    const closed = leaving.map(({ socket }) => new Promise((resolve) => socket.once('close', resolve)))
    for (const guest of leaving) guest.close(closeCodes.goingAway, 'The server stops')
    const patience = setTimeout(() => {
      for (const { socket } of leaving) socket.terminate()
    }, farewellMs)
    await Promise.all(closed)
    clearTimeout(patience)
  }

  return {
    name: 'ws',
    start: async () => {
      timers.push(setInterval(ping, timing.pingMs))
      timers.push(
        setInterval(() => {
          checkAll().catch((error: unknown) => logger.warn(errorFields(error), 'live sessions not checked'))
        }, timing.standingMs),
      )
    },
    stop: async () => {
      for (const timer of timers) clearInterval(timer)
      await closeAll()
    },
    attach: (app) => {
      app.server.on('upgrade', upgrade)
      // The public server waits for its connections when it closes, and these would never end by themselves.
      app.addHook('preClose', closeAll)
    },
  }
}

/** Messages of one client that wait for the one before them. */
const maxWaitingMessages = 50

const callerOf = (
  signIn: SignIn,
  offer: { token?: string | null | undefined; apiKey?: string | null | undefined },
): Promise<Caller> => {
  if (offer.token) return signIn.authenticate(offer.token)
  if (offer.apiKey) return signIn.authenticateKey(offer.apiKey)
  return Promise.reject(new AppError('AUTH_REQUIRED'))
}

const reasonOf = (error: unknown, logger: Logger): string => {
  if (error instanceof AppError && error.act === 'caller') return error.message
  logger.error(errorFields(error), 'a live client could not be authenticated')
  return 'Internal Server Error'
}

const concerns = ({ kind, id }: Invalidation, caller: Caller): boolean => {
  switch (kind) {
    case 'user':
      return id === caller.userId
    case 'customer':
      return id === caller.customerId
    case 'tenant':
      return id === caller.tenantId
    case 'api-key':
      return caller.sessionId === keySessionId(id)
    default:
      return false
  }
}
