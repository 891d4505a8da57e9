import { ApiError, toApiError } from './api-error.ts'
import type { Operations } from './generated/operations.ts'

/** `METHOD /path/{parameter}` as the OpenAPI document names it. */
type OperationName = keyof Operations
/** What an operation answers with 200. */
export type Answer<Name extends OperationName> = Operations[Name]['answer']

type Request<Name extends OperationName> = Omit<Operations[Name], 'answer'> & { signal?: AbortSignal | undefined }
type Arguments<Name extends OperationName> =
  Record<never, never> extends Request<Name> ? [request?: Request<Name>] : [request: Request<Name>]

/** Calls one operation. Throws `ApiError` for every answer but 200, and when the server cannot be reached. */
export type ApiClient = <Name extends OperationName>(name: Name, ...args: Arguments<Name>) => Promise<Answer<Name>>

export type ApiClientOptions = {
  /** `https://iot.example.org`; absent in a browser on the same origin. */
  baseUrl?: string
  /** Value of `X-Authorization`: `Bearer <token>` or `ApiKey <key>`; absent where cookies speak. */
  authorization?: string | (() => string | undefined)
  /** Instead of the platform's fetch: retries, renewal of sessions, tests. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>
}

/** The parts of a request by name; the generated types say which an operation has. */
type Parts = {
  path?: Readonly<Record<string, string>>
  query?: Readonly<Record<string, unknown>>
  body?: unknown
  signal?: AbortSignal
}

/** A typed client of the REST API, for browsers and Node alike. */
export const createApiClient = (options: ApiClientOptions = {}): ApiClient => {
  const send = options.fetch ?? ((url, init) => fetch(url, init))

  const call = async (name: OperationName, { path = {}, query = {}, body, signal }: Parts = {}): Promise<unknown> => {
    const space = name.indexOf(' ')
    const { authorization } = options
    const credentials = typeof authorization === 'function' ? authorization() : authorization
    const isForm = body instanceof FormData
    const response = await reached(() =>
      send(`${options.baseUrl ?? ''}${filled(name.slice(space + 1), path)}${queryString(query)}`, {
        method: name.slice(0, space),
        credentials: 'same-origin',
        headers: {
          accept: 'application/json',
          ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
          ...(credentials && { 'x-authorization': credentials }),
        },
        ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
        ...(signal && { signal }),
      }),
    )
    if (!response.ok) throw await toApiError(response)
    return answerOf(response)
  }
  // The server cuts each answer to the schema that the generated type was made of; looking again would only cost.
  return call as unknown as ApiClient
}

const reached = async (send: () => Promise<Response>): Promise<Response> => {
  try {
    return await send()
  } catch (error) {
    if (error instanceof ApiError || (error instanceof DOMException && error.name === 'AbortError')) throw error
    throw new ApiError(0, 0, 'The server cannot be reached', { cause: error })
  }
}

const answerOf = async (response: Response): Promise<unknown> => {
  const text = await response.text()
  if (text === '') return undefined
  return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text
}

const filled = (path: string, values: Readonly<Record<string, string>>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined || value === '') throw new TypeError(`The path ${path} needs ${name}`)
    return encodeURIComponent(value)
  })

/** `?a=1&b=x` from the members that are there; a list is its member repeated; '' from none. */
const queryString = (values: Readonly<Record<string, unknown>>): string => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== null && one !== undefined && one !== '') query.append(name, String(one))
  const text = query.toString()
  return text ? `?${text}` : ''
}
