import { createHash } from 'node:crypto'
import { mailSettingsSchema } from '@thingwire/contracts'
import type { MailRequest, SmtpSettings } from '@thingwire/rules'
import { createTransport, type SendMailOptions } from 'nodemailer'
import { createOutboundGuard, type OutboundGuard } from '../address-guard/outbound-guard.ts'
import type { SystemDeps, SystemFactory } from '../system-client.ts'
import { openSocket } from './proxied-socket.ts'

type Server = SmtpSettings & { from: string | null; isOfPlatform: boolean }

const serverOfPlatform = async ({ settings }: SystemDeps): Promise<Server> => {
  const stored = await settings('mail')
  if (stored === undefined || stored === null) throw new Error('no mail server is set up for the platform')
  const parsed = mailSettingsSchema.safeParse(stored)
  if (!parsed.success) throw new Error('the mail settings of the platform are not complete')
  const { data } = parsed
  const { proxyHost, proxyPort } = data
  return {
    host: data.smtpHost,
    port: data.smtpPort,
    protocol: data.smtpProtocol,
    username: data.username || null,
    password: data.password || null,
    timeoutMs: data.timeout,
    enableTls: data.enableTls,
    tlsVersion: data.tlsVersion,
    proxy:
      data.enableProxy && proxyHost
        ? {
            host: proxyHost,
            port: proxyPort || 3_128,
            user: data.proxyUser || null,
            password: data.proxyPassword || null,
          }
        : null,
    from: data.mailFrom,
    isOfPlatform: true,
  }
}

/** The administrator of the platform chose its mail server: it may stand in the inner network. */
const anywhere: OutboundGuard = createOutboundGuard(['*'])

/** Each mail has a connection of its own: there are few, and settings of the platform may have changed since the last. */
export const mailClient: SystemFactory<'mail'> = ({ smtp }, deps) => ({
  where: () => (smtp ? `${smtp.protocol} ${smtp.host}:${smtp.port}` : 'mail server of the platform'),
  send: async ({ key, request }) => {
    const server = smtp ? { ...smtp, from: null, isOfPlatform: false } : await serverOfPlatform(deps)
    await sendBy(server, mailOf(request, server, key), deps)
    return null
  },
  close: async () => {},
})

const sendBy = async (server: Server, mail: SendMailOptions, { guard, timeoutMs }: SystemDeps): Promise<void> => {
  const limitMs = server.timeoutMs > 0 ? Math.min(server.timeoutMs, timeoutMs) : timeoutMs
  const { host, port, proxy } = server
  const transport = createTransport({
    host,
    port,
    secure: server.protocol === 'smtps',
    requireTLS: server.enableTls,
    ignoreTLS: !server.enableTls,
    tls: { minVersion: versionOf(server.tlsVersion) },
    ...(server.username && { auth: { user: server.username, pass: server.password ?? '' } }),
    getSocket: (_options, callback) => {
      openSocket({ host, port }, { guard: server.isOfPlatform ? anywhere : guard, proxy, timeoutMs: limitMs }).then(
        (connection) => callback(null, { connection }),
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), {}),
      )
    },
    greetingTimeout: limitMs,
    socketTimeout: limitMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    await transport.sendMail(mail)
  } finally {
    transport.close()
  }
}

const versions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const
const versionOf = (name: string) => versions.find((version) => version === name) ?? 'TLSv1.2'

const mailOf = (request: MailRequest, { from, username, host }: Server, key: string): SendMailOptions => ({
  from: request.from ?? from ?? username ?? `thingwire@${host}`,
  to: request.to,
  ...(request.cc && { cc: request.cc }),
  ...(request.bcc && { bcc: request.bcc }),
  subject: request.subject,
  ...(request.isHtml ? { html: request.body } : { text: request.body }),
  // Mail servers and readers leave out what has the id of a mail that they know.
  messageId: `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@thingwire>`,
  attachments: Object.entries(request.images).map(([cid, image]) => ({
    cid,
    filename: cid,
    content: Buffer.from(image.replace(/^data:image\/[^;]*;base64,?/, ''), 'base64'),
    contentDisposition: 'inline' as const,
  })),
})
