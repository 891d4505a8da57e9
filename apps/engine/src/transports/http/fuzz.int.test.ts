import { isUtf8 } from 'node:buffer'
import { METHODS } from 'node:http'
import { connect } from 'node:net'
import { fuzzBudget, mutated, type Random, randomFrom, watchProcess } from '@thingwire/testing'
import { type HttpParts, readHttp } from '@thingwire/testing/http-oracle'
import { maxKeyLength } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { startTestEngine, startTestServices } from '../../testing/test-engine.ts'

const budget = fuzzBudget()
const connectionsAtOnce = 100
/** A request that is not complete waits for the rest; the client does not. */
const patienceMs = 100
/** Where an answer is due. */
const longPatienceMs = 5_000
const token = 'fuzzed-token-1'
const mostGrownBytes = 200_000_000

const request = (method: string, path: string, body?: string, headers: readonly string[] = []): Buffer =>
  Buffer.from(
    [
      `${method} ${path} HTTP/1.1`,
      'Host: localhost',
      'Connection: close',
      ...headers,
      ...(body === undefined ? [] : ['Content-Type: application/json', `Content-Length: ${body.length}`]),
      '',
      body ?? '',
    ].join('\r\n'),
  )

const seedsFor = (token: string): Buffer[] => [
  request('POST', `/api/v1/${token}/telemetry`, '{"temperature":21.5}'),
  request('POST', `/api/v1/${token}/telemetry`, '[{"ts":1700000000000,"values":{"a":true,"b":"x"}}]'),
  request('POST', `/api/v1/${token}/attributes`, '{"serial":"A-1"}'),
  request('GET', `/api/v1/${token}/attributes?clientKeys=a,b&sharedKeys=c`),
  request('GET', `/api/v1/${token}/attributes/updates?timeout=10`),
  request('GET', `/api/v1/${token}/rpc?timeout=10`),
  request('POST', `/api/v1/${token}/rpc/7`, '{"ok":true}'),
  request('POST', `/api/v1/${token}/claim`, '{"secretKey":"x","durationMs":1000}'),
  request('POST', '/api/v1/provision', '{"provisionDeviceKey":"k","provisionDeviceSecret":"s"}'),
  request('GET', `/api/v1/${token}/firmware?title=t&version=1&size=100&chunk=0`),
  request('GET', `/api/v1/${token}/software?title=t&version=1`),
  Buffer.from(
    `POST /api/v1/${token}/telemetry HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{"a":1}\r\n0\r\n\r\n`,
  ),
  request('POST', `/api/v1/${token}/telemetry`, '{"a":1}', ['Expect: 100-continue']),
  request('POST', `/api/v1/${token}/telemetry`, '{"a":1}', ['Content-Encoding: gzip']),
]

/** Mostly the lengths are put right, so that the request ends and what is behind its head is reached. */
const completed = (bytes: Buffer, random: Random): Buffer => {
  if (random(20) === 0) return bytes
  const text = bytes.toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return Buffer.concat([bytes, Buffer.from('\r\n\r\n')])
  const length = bytes.length - end - 4
  const head = text.slice(0, end).replace(/Content-Length: \d+/, `Content-Length: ${length}`)
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), bytes.subarray(end + 4)])
}

type Answer = { status: number; body: string } | 'end' | 'silence'

/** What may be answered: statuses; `end`: the connection closes; `silence`: nothing for a while. */
type Permitted = { what: string; statuses: readonly number[]; mayEnd?: boolean; maySilence?: boolean }

const refusals = [400, 408, 411, 413, 414, 417, 421, 426, 431]
const everything = [200, 400, 401, 403, 404, 405, 408, 411, 413, 414, 415, 417, 426, 431]
/** The contract's status for a payload that cannot be read; it comes with a body that says so. */
const unreadable = 500

const permittedFor = (bytes: Buffer): Permitted => {
  const read = readHttp(bytes)
  switch (read.kind) {
    case 'broken':
      return { what: read.what, statuses: read.isInBody ? everything.slice(1) : refusals, mayEnd: true }
    case 'doubtful':
      return { what: read.what, statuses: [...everything, unreadable], mayEnd: true, maySilence: true }
    case 'incomplete':
      return { what: 'an unfinished request', statuses: earlyAnswers(read.method), mayEnd: true, maySilence: true }
    case 'request':
      return withRest(answerTo(read.parts), read.parts.rest)
  }
}

