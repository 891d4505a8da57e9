import { AppError } from '@thingwire/contracts'
import { pino } from 'pino'

export type Logger = {
  debug(fields: Record<string, unknown>, message: string): void
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
  child(fields: Record<string, unknown>): Logger
}

/** JSON lines on standard output. Tokens, passwords and payloads are never logged; the paths below are a second fence. */
export const createLogger = (options: { level: string; roles: readonly string[] }): Logger =>
  pino({
    level: options.level,
    base: { roles: options.roles.join(',') },
    redact: { paths: ['token', 'password', 'authorization', 'payload', '*.token', '*.password'], remove: true },
  })

/** For tests and scripts that have nothing to tell. */
export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silentLogger,
}

/** What a log line says about an error: enough to find its cause, no stack for expected ones. */
export const errorFields = (error: unknown): Record<string, unknown> => {
  if (error instanceof AppError)
    return {
      code: error.code,
      error: error.message,
      ...(error.cause instanceof Error && { cause: error.cause.message }),
      ...(error.act === 'bug' && { stack: error.stack }),
    }
  // Libraries report a lost connection as one of these; where it happened says nothing.
  const isConnection = error instanceof Error && ('code' in error || error.name === 'MaxRetriesPerRequestError')
  if (error instanceof Error)
    return { error: error.message || error.name, ...(!isConnection && { stack: error.stack }) }
  return { error: String(error) }
}
