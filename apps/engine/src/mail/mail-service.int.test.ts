import { createServer } from 'node:net'
import { errorCatalogue, mailSettingsSchema } from '@thingwire/contracts'
import { describe, expect, test } from 'vitest'
import { silentLogger } from '../observability/logger.ts'
import { startSmtpServer } from '../testing/smtp-server.ts'
import { createMailService } from './mail-service.ts'
import { activationMail, testMail, verificationCodeMail } from './mail-templates.ts'

const serviceWith = (mail: unknown, NODE_ENV = 'development') =>
  createMailService({
    settings: { get: async (key) => (key === 'mail' ? mail : undefined) },
    config: { NODE_ENV },
    logger: silentLogger,
    now: () => 1_700_000_000_000,
  })
const link = 'http://localhost:8080/api/noauth/activate?activateToken=abc&x=1'
const letter = activationMail({ to: 'new@example.org', link, ttlMs: 7_200_000 })

describe('with a mail server', () => {
  test('a mail arrives with both its forms, from the configured sender', async () => {
    await using server = await startSmtpServer({ user: 'robot', password: 's3cret' })
    const mail = serviceWith({
      mailFrom: 'Thingwire <robot@example.org>',
      smtpHost: '127.0.0.1',
      smtpPort: String(server.port),
      username: 'robot',
      password: 's3cret',
      enableTls: 'false',
      timeout: '5000',
    })
    await mail.send(letter)
    expect(server.received).toHaveLength(1)
    expect(server.received[0]).toMatchObject({ from: 'robot@example.org', to: ['new@example.org'], user: 'robot' })
    const { data } = server.received[0] ?? { data: '' }
    expect(data).toMatch(/^Subject: Activate your Thingwire account$/m)
    expect(data).toContain('text/plain')
    expect(data).toContain('text/html')
    expect(mail.kept()).toEqual([])
    expect(await mail.isConfigured()).toBe(true)
  })

  test('a wrong password is an error for the sender, and the trial says what the server said', async () => {
    await using server = await startSmtpServer({ user: 'robot', password: 's3cret' })
    const settings = {
      mailFrom: 'a@b.c',
      smtpHost: '127.0.0.1',
      smtpPort: server.port,
      username: 'robot',
      password: 'no',
    }
    await expect(serviceWith(settings).send(letter)).rejects.toMatchObject({
      code: 'MAIL_NOT_SENT',
      message: errorCatalogue.MAIL_NOT_SENT.message,
    })
    await expect(serviceWith(null).sendWith(mailSettingsSchema.parse(settings), letter)).rejects.toThrow(
      /^Unable to send mail: .*535 Wrong password/,
    )
    expect(server.received).toEqual([])
  })

  test('a refused recipient is an error', async () => {
    await using server = await startSmtpServer({ refuseRecipients: true })
    const settings = { mailFrom: 'a@b.c', smtpHost: '127.0.0.1', smtpPort: server.port }
    await expect(serviceWith(settings).send(letter)).rejects.toMatchObject({ code: 'MAIL_NOT_SENT' })
  })

  test('TLS that is asked for is not done without', async () => {
    await using server = await startSmtpServer()
    const settings = { mailFrom: 'a@b.c', smtpHost: '127.0.0.1', smtpPort: server.port, enableTls: true }
    await expect(serviceWith(settings).send(letter)).rejects.toMatchObject({ code: 'MAIL_NOT_SENT' })
    expect(server.received).toEqual([])
  })

  test('one that hangs is given up after the timeout', async () => {
    await using server = await silentServer()
    const settings = { mailFrom: 'a@b.c', smtpHost: '127.0.0.1', smtpPort: server.port, timeout: 100 }
    await expect(serviceWith(settings).send(letter)).rejects.toMatchObject({ code: 'MAIL_NOT_SENT' })
  })

  test('a line break in an address or subject adds no header', async () => {
    await using server = await startSmtpServer()
    const mail = serviceWith({ mailFrom: 'a@b.c', smtpHost: '127.0.0.1', smtpPort: server.port })
    await mail.send({ ...letter, subject: 'Hello\r\nBcc: evil@example.org' })
    expect(server.received[0]?.to).toEqual(['new@example.org'])
    expect(server.received[0]?.data).not.toMatch(/^Bcc:/m)
  })
})

describe('without a mail server', () => {
  test('the mail is kept where developers look, newest first and at most fifty', async () => {
    const mail = serviceWith(undefined)
    for (let n = 1; n <= 60; n++) await mail.send({ ...letter, to: `user${n}@example.org` })
    expect(mail.kept()).toHaveLength(50)
    expect(mail.kept()[0]).toMatchObject({ number: 60, to: 'user60@example.org', sentAt: 1_700_000_000_000 })
    expect(await mail.isConfigured()).toBe(false)
  })

  test('production says so and keeps nothing', async () => {
    const mail = serviceWith(undefined, 'production')
    await expect(mail.send(letter)).rejects.toThrow(/no mail server is set up/)
    expect(mail.kept()).toEqual([])
  })

  test('settings that are not complete are an error, not a reason to keep the mail', async () => {
    const mail = serviceWith({ mailFrom: 'a@b.c' })
    await expect(mail.send(letter)).rejects.toMatchObject({ code: 'MAIL_NOT_SENT' })
    expect(mail.kept()).toEqual([])
  })
})

describe('the letters', () => {
  test('carry link and lifetime in both forms, markup of values escaped in the second', () => {
    expect(letter.text).toContain(link)
    expect(letter.text).toContain('2 hours')
    expect(letter.html).toContain('activateToken=abc&amp;x=1"')
    expect(activationMail({ to: '<b>@x', link, ttlMs: 1 }).html).not.toContain('<b>@x')
  })

  test('a verification code stands alone', () => {
    expect(verificationCodeMail({ to: 'a@b.c', code: '123456', ttlMs: 120_000 }).text).toMatch(/^123456$/m)
    expect(testMail({ to: 'a@b.c' }).subject).toBe('Test mail from Thingwire')
  })
})

const silentServer = async () => {
  const server = createServer((socket) => socket.on('error', () => {}))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening')
  return { port: address.port, [Symbol.asyncDispose]: async () => void server.close() }
}