/** What is there may be enough for a refusal; and what only reads has all it needs with its head (RFC 9110 §9.3.1). */
const earlyAnswers = (method: string | undefined): readonly number[] =>
  method !== undefined && ['GET', 'HEAD', 'OPTIONS'].includes(method) ? everything : everything.slice(1)

/** Bytes behind a request that closes its connection are no request, and may spoil the one before. */
const withRest = (permitted: Permitted, rest: number): Permitted =>
  rest === 0 ? permitted : { ...permitted, statuses: [...permitted.statuses, 400] }

/** RFC 9110 §10.1.1: a server may refuse an expectation that it does not know, or pass over it. */
const answerTo = (parts: HttpParts): Permitted => {
  const expectation = parts.headers.get('expect')?.join()
  const permitted = answerToRequest(parts)
  if (expectation === undefined || expectation.toLowerCase() === '100-continue') return permitted
  return { ...permitted, what: 'an expectation', statuses: [...everything, unreadable], mayEnd: true }
}

const answerToRequest = ({ method, target, headers, body }: HttpParts): Permitted => {
  if (headers.has('upgrade') || method === 'CONNECT') return { what: 'an upgrade', statuses: everything, mayEnd: true }
  if (!METHODS.includes(method)) return { what: 'an unknown method', statuses: [400, 404, 405] }
  const [path = ''] = target.split(/[?#]/)
  const segments = path.split('/')
  if (/%|;|\\|\/\/|#/.test(target) || segments[1] !== 'api' || segments[2] !== 'v1' || segments.length < 4)
    return {
      what: 'another target',
      statuses: [...everything, ...(body.length > 0 ? [unreadable] : [])],
      maySilence: true,
    }
  if (method === 'OPTIONS') return { what: 'OPTIONS', statuses: [200] }
  const [name = '', ...feature] = segments.slice(3)
  const statuses = routeAnswer(method === 'HEAD' ? 'GET' : method, name, feature, body)
  return {
    what: 'a request',
    statuses,
    maySilence: feature.join('/') === 'attributes/updates' || feature.join('/') === 'rpc',
  }
}

const routeAnswer = (method: string, name: string, feature: readonly string[], body: Buffer): readonly number[] => {
  const route = `${method} ${feature.join('/')}`
  if (route === 'POST ' && name === 'provision') return [200, unreadable]
  if (name.length > 255) return [404, 401, 414]
  const answer = deviceAnswers.get(route) ?? (/^POST rpc\/[^/]*$/.test(route) ? rpcAnswer(feature[1] ?? '') : null)
  if (!answer) return [404]
  if (name !== token) return [401, 404]
  return feature[0] !== 'rpc' && answer.includes(unreadable) ? uplinkAnswer(body) : answer
}

const rpcAnswer = (id: string): readonly number[] => (/^\d{1,10}$/.test(id) ? [200] : id === '' ? [400, 404] : [400])

const deviceAnswers = new Map<string, readonly number[]>([
  ['POST telemetry', [200, unreadable]],
  ['POST attributes', [200, unreadable]],
  ['GET attributes', [200]],
  ['GET attributes/updates', [408]],
  ['GET rpc', [408]],
  ['POST rpc', [200, 408, unreadable]],
  ['POST claim', [200]],
  ['GET firmware', [400, 404]],
  ['GET software', [400, 404]],
])

/** Values that JSON gives names are taken; what has neither end nor beginning is not; between lies what devices may write. */
const uplinkAnswer = (body: Buffer): readonly number[] => {
  const text = body.toString('utf8')
  if (!isUtf8(body) || !/[}\]]/.test(text)) return [unreadable]
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [200, unreadable]
    const isPlain = Object.entries(value).every(([key, one]) => key !== 'ts' && key !== 'values' && isScalar(one))
    const keys = Object.keys(value)
    if (!isPlain || keys.length === 0) return [200, unreadable]
    // A blank is no name.
    return keys.some((key) => key.trim() === '' || key.length > maxKeyLength) ? [unreadable] : [200]
  } catch {
    return [200, unreadable]
  }
}

