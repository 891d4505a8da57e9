import type { HttpRequest, OutboundKinds } from '@thingwire/rules'
import { describe, expect, test } from 'vitest'
import { testCertificate } from '../../testing/certificates.ts'
import { startHttpWorld, startProxy } from '../../testing/http-world.ts'
import { openClient } from '../../testing/outbound-calls.ts'
import { testOutbound } from '../../testing/test-outbound.ts'
import { createOutboundGuard } from '../address-guard/outbound-guard.ts'

type Settings = OutboundKinds['http']['settings']

const settings = (change: Partial<Settings> = {}): Settings => ({
  timeoutMs: 0,
  mostAnswerBytes: 262_144,
  proxy: null,
  tls: null,
  ...change,
})
const request = (url: string, change: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  url,
  headers: {},
  body: '{"a":1}',
  ...change,
})

describe('a call', () => {
  test('carries method, path, headers, body and the key of the effect; the answer comes as the server spelt it', async () => {
    await using server = await startHttpWorld((_, response) =>
      response
        .writeHead(
          201,
          [
            ['X-Two', 'a'],
            ['x-two', 'b'],
            ['X-One', '1'],
          ].flat(),
        )
        .end('"ö"'),
    )
    const client = openClient(testOutbound(), 'http', settings())
    const answer = await client.ask(
      request(`${server.url}/p%20a?x=%2B`, { method: 'PUT', headers: { 'X-A': '1' } }),
      'message-node',
    )
    expect(server.seen).toMatchObject([
      {
        method: 'PUT',
        url: '/p%20a?x=%2B',
        body: '{"a":1}',
        headers: { 'x-a': '1', 'idempotency-key': 'message-node' },
      },
    ])
    expect(answer).toMatchObject({ status: 201, reason: 'Created', body: '"ö"' })
    expect(typeof answer === 'string' ? [] : answer.headers.slice(0, 2)).toEqual([
      ['X-Two', ['a', 'b']],
      ['X-One', ['1']],
    ])
    await client.close()
  })

  test('does not follow redirects: not even to where it may not go', async () => {
    await using server = await startHttpWorld((_, response) =>
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
    )
    const client = openClient(testOutbound(), 'http', settings())
    expect(await client.ask(request(server.url))).toMatchObject({ status: 302, body: '' })
    expect(server.seen).toHaveLength(1)
    await client.close()
  })

  test('that takes too long is given up, and says so without what the address keeps secret', async () => {
    await using server = await startHttpWorld(() => {})
    const client = openClient(testOutbound(), 'http', settings({ timeoutMs: 150 }))
    expect(await client.ask(request(`${server.url.replace('//', '//ann:pw@')}/slow?key=secret`))).toBe(
      `POST ${server.url}/slow: no answer within 150 ms`,
    )
    await client.close()
  })

  test('whose answer never ends is given up, too', async () => {
    await using server = await startHttpWorld((_, response) => void response.writeHead(200).write('{'))
    const client = openClient(testOutbound({ timeoutMs: 200 }), 'http', settings())
    expect(await client.ask(request(server.url))).toBe(`POST ${server.url}/: no answer within 200 ms`)
    await client.close()
  })

  test('fails when the answer is larger than it may be', async () => {
    await using server = await startHttpWorld((_, response) => void response.end('x'.repeat(4_097)))
    const client = openClient(testOutbound(), 'http', settings({ mostAnswerBytes: 4_096 }))
    expect(await client.ask(request(server.url))).toBe(`POST ${server.url}/: the answer is larger than 4 KB`)
    await client.close()
  })

  test('to nobody fails with the reason, and its neighbours do not', async () => {
    await using server = await startHttpWorld((_, response) => void response.end('ok'))
    const client = openClient(testOutbound(), 'http', settings())
    const [good, bad] = await client.send(
      [
        { key: 'a', request: request(server.url) },
        { key: 'b', request: request('http://127.0.0.1:1/x') },
      ],
      new AbortController().signal,
    )
    expect(good).toMatchObject({ ok: true, value: { body: 'ok' } })
    expect(bad).toMatchObject({ ok: false, error: expect.stringContaining('ECONNREFUSED 127.0.0.1:1') })
    await client.close()
  })

  test('that a batch has given up ends at once', async () => {
    await using server = await startHttpWorld(() => stop.abort(new Error('the batch is over')))
    const stop = new AbortController()
    const client = openClient(testOutbound(), 'http', settings())
    const [settled] = await client.send([{ key: 'a', request: request(server.url) }], stop.signal)
    expect(settled).toMatchObject({ ok: false })
    await client.close()
  })

  test('with a header that is none fails alone', async () => {
    await using server = await startHttpWorld((_, response) => void response.end())
    const client = openClient(testOutbound(), 'http', settings())
    expect(await client.ask(request(server.url, { headers: { 'X-A': 'a\r\nHost: evil' } }))).toContain(
      'invalid x-a header',
    )
    expect(server.seen).toEqual([])
    await client.close()
  })
})

