import { ApiError, createApiClient, toApiError } from '@thingwire/api-client'
import { takeEarly } from './early.ts'

export { ApiError }

/** Whether somebody signs in again; false: whoever is there goes elsewhere. */
type AskToSignIn = () => Promise<boolean>
let askToSignIn: AskToSignIn | null = null

/** Asked when the session has ended and cannot be renewed; what needs one waits for the answer. Returns the way back to who was asked before. */
export const onSessionEnd = (ask: AskToSignIn): (() => void) => {
  const before = askToSignIn
  askToSignIn = ask
  return () => {
    if (askToSignIn === ask) askToSignIn = before
  }
}

let renewal: Promise<boolean> | null = null
let askAgain = () => fetch('/api/session/refresh', { method: 'POST', credentials: 'same-origin' })

/** Sessions that have no refresh cookie begin anew instead. */
export const renewSessionBy = (ask: () => Promise<Response>): void => {
  askAgain = ask
}

/**
 * Renews the access cookie; calls that come while one is under way share it, because the refresh token works once.
 * False: the session has ended. Rejects with an ApiError when nobody can say that now.
 */
export const renewSession = (): Promise<boolean> => {
  renewal ??= askAgain()
    .catch((cause: unknown) => {
      throw new ApiError(0, 0, 'The server cannot be reached', { cause })
    })
    .then(async (response) => {
      // A server that is busy or on its way up has not refused anybody.
      if (response.status >= 500 || [408, 429].includes(response.status)) throw await toApiError(response)
      return response.ok
    })
    .finally(() => {
      renewal = null
    })
  return renewal
}

/**
 * Renews the session, or waits until somebody has signed in again: what is under way goes on then. False: the session has
 * ended, and nobody comes back to it. Rejects as `renewSession`.
 */
export const keepSession = async (): Promise<boolean> => (await renewSession()) || signInAgain()

/** Whether somebody is there to be asked, and has signed in again. */
export const signInAgain = async (): Promise<boolean> => (await askToSignIn?.()) ?? false

const isSessionDoor = (path: string) => path.startsWith('/api/session') || path.startsWith('/api/noauth/')

const renewingFetch = async (path: string, init: RequestInit): Promise<Response> => {
  const early = init.method === 'GET' ? takeEarly(path) : undefined
  const response = await (early ?? fetch(path, init))
  if (response.status !== 401 || isSessionDoor(path)) return response
  return (await keepSession()) ? fetch(path, init) : response
}

/** The REST API of the server that this page came from; the session is renewed on the way when it must be. */
export const api = createApiClient({ fetch: renewingFetch })

/**
 * Asks a path that no operation is named for, because code of a dashboard made it. The caller has checked the path.
 */
export const requestPath = async (method: string, path: string, body: unknown): Promise<unknown> => {
  const response = await renewingFetch(path, {
    method,
    credentials: 'same-origin',
    headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw await toApiError(response)
  const text = await response.text()
  return text !== '' && response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text || null
}

/** Of an operation that answers a page or, asked for ids, a list: the page. */
export const pageIn = <A>(answer: A): Extract<A, { data: unknown[] }> => {
  if (!isPage(answer)) throw new TypeError('The answer is no page')
  return answer
}

const isPage = <A>(answer: A): answer is Extract<A, { data: unknown[] }> =>
  typeof answer === 'object' && answer !== null && 'data' in answer
