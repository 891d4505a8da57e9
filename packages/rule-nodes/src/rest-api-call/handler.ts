import type { Message } from '@thingwire/contracts'
import { type Departure, defineHandler, type HttpAnswer, type HttpRequest, withMetadata } from '@thingwire/rules'
import type { z } from 'zod'
import { externalNode, failedCall, filled, plainText, unfit } from '../outbound/external-node.ts'
import { pemFiles } from '../outbound/settings.ts'
import type { restApiCall as manifest } from './manifest.ts'
import { restApiCall } from './manifest.ts'
import { requestUrl } from './request-url.ts'

type Config = z.output<typeof manifest.config>

const withBody: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE']

export const restApiCallHandler = defineHandler(restApiCall, (config, context) => {
  const { outbound } = context.ports
  if (config.maxInMemoryBufferSizeInKb > outbound.mostAnswerKb)
    throw unfit(`maxInMemoryBufferSizeInKb: the server allows ${outbound.mostAnswerKb} KB at most`)
  const client = outbound.open(
    'http',
    {
      timeoutMs: config.readTimeoutMs,
      mostAnswerBytes: config.maxInMemoryBufferSizeInKb * 1_024,
      proxy: proxyOf(config),
      tls: config.credentials.type === 'cert.PEM' ? pemFiles(config.credentials) : null,
    },
    { nodeName: context.nodeName, mostInFlight: inFlightOf(config), suspended: context.suspended },
  )
  const request = (message: Message): HttpRequest => ({
    method: config.requestMethod,
    url: urlOf(config, message),
    headers: headersOf(config, message),
    body: bodyOf(config, message),
  })
  return externalNode(context, {
    client,
    request,
    answered: (message, answer) => departureOf(message, answer, () => request(message)),
  })
})

/** What the answers under way may take together, KB; a few calls go on side by side however large theirs may be. */
const mostBufferedKb = 65_536
const leastInFlight = 4

const inFlightOf = ({ maxParallelRequestsCount: wanted, maxInMemoryBufferSizeInKb: answerKb }: Config): number => {
  const fitting = Math.max(leastInFlight, Math.floor(mostBufferedKb / Math.max(1, answerKb)))
  return wanted > 0 ? Math.min(wanted, fitting) : fitting
}

const proxyOf = (config: Config) => {
  if (!config.enableProxy) return null
  if (config.useSystemProxyProperties) return 'system' as const
  const { proxyHost: host, proxyPort: port, proxyUser, proxyPassword } = config
  if (host === '' || port === 0) throw unfit('proxyHost and proxyPort: a proxy needs both')
  return { host, port, user: proxyUser || null, password: proxyPassword || null }
}

const urlOf = ({ restEndpointUrlPattern, queryParams }: Config, message: Message): string => {
  const params = queryParams?.map(({ key, value }) => ({ key: filled(key, message), value: filled(value, message) }))
  return requestUrl(filled(restEndpointUrlPattern, message), params ?? null)
}

const headersOf = ({ headers, credentials }: Config, message: Message): Record<string, string> => {
  const pairs = Object.entries(headers).map(([name, value]) => [filled(name, message), filled(value, message)])
  const login = credentials.type === 'basic' ? `${credentials.username}:${credentials.password}` : null
  return {
    ...Object.fromEntries(pairs),
    ...(login !== null && { Authorization: `Basic ${Buffer.from(login).toString('base64')}` }),
  }
}

const bodyOf = (config: Config, message: Message): string | null => {
  if (config.ignoreRequestBody || !withBody.includes(config.requestMethod)) return null
  const { requestBodyTemplate: template, parseToPlainText } = config
  if (!template) return parseToPlainText ? plainText(message.data) : message.data
  const body = filled(template, message, { escapeJson: !parseToPlainText })
  if (parseToPlainText) return body
  try {
    JSON.parse(body)
    return body
  } catch {
    throw new Error('requestBodyTemplate: with the values of the message it is no JSON')
  }
}

/** As Java's enumeration of them is named. */
const statusName = (reason: string): string => reason.toUpperCase().replace(/[^A-Z0-9]+/g, '_')

const departureOf = (message: Message, answer: HttpAnswer, request: () => HttpRequest): Departure => {
  const { status, reason, body } = answer
  const statusCode = String(status)
  if (status >= 400) {
    const { method, url } = request()
    const { origin, pathname } = new URL(url)
    const error = `${status} ${reason} from ${method} ${origin}${pathname}`
    return failedCall(withMetadata(message, { status: reason, statusCode, error_body: body }), error)
  }
  const metadata = {
    ...headersAsMetadata(answer),
    status: statusName(reason),
    statusCode,
    statusReason: reason,
  }
  if (status >= 300)
    return {
      message: withMetadata(message, { ...metadata, error_body: body }),
      connection: 'Failure',
      error: `The answer was ${status} ${reason}`,
    }
  return { message: { ...withMetadata(message, metadata), data: body === '' ? '{}' : body }, connection: 'Success' }
}

const headersAsMetadata = ({ headers }: HttpAnswer): Record<string, string> =>
  Object.fromEntries(
    headers.map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : JSON.stringify(values)]),
  )