describe('many calls', () => {
  test('run only so many at a time, and fail at once when too many wait', async () => {
    let running = 0
    let most = 0
    await using server = await startHttpWorld((_, response) => {
      most = Math.max(most, ++running)
      setImmediate(() => {
        running--
        response.end()
      })
    })
    const client = openClient(testOutbound({ mostPending: 5 }), 'http', settings(), 2)
    const sendings = Array.from({ length: 10 }, (_, n) => ({ key: String(n), request: request(server.url) }))
    const settled = await client.send(sendings, new AbortController().signal)
    expect(settled.map((one) => (one.ok ? one.value.status : one.error))).toEqual([
      ...Array(7).fill(200),
      ...Array(3).fill('Max pending requests limit exceeded!'),
    ])
    expect(most).toBe(2)
    await client.close()
  })

  test('of nodes with equal settings share connections, of other settings and tenants they do not', async () => {
    const outbound = testOutbound()
    const clients = [settings(), settings(), settings({ timeoutMs: 9 })].map((one) => openClient(outbound, 'http', one))
    const other = outbound.portOf('tenant-2').open('http', settings(), { nodeName: 'a', suspended: () => {} })
    expect(outbound.count()).toBe(3)
    await Promise.all([...clients, other].map((client) => client.close()))
    expect(outbound.count()).toBe(0)
  })
})

describe('addresses of this machine', () => {
  const guarded = testOutbound({ guard: createOutboundGuard([]) })

  test.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::1]:PORT/',
    'http://0.0.0.0:PORT/',
  ])('are not called as %s', async (pattern) => {
    await using server = await startHttpWorld((_, response) => void response.end('inside'))
    const client = openClient(guarded, 'http', settings())
    expect(await client.ask(request(pattern.replace('PORT', String(server.port))))).toMatch(
      /is an address that rule chains may not connect to/,
    )
    expect(server.seen).toEqual([])
    await client.close()
  })

  test('are not called through a name that leads there only when it is connected to', async () => {
    await using server = await startHttpWorld((_, response) => void response.end('inside'))
    const guard = createOutboundGuard([], ((_name: string, _options: object, answer: (...args: unknown[]) => void) =>
      answer(null, [{ address: '127.0.0.1', family: 4 }])) as never)
    const client = openClient(testOutbound({ guard }), 'http', settings())
    expect(await client.ask(request(`http://rebound.example.org:${server.port}/`))).toContain('may not connect to')
    expect(server.seen).toEqual([])
    await client.close()
  })

  test('are no proxies, and are not called through one', async () => {
    await using proxy = await startProxy()
    const own = openClient(
      guarded,
      'http',
      settings({ proxy: { host: '127.0.0.1', port: proxy.port, user: null, password: null } }),
    )
    expect(await own.ask(request('http://8.8.8.8/'))).toContain('may not connect to')
    const through = openClient(
      testOutbound({ guard: createOutboundGuard(['127.0.0.1']) }),
      'http',
      settings({ proxy: { host: '127.0.0.1', port: proxy.port, user: null, password: null } }),
    )
    expect(await through.ask(request('http://169.254.169.254/'))).toContain('may not connect to')
    expect([...proxy.tunnels, ...proxy.forwarded]).toEqual([])
    await Promise.all([own.close(), through.close()])
  })
})

describe('a proxy', () => {
  const by = (port: number, password: string | null = 'pw') => ({
    proxy: { host: '127.0.0.1', port, user: 'ann', password },
  })

  test('gets plain requests, and the name of who asks', async () => {
    await using proxy = await startProxy('ann:pw')
    const client = openClient(testOutbound(), 'http', settings(by(proxy.port)))
    expect(await client.ask(request('http://127.0.0.1:9/x?y=1'))).toMatchObject({ status: 200, body: 'forwarded' })
    expect(proxy.forwarded).toEqual(['http://127.0.0.1:9/x?y=1'])
    await client.close()
  })

  test('that does not know who asks is a failure', async () => {
    await using proxy = await startProxy('ann:pw')
    const client = openClient(testOutbound(), 'http', settings(by(proxy.port, 'wrong')))
    expect(await client.ask(request('http://127.0.0.1:9/x'))).toContain('407')
    await client.close()
  })

  test('makes a tunnel for TLS, in which the certificate of the server counts', async () => {
    const authority = testCertificate({ name: 'Test CA', isAuthority: true })
    const server = testCertificate({ name: 'server', issuer: authority, hosts: ['127.0.0.1'] })
    await using proxy = await startProxy('ann:pw')
    await using world = await startHttpWorld((_, response) => void response.end('inside'), server)
    const tls = { ca: authority.cert, cert: null, key: null, passphrase: null }
    const client = openClient(testOutbound(), 'http', settings({ ...by(proxy.port), tls }))
    expect(await client.ask(request(world.url))).toMatchObject({ status: 200, body: 'inside' })
    expect(proxy.tunnels).toEqual([`127.0.0.1:${world.port}`])
    const mistrustful = openClient(testOutbound(), 'http', settings(by(proxy.port)))
    expect(await mistrustful.ask(request(world.url))).toMatch(/certificate/)
    await Promise.all([client.close(), mistrustful.close()])
  })
})

test('a server that asks for a certificate gets the one of the node', async () => {
  const authority = testCertificate({ name: 'Test CA', isAuthority: true })
  const server = testCertificate({ name: 'server', issuer: authority, hosts: ['127.0.0.1'] })
  const own = testCertificate({ name: 'client', issuer: authority })
  await using world = await startHttpWorld((_, response) => void response.end('welcome'), {
    ...server,
    ca: authority.cert,
    requestCert: true,
    rejectUnauthorized: true,
  })
  const tls = { ca: authority.cert, cert: own.cert, key: own.key, passphrase: null }
  const client = openClient(testOutbound(), 'http', settings({ tls }))
  expect(await client.ask(request(world.url))).toMatchObject({ body: 'welcome' })
  const stranger = openClient(testOutbound(), 'http', settings({ tls: { ...tls, cert: null, key: null } }))
  expect(await stranger.ask(request(world.url))).toMatch(/^POST https:/)
  expect(world.seen).toHaveLength(1)
  await Promise.all([client.close(), stranger.close()])
})
