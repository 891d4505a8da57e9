import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Part } from '../lifecycle.ts'
import type { Metrics } from './metrics.ts'

/** One condition of readiness; resolves when the dependency answers. */
export type ReadinessCheck = { name: string; check(): Promise<void> }

export type ManagementServer = Part & { port(): number; markReady(isReady: boolean): void }

const checkTimeoutMs = 2_000

/** `/metrics`, `/health/live` and `/health/ready`, on an address of their own that needs no authentication. */
export const createManagementServer = (options: {
  host: string
  port: number
  metrics: Metrics
  checks: readonly ReadinessCheck[]
}): ManagementServer => {
  let server: Server | null = null
  let isReady = false

  const readiness = async () => {
    const failed: Record<string, string> = {}
    if (!isReady) failed.engine = 'not started, or stopping'
    await Promise.all(
      options.checks.map(async ({ name, check }) => {
        try {
          await withTimeout(check(), checkTimeoutMs)
        } catch (error) {
          failed[name] = error instanceof Error ? error.message : String(error)
        }
      }),
    )
    return failed
  }

  return {
    name: 'management server',
    port: () => (server?.address() as AddressInfo | null)?.port ?? 0,
    markReady: (value) => {
      isReady = value
    },
    start: async () => {
      const created = createServer(async (request, response) => {
        const path = request.url?.split('?')[0]
        const json = (status: number, body: unknown) => {
          response.writeHead(status, { 'content-type': 'application/json' })
          response.end(JSON.stringify(body))
        }
        try {
          if (path === '/health/live') return json(200, { status: 'live' })
          if (path === '/health/ready') {
            const failed = await readiness()
            const isOk = Object.keys(failed).length === 0
            return json(isOk ? 200 : 503, isOk ? { status: 'ready' } : { status: 'not ready', failed })
          }
          if (path === '/metrics') {
            const text = await options.metrics.registry.metrics()
            response.writeHead(200, { 'content-type': options.metrics.registry.contentType })
            return response.end(text)
          }
          return json(404, { status: 'no such path' })
        } catch {
          return json(500, { status: 'error' })
        }
      })
      await new Promise<void>((resolve, reject) => {
        created.once('error', reject)
        created.listen(options.port, options.host, resolve)
      })
      server = created
    },
    stop: async () => {
      const closing = server
      if (!closing) return
      server = null
      closing.closeAllConnections()
      await new Promise<void>((resolve) => closing.close(() => resolve()))
    },
  }
}

const withTimeout = async (work: Promise<void>, timeoutMs: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
