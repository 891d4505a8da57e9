import { z } from 'zod'

/** What the server said no with. `status` 0: it could not be reached. */
export class ApiError extends Error {
  readonly status: number
  readonly errorCode: number

  constructor(status: number, errorCode: number, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'ApiError'
    this.status = status
    this.errorCode = errorCode
  }

  get isUnreachable() {
    return this.status === 0 || this.status === 502 || this.status === 504
  }
}

const errorBodySchema = z.object({ message: z.string(), errorCode: z.number().optional() })

/** Telemetry endpoints answer errors as plain text, all others as JSON. */
const toApiError = async (response: Response): Promise<ApiError> => {
  const text = await response.text()
  try {
    const body = errorBodySchema.parse(JSON.parse(text))
    return new ApiError(response.status, body.errorCode ?? 0, body.message)
  } catch {
    const isShortText = text !== '' && text.length < 300 && !text.startsWith('<')
    return new ApiError(response.status, 0, isShortText ? text : `HTTP ${response.status}`)
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
export type RequestOptions = { method?: Method; body?: unknown; signal?: AbortSignal | undefined }

const send = async (path: string, { method = 'GET', body, signal }: RequestOptions): Promise<Response> => {
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError(0, 0, 'The server cannot be reached', { cause: error })
  }
}

const signedOutListeners = new Set<() => void>()

/** Called once when the session has ended and could not be renewed. Returns the way to stop listening. */
export const onSignedOut = (listener: () => void): (() => void) => {
  signedOutListeners.add(listener)
  return () => signedOutListeners.delete(listener)
}

export const announceSignedOut = () => {
  for (const listener of signedOutListeners) listener()
}

let renewal: Promise<boolean> | null = null

/** Renews the access cookie; calls that come while one is under way share it, because the refresh token works once. */
export const renewSession = (): Promise<boolean> => {
  renewal ??= send('/api/session/refresh', { method: 'POST' })
    .then((response) => response.ok)
    .finally(() => {
      renewal = null
    })
  return renewal
}

const isSessionDoor = (path: string) => path.startsWith('/api/session') || path.startsWith('/api/noauth/')

const respond = async (path: string, options: RequestOptions): Promise<Response> => {
  const response = await send(path, options)
  if (response.status !== 401 || isSessionDoor(path)) return response
  if (await renewSession()) return send(path, options)
  announceSignedOut()
  return response
}

/** One call whose JSON answer is checked against `schema`. Throws `ApiError`. */
export const request = async <S extends z.ZodType>(
  path: string,
  schema: S,
  options: RequestOptions = {},
): Promise<z.output<S>> => {
  const response = await respond(path, options)
  if (!response.ok) throw await toApiError(response)
  const text = await response.text()
  const parsed = schema.safeParse(text === '' ? undefined : JSON.parse(text))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const detail = issue ? `${issue.path.join('.')}: ${issue.message}` : ''
    throw new ApiError(response.status, 0, `Unexpected answer from ${path.split('?')[0]} (${detail})`, {
      cause: parsed.error,
    })
  }
  return parsed.data
}

/** One call whose answer does not matter beyond having worked. */
export const command = async (path: string, options: RequestOptions): Promise<void> => {
  const response = await respond(path, options)
  if (!response.ok) throw await toApiError(response)
}

/** `?a=1&b=x` from the members that are there; '' from none. */
export const queryString = (values: Record<string, string | number | boolean | null | undefined>): string => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value))
  }
  const text = query.toString()
  return text ? `?${text}` : ''
}
