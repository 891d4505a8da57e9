import type { HttpAnswer } from '@thingwire/rules'
import type { SystemDeps } from '../system-client.ts'
import { httpClient } from './http-client.ts'

/** Answers of services are short. */
const mostAnswerBytes = 1_024 * 1_024

export type ServiceCall = { url: string; headers: Record<string, string>; body: string }

export type ServiceClient = {
  post(key: string, call: ServiceCall, signal: AbortSignal): Promise<HttpAnswer>
  close(deadlineMs: number): Promise<void>
}

/** POST requests to a service on the internet that the product knows. */
export const createServiceClient = (deps: SystemDeps): ServiceClient => {
  const client = httpClient({ timeoutMs: 10_000, mostAnswerBytes, proxy: null, tls: null }, deps)
  return {
    post: (key, { url, headers, body }, signal) =>
      client.send({ key, request: { method: 'POST', url, headers, body } }, signal),
    close: client.close,
  }
}

/** The answer as JSON; null when it is none. */
export const jsonOf = ({ body }: HttpAnswer): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}