const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value)

const isPermitted = (answer: Answer, { statuses, mayEnd, maySilence }: Permitted): boolean => {
  if (answer === 'end') return mayEnd ?? false
  if (answer === 'silence') return maySilence ?? false
  if (!statuses.includes(answer.status)) return false
  return answer.status !== unreadable || /"errorCode":31/.test(answer.body)
}

/** What the server said to the bytes, once it has said it all. */
const ask = (port: number, bytes: Buffer, patienceMs: number): Promise<Answer> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const chunks: Buffer[] = []
    let isImpatient = false
    const patience = setTimeout(() => {
      isImpatient = true
      socket.destroy()
    }, patienceMs)
    const said = () => {
      const text = Buffer.concat(chunks)
        .toString('latin1')
        .replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '')
      const [, status, head = '', body = ''] = /^HTTP\/1\.1 (\d{3})(.*?)\r\n\r\n(.*)$/s.exec(text) ?? []
      if (status === undefined) return null
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
      return body.length < length && !bytes.subarray(0, 5).equals(Buffer.from('HEAD '))
        ? null
        : { status: Number(status), body }
    }
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      if (said()) socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(patience)
      resolve(said() ?? (isImpatient ? 'silence' : 'end'))
    })
    socket.write(bytes)
  })

test('the whole engine answers each mutated request as HTTP and the contract say, and hurts nobody else', {
  timeout: budget.timeoutMs,
}, async () => {
  await using services = await startTestServices()
  const { db, tenant } = services
  await db.devices.save(tenant.scope, { name: 'Fuzzed' }, { accessToken: token })
  await using engine = await startTestEngine(services, { ENGINE_ROLES: 'gateway', DEVICE_BAN_FAILURES: '0' })
  const port = engine.ports.http ?? 0
  const seeds = seedsFor(token)
  await using watch = watchProcess()
  const faults: string[] = []
  const counts = new Map<string, number>()
  const count = (what: string | number) => counts.set(`${what}`, (counts.get(`${what}`) ?? 0) + 1)
  let slowestMs = 0
  let sent = 0
  const goesOn = () => sent < budget.packets && faults.length < 10
  const hostile = async () => {
    while (goesOn()) {
      const seed = budget.seed + sent++
      const random = randomFrom(seed)
      const bytes = completed(mutated(seeds, random), random)
      const permitted = permittedFor(bytes)
      const answer = await ask(port, bytes, permitted.maySilence ? patienceMs : longPatienceMs)
      if (!isPermitted(answer, permitted))
        faults.push(
          `FUZZ_SEED=${seed} FUZZ_PACKETS=1: ${JSON.stringify(bytes.toString('latin1'))} (${permitted.what}): due ${permitted.statuses}, was ${JSON.stringify(answer)}`,
        )
      count(permitted.what)
      count(typeof answer === 'string' ? answer : answer.status)
    }
  }
  const neighbour = async () => {
    while (goesOn()) {
      const since = performance.now()
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/${tenant.customerToken}/telemetry`, {
        method: 'POST',
        body: '{"alive":true}',
        headers: { 'content-type': 'application/json' },
      })
      slowestMs = Math.max(slowestMs, performance.now() - since)
      expect(answer.status).toBe(200)
    }
  }
  await Promise.all([neighbour(), ...Array.from({ length: connectionsAtOnce }, hostile)])
  expect(faults).toEqual([])
  expect(watch.unexpected).toEqual([])
  expect(watch.grownBytes()).toBeLessThan(mostGrownBytes)
  expect(slowestMs).toBeLessThan(3_000)
  if (budget.packets < 10_000) return
  // Both what is understood and what is not was met.
  expect([...counts.keys()]).toEqual(expect.arrayContaining(['200', '400', '401', '404', '408', '500', 'silence']))
  expect(counts.get('a request')).toBeGreaterThan(budget.packets / 4)
})
