import { connect } from 'node:net'
import { fuzzBudget, mutated, type Random, randomFrom, watchProcess } from '@thingwire/testing'
import { expect, test } from 'vitest'
import { startTestEngine, startTestServices } from '../../testing/test-engine.ts'

const budget = fuzzBudget()
const connectionsAtOnce = 100
/** A request that is not complete waits for the rest; the client does not. */
const patienceMs = 100
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

/** The contract's answer to a body that cannot be read: 500 without a body. Anything else above 499 is a fault of ours. */
const isOwnFault = (status: number | null, bytes: Buffer, answer: string): boolean =>
  status !== null &&
  status >= 500 &&
  !(status === 500 && bytes.includes('POST ') && /content-length: 0\r\n/i.test(answer))

/** The status of the answer; null when the connection was closed, or stayed silent. */
const statusOf = (port: number, bytes: Buffer, faults: string[]): Promise<number | null> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    const patience = setTimeout(() => socket.destroy(), patienceMs)
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
      if (!answer.startsWith('HTTP/1.1 100')) socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(patience)
      const digits = /^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1]
      const status = digits === undefined ? null : Number(digits)
      if (isOwnFault(status, bytes, answer)) faults.push(`${bytes.toString('latin1')} -> ${answer}`)
      resolve(status)
    })
    socket.write(bytes)
  })

test('mutated requests are answered as the contract says, and hurt nobody else', {
  timeout: budget.timeoutMs,
}, async () => {
  await using services = await startTestServices()
  await using engine = await startTestEngine(services, { ENGINE_ROLES: 'gateway' })
  const port = engine.ports.http ?? 0
  const seeds = seedsFor(services.tenant.token)
  const random = randomFrom(budget.seed)
  await using watch = watchProcess()
  const statuses = new Map<number | null, number>()
  const faults: string[] = []
  let slowestMs = 0
  let sent = 0
  const hostile = async () => {
    while (sent < budget.packets) {
      sent++
      const status = await statusOf(port, completed(mutated(seeds, random), random), faults)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  }
  const neighbour = async () => {
    while (sent < budget.packets) {
      const since = performance.now()
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/${services.tenant.customerToken}/telemetry`, {
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
  // Both what is understood and what is not was met.
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 404, 500]))
  expect(watch.unexpected).toEqual([])
  expect(watch.grownBytes()).toBeLessThan(mostGrownBytes)
  expect(slowestMs).toBeLessThan(3_000)
})
