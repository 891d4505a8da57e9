import { compose } from './compose.ts'
import { type Config, readConfig } from './config.ts'
import { waitForDependencies } from './dependencies.ts'
import { tuneHeap } from './heap.ts'
import { startParts, stopParts } from './lifecycle.ts'
import { createLogger, errorFields } from './observability/logger.ts'
import { collectProcessMetrics } from './observability/metrics.ts'

tuneHeap()

const settings = (): Config => {
  try {
    return readConfig(process.env)
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    process.stderr.write(`${text.replaceAll(/\s*\n\s*/g, ' ')}\n`)
    process.exit(1)
  }
}

const config = settings()
const logger = createLogger({ level: config.LOG_LEVEL, roles: config.ENGINE_ROLES })
const engine = compose(config, logger)
const stopping = new AbortController()
let started: Promise<void> | null = null

const exitSoon = (code: number) => {
  process.exitCode = code
  // Whatever still holds the process open has had its deadline.
  setTimeout(() => process.exit(code), 1_000).unref()
}

const stop = async (signal: string) => {
  if (stopping.signal.aborted) process.exit(130)
  stopping.abort()
  engine.management.markReady(false)
  const deadlineMs = Date.now() + config.DRAIN_TIMEOUT_MS
  logger.info({ signal, drainTimeoutMs: config.DRAIN_TIMEOUT_MS }, 'engine stopping')
  await started?.catch(() => {})
  await stopParts([engine.management, ...engine.parts], deadlineMs, logger)
  logger.info({}, 'engine stopped')
  exitSoon(0)
}

const fail = (error: unknown, message: string) => {
  logger.error(errorFields(error), message)
  process.exit(1)
}

process.on('SIGTERM', () => void stop('SIGTERM'))
process.on('SIGINT', () => void stop('SIGINT'))
// The state after these is unknown; what was acknowledged is on disk, and the next start goes on from there.
process.on('uncaughtException', (error) => fail(error, 'uncaught exception'))
process.on('unhandledRejection', (error) => fail(error, 'unhandled rejection'))

const start = async () => {
  collectProcessMetrics(engine.metrics)
  await engine.management.start()
  await waitForDependencies({ ...engine, logger, signal: stopping.signal })
  await startParts(engine.parts, logger)
}

started = start()
try {
  await started
  if (!stopping.signal.aborted) {
    engine.management.markReady(true)
    logger.info({ ports: engine.ports() }, 'engine ready')
  }
} catch (error) {
  if (!stopping.signal.aborted) fail(error, startProblem(error))
}

function startProblem(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return `engine not started: port ${'port' in error ? String(error.port) : ''} is in use`
  return 'engine not started'
}
