import type { AddressInfo } from 'node:net'
import type { MailRequest, SmtpSettings } from '@thingwire/rules'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { describe, expect, test } from 'vitest'
import { testCertificate } from '../../testing/certificates.ts'
import { startProxy } from '../../testing/http-world.ts'
import { openClient } from '../../testing/outbound-calls.ts'
import { testOutbound } from '../../testing/test-outbound.ts'
import { createOutboundGuard } from '../address-guard/outbound-guard.ts'

type Received = { from: string; to: string[]; text: string; user: string | undefined; isSecure: boolean }

const certificate = testCertificate({ name: 'mail', hosts: ['127.0.0.1'] })

const startMailServer = async (options: SMTPServerOptions = {}) => {
  const received: Received[] = []
  const server = new SMTPServer({
    key: certificate.key,
    cert: certificate.cert,
    authOptional: true,
    onAuth: (auth, _session, answer) =>
      auth.username === 'ann' && auth.password === 's3cret-pw'
        ? answer(null, { user: 'ann' })
        : answer(new Error('Wrong password')),
    onRcptTo: (address, _session, answer) =>
      answer(address.address.startsWith('nobody') ? new Error('No such mailbox') : null),
    onData: (stream, session, answer) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
          user: session.user,
          isSecure: session.secure,
        })
        answer()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return { port, received, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(resolve)) }
}

const own = (port: number, change: Partial<SmtpSettings> = {}): { smtp: SmtpSettings } => ({
  smtp: {
    host: '127.0.0.1',
    port,
    protocol: 'smtp',
    username: null,
    password: null,
    timeoutMs: 3_000,
    enableTls: false,
    tlsVersion: 'TLSv1.2',
    proxy: null,
    ...change,
  },
})
const request: MailRequest = {
  from: 'plant@example.org',
  to: 'ann@example.org, bob@example.org',
  cc: 'cy@example.org',
  bcc: 'dee@example.org',
  subject: 'Hot',
  body: 'It is hot',
  isHtml: false,
  images: {},
}

describe('a mail server of the node', () => {
  test('gets the mail for all receivers, without naming the hidden ones; its id is the key of the effect', async () => {
    await using server = await startMailServer()
    const client = openClient(testOutbound(), 'mail', own(server.port))
    expect(await client.ask(request, 'key-a')).toBe(null)
    expect(await client.ask(request, 'key-a')).toBe(null)
    expect(await client.ask(request, 'key-b')).toBe(null)
    expect(server.received[0]).toMatchObject({
      from: 'plant@example.org',
      to: ['ann@example.org', 'bob@example.org', 'cy@example.org', 'dee@example.org'],
      user: undefined,
    })
    const { text = '' } = server.received[0] ?? {}
    expect(text).toMatch(/^Subject: Hot$/m)
    expect(text).toContain('text/plain')
    expect(text).not.toContain('dee@')
    const ids = server.received.map((mail) => /^Message-ID: (.+)$/im.exec(mail.text)?.[1])
    expect([ids[0] === ids[1], ids[0] === ids[2]]).toEqual([true, false])
    await client.close()
  })

  test('gets HTML with pictures inside', async () => {
    await using server = await startMailServer()
    const client = openClient(testOutbound(), 'mail', own(server.port))
    const images = { logo: `data:image/png;base64,${Buffer.from('pixels').toString('base64')}` }
    expect(await client.ask({ ...request, isHtml: true, body: '<img src="cid:logo">', images })).toBe(null)
    const { text = '' } = server.received[0] ?? {}
    expect(text).toContain('text/html')
    expect(text).toMatch(/^Content-Id: <logo>$/im)
    expect(text).toContain(Buffer.from('pixels').toString('base64'))
    await client.close()
  })

  test('is signed in to; a wrong password is a reason without the password', async () => {
    await using server = await startMailServer({ authMethods: ['PLAIN'], allowInsecureAuth: true })
    const login = { username: 'ann', password: 's3cret-pw' }
    const client = openClient(testOutbound(), 'mail', own(server.port, login))
    expect(await client.ask(request)).toBe(null)
    expect(server.received).toMatchObject([{ user: 'ann' }])
    const stranger = openClient(testOutbound(), 'mail', own(server.port, { ...login, password: 'wrong-pw' }))
    const reason = await stranger.ask(request)
    expect(reason).toMatch(new RegExp(`^smtp 127.0.0.1:${server.port}: .*Wrong password`))
    expect(reason).not.toContain('wrong-pw')
    await Promise.all([client.close(), stranger.close()])
  })

  test('refuses a receiver, and says which', async () => {
    await using server = await startMailServer()
    const client = openClient(testOutbound(), 'mail', own(server.port))
    expect(await client.ask({ ...request, to: 'nobody@example.org', cc: null, bcc: null })).toContain('No such mailbox')
    await client.close()
  })

  test('whose certificate nobody has signed gets nothing over TLS', async () => {
    await using server = await startMailServer()
    const client = openClient(testOutbound(), 'mail', own(server.port, { enableTls: true }))
    expect(await client.ask(request)).toMatch(/certificate/)
    await using secure = await startMailServer({ secure: true })
    const other = openClient(testOutbound(), 'mail', own(secure.port, { protocol: 'smtps' }))
    expect(await other.ask(request)).toMatch(/certificate/)
    expect([...server.received, ...secure.received]).toEqual([])
    await Promise.all([client.close(), other.close()])
  })

  test('is reached through a proxy that knows who asks', async () => {
    await using server = await startMailServer()
    await using proxy = await startProxy('ann:pw')
    const by = (password: string) => ({ proxy: { host: '127.0.0.1', port: proxy.port, user: 'ann', password } })
    const client = openClient(testOutbound(), 'mail', own(server.port, by('pw')))
    expect(await client.ask(request)).toBe(null)
    expect(proxy.tunnels).toEqual([`127.0.0.1:${server.port}`])
    const stranger = openClient(testOutbound(), 'mail', own(server.port, by('no')))
    expect(await stranger.ask(request)).toBe(`smtp 127.0.0.1:${server.port}: the proxy answers 407`)
    await Promise.all([client.close(), stranger.close()])
  })

  test('is not even tried when it stands where it may not', async () => {
    await using server = await startMailServer()
    const outbound = testOutbound({ guard: createOutboundGuard([]) })
    for (const host of ['127.0.0.1', 'localhost']) {
      const client = openClient(outbound, 'mail', own(server.port, { host }))
      expect(await client.ask(request)).toContain('may not connect to')
      await client.close()
    }
    expect(server.received).toEqual([])
  })
})

describe('the mail server of the platform', () => {
  test('may stand in the inner network, and gives mails without a sender its own', async () => {
    await using server = await startMailServer()
    const stored = { mailFrom: 'Thingwire <robot@example.org>', smtpHost: '127.0.0.1', smtpPort: String(server.port) }
    const outbound = testOutbound({
      guard: createOutboundGuard([]),
      settings: async (key) => (key === 'mail' ? stored : undefined),
    })
    const client = openClient(outbound, 'mail', { smtp: null })
    expect(await client.ask({ ...request, from: null })).toBe(null)
    expect(server.received).toMatchObject([{ from: 'robot@example.org' }])
    await client.close()
  })

  test('is a reason when there is none', async () => {
    const client = openClient(testOutbound(), 'mail', { smtp: null })
    expect(await client.ask(request)).toBe('mail server of the platform: no mail server is set up for the platform')
    await client.close()
  })
})
