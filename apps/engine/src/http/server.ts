import type { AddressInfo } from 'node:net'
import httpProxy from '@fastify/http-proxy'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import { openBuiltFiles } from './built-files.ts'
import { parseQueryText } from './query-text.ts'
import { refuseOtherUpgrades } from './upgrades.ts'

export type PublicHttpServer = Part & { port(): number }

/** Adds routes, or attaches to `app.server`. Runs while the server starts, in the order of the list. */
export type HttpRegistration = (app: FastifyInstance) => void | Promise<void>

/** Longest time a client may take to send a request's head and body; slower ones are cut off. */
const requestTimeoutMs = 30_000

/**
 * The public port: `/api/v1` for devices, REST, Socket.IO, and everything else from the web console. Each registration
 * brings its own parsers and error answers; nothing is shared but the port.
 */
export const createPublicHttpServer = (options: {
  host: string
  port: number
  webUrl?: string | undefined
  /** Folder of the console's built files, where they are on this machine; without it the console serves them. */
  webFiles?: string | undefined
  /** Origins of pages that may show dashboards in a frame; the console is told and says so to browsers. */
  frameOrigins?: readonly string[] | undefined
  /** Addresses or networks; from them alone X-Forwarded-For is believed. */
  trustedProxies?: readonly string[]
  registrations: readonly HttpRegistration[]
  /** Paths whose WebSocket upgrades a registration answers. */
  upgradePaths: readonly string[]
  logger: Logger
}): PublicHttpServer => {
  const { logger } = options
  let app: FastifyInstance | null = null

  const build = async (): Promise<FastifyInstance> => {
    const built = Fastify({
      // Fastify's own request log would show access tokens, which stand in the paths of the device API.
      logger: false,
      requestTimeout: requestTimeoutMs,
      connectionTimeout: 0,
      keepAliveTimeout: 72_000,
      forceCloseConnections: 'idle',
      routerOptions: { maxParamLength: 255, querystringParser: parseQueryText },
      ...(options.trustedProxies?.length && { trustProxy: [...options.trustedProxies] }),
    })
    for (const register of options.registrations) await register(built)
    refuseOtherUpgrades(built.server, options.upgradePaths)
    if (options.webUrl) {
      const serveBuilt = options.webFiles === undefined ? null : await openBuiltFiles(options.webFiles)
      await built.register(httpProxy, {
        upstream: options.webUrl,
        http: { requestOptions: { timeout: 60_000 } },
        preHandler: async (request, reply) => {
          if (await serveBuilt?.(request, reply)) return reply
        },
        replyOptions: {
          // Also when there are none: what a client says of it counts for nothing.
          rewriteRequestHeaders: (_request, headers) => ({
            ...headers,
            'x-frame-origins': (options.frameOrigins ?? []).join(' '),
          }),
          // A kept connection may be closed by the console just as the next request goes out on it; what only reads is
          // asked again on another one, since a page whose script is missing stays empty.
          retriesCount: 2,
          onError: (reply, { error }) => {
            logger.warn({ error: error.message }, 'the web console does not answer')
            reply
              .code(502)
              .type('text/plain')
              .send('The web console is starting or not running. Try again in a moment.')
          },
        },
      })
    }
    return built
  }

  return {
    name: 'public http server',
    port: () => (app?.server.address() as AddressInfo | null)?.port ?? 0,
    start: async () => {
      app = await build()
      await app.listen({ host: options.host, port: options.port, backlog: 4_096 })
    },
    stop: async (deadlineMs) => {
      const closing = app
      if (!closing) return
      app = null
      const timer = setTimeout(() => closing.server.closeAllConnections(), Math.max(0, deadlineMs - Date.now()))
      try {
        await closing.close()
      } catch (error) {
        logger.warn(errorFields(error), 'public http server did not close cleanly')
      } finally {
        clearTimeout(timer)
      }
    },
  }
}
