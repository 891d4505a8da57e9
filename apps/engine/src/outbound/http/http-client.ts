import { STATUS_CODES } from 'node:http'
import type { HttpAnswer, HttpRequest, OutboundKinds } from '@thingwire/rules'
import { Agent, type Dispatcher, EnvHttpProxyAgent, ProxyAgent, request } from 'undici'
import type { OutboundGuard } from '../address-guard/outbound-guard.ts'
import { ForbiddenAddress } from '../address-guard/outbound-guard.ts'
import { limited } from '../deadline.ts'
import type { SystemDeps, SystemFactory } from '../system-client.ts'
import { tlsOptions } from '../tls-options.ts'

type Settings = OutboundKinds['http']['settings']

/** Connections to one server. */
const mostConnections = 64

/** HTTP and HTTPS over pooled connections. Redirects are answers like any other: nobody follows them. */
export const httpClient: SystemFactory<'http'> = (settings, deps) => {
  const dispatcher = dispatcherOf(settings, deps)
  return {
    where: ({ request: { method, url } }) => `${method} ${withoutSecrets(url)}`,
    send: async ({ key, request: asked }, signal) => {
      const url = new URL(asked.url)
      deps.guard.check(url.hostname)
      if (settings.proxy) await checkTarget(deps.guard, url.hostname)
      const limitMs = settings.timeoutMs > 0 ? Math.min(settings.timeoutMs, deps.timeoutMs) : deps.timeoutMs
      return limited(limitMs, signal, async (during) =>
        read(
          await request(url, {
            method: methodOf(asked),
            headers: { 'idempotency-key': key, ...lowerCased(asked.headers) },
            body: asked.body,
            dispatcher,
            signal: during,
            headersTimeout: limitMs,
            bodyTimeout: limitMs,
            responseHeaders: 'raw',
          }),
          settings.mostAnswerBytes,
        ),
      )
    },
    close: async () => {
      await dispatcher.destroy()
    },
  }
}

const dispatcherOf = ({ proxy, tls }: Settings, { guard, timeoutMs }: SystemDeps): Dispatcher => {
  const pooled = { connections: mostConnections, allowH2: false }
  const connect = { lookup: guard.lookup, timeout: Math.min(timeoutMs, 10_000), ...tlsOptions(tls) }
  if (proxy === null) return new Agent({ ...pooled, connect })
  const requestTls = tlsOptions(tls)
  // The administrator of the server chose the proxy of its environment: it may stand in the inner network.
  if (proxy === 'system') return new EnvHttpProxyAgent({ ...pooled, connect, requestTls })
  guard.check(proxy.host)
  const login = `${proxy.user ?? ''}:${proxy.password ?? ''}`
  return new ProxyAgent({
    ...pooled,
    uri: `http://${proxy.host}:${proxy.port}`,
    proxyTls: { lookup: guard.lookup },
    requestTls,
    ...(proxy.user && { token: `Basic ${Buffer.from(login).toString('base64')}` }),
  })
}

/** The proxy connects, and it may know names that this machine does not; those that this machine knows are checked. */
const checkTarget = (guard: OutboundGuard, hostname: string): Promise<void> =>
  new Promise((resolve, reject) => {
    guard.lookup(hostname.replace(/^\[(.*)\]$/, '$1'), {}, (error) =>
      error instanceof ForbiddenAddress ? reject(error) : resolve(),
    )
  })

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const

const methodOf = ({ method }: HttpRequest): (typeof methods)[number] => {
  const known = methods.find((one) => one === method)
  if (!known) throw new Error(`${method} is no method of HTTP`)
  return known
}

const lowerCased = (headers: HttpRequest['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

const withoutSecrets = (text: string): string => {
  if (!URL.canParse(text)) return 'a wrong address'
  const { origin, pathname } = new URL(text)
  return `${origin}${pathname}`
}

const read = async (answer: Dispatcher.ResponseData, mostBytes: number): Promise<HttpAnswer> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer.body) {
    const part = Buffer.from(chunk)
    bytes += part.length
    if (bytes > mostBytes) throw new Error(`the answer is larger than ${Math.floor(mostBytes / 1_024)} KB`)
    chunks.push(part)
  }
  return {
    status: answer.statusCode,
    reason: STATUS_CODES[answer.statusCode] ?? answer.statusText,
    headers: headersOf(answer.headers),
    body: Buffer.concat(chunks).toString('utf8'),
  }
}

/** Names stay as they came; values of one name, however it is spelt, stand together. */
const headersOf = (raw: unknown): HttpAnswer['headers'] => {
  const flat: unknown[] = Array.isArray(raw) ? raw : []
  const groups = new Map<string, { name: string; values: string[] }>()
  for (let at = 0; at + 1 < flat.length; at += 2) {
    const name = String(flat[at])
    const group = groups.get(name.toLowerCase()) ?? { name, values: [] }
    group.values.push(String(flat[at + 1]))
    groups.set(name.toLowerCase(), group)
  }
  return Array.from(groups.values(), ({ name, values }) => [name, values] as const)
}
