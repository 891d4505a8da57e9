import type { EntityType } from './ids.ts'

/**
 * The closed catalogue of errors. `act` says who must do something: the caller (4xx), the environment (retry makes
 * sense), or us (a bug). `wire` is ThingsBoard's numeric errorCode.
 * Adding a code here adds it to docs/reference/errors.md, which a test keeps in step.
 */
export const errorCatalogue = {
  AUTH_REQUIRED: { act: 'caller', status: 401, wire: 10, message: 'Authentication failed' },
  AUTH_BAD_CREDENTIALS: { act: 'caller', status: 401, wire: 10, message: 'Invalid username or password' },
  AUTH_USER_INACTIVE: { act: 'caller', status: 401, wire: 10, message: 'User account is not active' },
  AUTH_USER_LOCKED: {
    act: 'caller',
    status: 401,
    wire: 10,
    message: 'User account is locked due to security policy',
  },
  AUTH_API_KEY_EXPIRED: { act: 'caller', status: 401, wire: 10, message: 'API key is expired' },
  AUTH_PASSWORD_EXPIRED: { act: 'caller', status: 401, wire: 15, message: 'User password expired!' },
  AUTH_PASSWORD_VIOLATION: {
    act: 'caller',
    status: 401,
    wire: 45,
    message: 'The entered password violates our policies. If this is your real password, please reset it.',
  },
  AUTH_TOKEN_EXPIRED: { act: 'caller', status: 401, wire: 11, message: 'Token has expired' },
  AUTH_TOKEN_OUTDATED: { act: 'caller', status: 401, wire: 10, message: 'Token is outdated' },
  AUTH_METHOD_UNSUPPORTED: { act: 'caller', status: 401, wire: 10, message: 'Authentication method not supported' },
  AUTH_TOO_MANY_ATTEMPTS: {
    act: 'caller',
    status: 429,
    wire: 33,
    message: 'Too many sign-in attempts; try again later',
  },
  AUTH_FOREIGN_ORIGIN: { act: 'caller', status: 403, wire: 20, message: 'The request came from another site' },
  PERMISSION_DENIED: {
    act: 'caller',
    status: 403,
    wire: 20,
    message: "You don't have permission to perform this operation!",
  },
  ARGUMENT_INVALID: { act: 'caller', status: 400, wire: 31, message: 'Invalid argument' },
  UUID_INVALID: { act: 'caller', status: 400, wire: 31, message: 'Invalid UUID string' },
  ENTITY_NOT_FOUND: { act: 'caller', status: 404, wire: 32, message: "Requested item wasn't found!" },
  ROUTE_NOT_FOUND: { act: 'caller', status: 404, wire: 31, message: 'No such path' },
  METHOD_NOT_ALLOWED: { act: 'caller', status: 405, wire: 31, message: 'Method not allowed' },
  MEDIA_TYPE_UNSUPPORTED: { act: 'caller', status: 415, wire: 31, message: 'Content type not supported' },
  VERSION_CONFLICT: { act: 'caller', status: 409, wire: 35, message: 'The entity was changed by someone else' },
  /** An attribute without a value; the status is that of ThingsBoard, though the caller is at fault. */
  VALUE_NULL: { act: 'caller', status: 500, wire: 2, message: "Can't parse value: null" },
  PAYLOAD_TOO_LARGE: { act: 'caller', status: 413, wire: 31, message: 'Payload size exceeds the limit' },
  PAYLOAD_MALFORMED: { act: 'caller', status: 400, wire: 31, message: 'Payload is not in the expected format' },
  RULE_CHAIN_INVALID: { act: 'caller', status: 400, wire: 31, message: 'Rule chain is invalid' },
  DASHBOARD_INVALID: { act: 'caller', status: 400, wire: 31, message: 'Dashboard is invalid' },
  ENTITIES_LIMIT_EXCEEDED: { act: 'caller', status: 403, wire: 41, message: 'Entities limit reached' },
  MAIL_NOT_SENT: { act: 'caller', status: 400, wire: 31, message: 'Unable to send mail' },
  CONFLICT: { act: 'caller', status: 409, wire: 31, message: 'Conflict' },
  TOO_MANY_UPDATES: { act: 'caller', status: 429, wire: 34, message: 'Too many updates!' },
  ADDRESS_LIMITED: { act: 'caller', status: 429, wire: 33, message: 'Too many requests from this address' },
  RATE_LIMITED: { act: 'caller', status: 429, wire: 33, message: 'Too many requests' },
  QUEUE_OVERLOADED: { act: 'environment', status: 503, wire: 2, message: 'The platform is busy; send again later' },
  QUEUE_UNAVAILABLE: { act: 'environment', status: 503, wire: 2, message: 'The message queue cannot be reached' },
  DATABASE_UNAVAILABLE: { act: 'environment', status: 503, wire: 46, message: 'Database error' },
  MAP_TILES_UNAVAILABLE: { act: 'environment', status: 503, wire: 2, message: 'Map tiles cannot be loaded at present' },
  SCRIPTS_UNAVAILABLE: { act: 'environment', status: 503, wire: 2, message: 'Scripts cannot be run at present' },
  INTERNAL: { act: 'bug', status: 500, wire: 2, message: 'Internal Server Error' },
} as const satisfies Record<
  string,
  { act: 'caller' | 'environment' | 'bug'; status: number; wire: number; message: string }
>

export type ErrorCode = keyof typeof errorCatalogue

/** The one error class that crosses rooms. `details` is shown to the caller when it must act, else only logged. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: string | undefined
  /** Further members of the REST error body. */
  readonly extra: ErrorExtra | undefined

  constructor(code: ErrorCode, details?: string, options?: { cause?: unknown; extra?: ErrorExtra }) {
    super(details ?? errorCatalogue[code].message, options)
    this.name = 'AppError'
    this.code = code
    this.details = details
    this.extra = options?.extra
  }

  get act() {
    return errorCatalogue[this.code].act
  }
}

/**
 * What some errors tell beside their text: the token to choose a new password with, the limit that was reached, the newest
 * draft and version of what somebody else has edited.
 */
export type ErrorExtra = {
  resetToken?: string
  entityType?: EntityType
  limit?: number
  draft?: number | null
  version?: number
}

/** ThingsBoard's REST error body. `timestamp` is epoch ms. */
export type ErrorBody = { status: number; message: string; errorCode: number; timestamp: number } & ErrorExtra
