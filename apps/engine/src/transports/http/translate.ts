import { AppError, type ErrorCode, errorCatalogue } from '@thingwire/contracts'
import { z } from 'zod'

/** Status of the device HTTP API for a refused or failed uplink (as ThingsBoard). */
export const statusOfRefusal = (code: ErrorCode): number => {
  switch (code) {
    case 'PAYLOAD_TOO_LARGE':
      return 413
    case 'ADDRESS_LIMITED':
      return 429
    // Busy is told apart from broken, so that a device knows to send again.
    case 'QUEUE_OVERLOADED':
    case 'QUEUE_UNAVAILABLE':
    case 'DATABASE_UNAVAILABLE':
      return 503
    default:
      return errorCatalogue[code].status === 401 ? 401 : 500
  }
}

export const statusOfError = (error: unknown): number => (error instanceof AppError ? statusOfRefusal(error.code) : 500)

/**
 * What a refusal says beside its status, where that alone would leave a device in the dark: ThingsBoard's status for a
 * payload that cannot be read is the one for any failure. Null: the status says it all.
 */
export const bodyOfRefusal = (
  code: ErrorCode,
  message: string,
): { status: number; message: string; errorCode: number; timestamp: number } | null => {
  const { act, wire } = errorCatalogue[code]
  const status = statusOfRefusal(code)
  return act === 'caller' && status === 500 ? { status, message, errorCode: wire, timestamp: Date.now() } : null
}

const keyList = z
  .string()
  .optional()
  .transform((text) =>
    text
      ?.split(',')
      .map((key) => key.trim())
      .filter(Boolean),
  )
const attributesQuerySchema = z.object({ clientKeys: keyList, sharedKeys: keyList })

/** Keys asked for in `?clientKeys=a,b&sharedKeys=c`; none at all asks for everything. */
export const attributesQuery = (query: unknown): { clientKeys?: readonly string[]; sharedKeys?: readonly string[] } => {
  const parsed = attributesQuerySchema.safeParse(query)
  if (!parsed.success) return {}
  const { clientKeys, sharedKeys } = parsed.data
  return { ...(clientKeys?.length && { clientKeys }), ...(sharedKeys?.length && { sharedKeys }) }
}

const defaultPollMs = 60_000
const longestPollMs = 300_000
const pollQuerySchema = z.object({ timeout: z.coerce.number().int().min(0).optional() })

/** `?timeout=` in milliseconds; zero, absent or nonsense means the default. */
export const pollTimeoutMs = (query: unknown): number => {
  const parsed = pollQuerySchema.safeParse(query)
  return Math.min((parsed.success && parsed.data.timeout) || defaultPollMs, longestPollMs)
}
