import type { Message } from '@thingwire/contracts'
import { defineHandler, type MailRequest, type SmtpSettings } from '@thingwire/rules'
import { z } from 'zod'
import { externalNode, success, unfit } from '../outbound/external-node.ts'
import type { sendEmail as manifest } from './manifest.ts'
import { sendEmail } from './manifest.ts'

type Config = z.output<typeof manifest.config>

const noReceiver = 'the mail has no receiver'

/** What a "to email" node leaves in the data. */
const mailSchema = z.object({
  from: z.string().nullish(),
  to: z.string({ error: noReceiver }).trim().min(1, { error: noReceiver }),
  cc: z.string().nullish(),
  bcc: z.string().nullish(),
  subject: z.string().nullish(),
  body: z.string().nullish(),
  images: z.record(z.string(), z.string()).nullish(),
  html: z.boolean().nullish(),
})

export const sendEmailHandler = defineHandler(sendEmail, (config, context) =>
  externalNode(context, {
    client: context.ports.outbound.open(
      'mail',
      { smtp: config.useSystemSmtpSettings ? null : smtpOf(config) },
      { nodeName: context.nodeName, suspended: context.suspended },
    ),
    request: mailOf,
    answered: success,
  }),
)

const smtpOf = (config: Config): SmtpSettings => {
  if (config.smtpHost.trim() === '') throw unfit('smtpHost: the node does not know where the mail server is')
  const { proxyHost: host, proxyPort: port, proxyUser, proxyPassword } = config
  if (config.enableProxy && (host === '' || port === 0)) throw unfit('proxyHost and proxyPort: a proxy needs both')
  return {
    host: config.smtpHost.trim(),
    port: config.smtpPort,
    protocol: config.smtpProtocol,
    username: config.username || null,
    password: config.password || null,
    timeoutMs: config.timeout,
    enableTls: config.enableTls,
    tlsVersion: config.tlsVersion,
    proxy: config.enableProxy ? { host, port, user: proxyUser || null, password: proxyPassword || null } : null,
  }
}

const mailOf = ({ type, data }: Message): MailRequest => {
  if (type !== 'SEND_EMAIL') throw new Error(`Messages of type SEND_EMAIL are expected here, not ${type}`)
  const parsed = mailSchema.safeParse(parsedJson(data))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Error(`${issue?.path.join('.') || 'The data'}: ${issue?.message}`)
  }
  const { from, to, cc, bcc, subject, body, images, html } = parsed.data
  return {
    from: from?.trim() || null,
    to,
    cc: cc?.trim() || null,
    bcc: bcc?.trim() || null,
    subject: subject ?? '',
    body: body ?? '',
    isHtml: html ?? false,
    images: images ?? {},
  }
}

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error('The data is no JSON')
  }
}
