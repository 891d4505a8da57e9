import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { flag, secret, text, whole } from '../outbound/settings.ts'

const protocols = ['smtp', 'smtps'] as const
const versions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const

export const sendEmail = defineNode({
  type: 'send-email',
  className: 'org.thingsboard.rule.engine.mail.TbSendEmailNode',
  name: 'send email',
  description: 'Sends the mail that a "to email" node has written.',
  category: 'external',
  icon: 'mail',
  configVersion: 0,
  config: z.object({
    useSystemSmtpSettings: flag('Mail server of the platform', 'Send through the mail server of the platform.'),
    smtpHost: text('Host', 'Where the mail server is.').meta({ when: { useSystemSmtpSettings: [false] } }),
    smtpPort: whole('Port', 'Port of the mail server.', { fallback: 25, most: 65_535 }).meta({
      when: { useSystemSmtpSettings: [false] },
    }),
    username: text('User name', 'Empty: the server asks nobody.').meta({ when: { useSystemSmtpSettings: [false] } }),
    password: secret('Password', 'The password of that user.').meta({ when: { useSystemSmtpSettings: [false] } }),
    smtpProtocol: z
      .enum(protocols)
      .nullish()
      .transform((value) => value ?? 'smtp')
      .meta({
        title: 'Protocol',
        description: 'smtps: TLS from the first byte.',
        when: { useSystemSmtpSettings: [false] },
      }),
    timeout: whole('Timeout, ms', 'How long the server may take.', { fallback: 10_000 }).meta({
      when: { useSystemSmtpSettings: [false] },
    }),
    enableTls: flag('TLS', 'Send only after STARTTLS.').meta({ when: { useSystemSmtpSettings: [false] } }),
    tlsVersion: z
      .enum(versions)
      .or(z.literal(''))
      .nullish()
      .transform((value) => value || 'TLSv1.2')
      .meta({
        title: 'TLS version',
        description: 'The oldest one that is good enough.',
        when: { useSystemSmtpSettings: [false], enableTls: [true] },
      }),
    enableProxy: flag('Use a proxy', 'Connect through an HTTP proxy.').meta({
      when: { useSystemSmtpSettings: [false] },
    }),
    proxyHost: text('Proxy host', 'Where the proxy is.').meta({
      when: { useSystemSmtpSettings: [false], enableProxy: [true] },
    }),
    proxyPort: z
      .union([z.number().int().min(0).max(65_535), z.string().regex(/^\d{0,5}$/)])
      .nullish()
      .transform((value) => Number(value ?? 0))
      .meta({
        title: 'Proxy port',
        description: 'Port of the proxy.',
        when: { useSystemSmtpSettings: [false], enableProxy: [true] },
      }),
    proxyUser: text('Proxy user', 'Empty: the proxy asks nobody.').meta({
      when: { useSystemSmtpSettings: [false], enableProxy: [true] },
    }),
    proxyPassword: secret('Proxy password', 'The password of that user.').meta({
      when: { useSystemSmtpSettings: [false], enableProxy: [true] },
    }),
  }),
  defaults: {
    useSystemSmtpSettings: true,
    smtpHost: 'localhost',
    smtpPort: 25,
    username: null,
    password: null,
    smtpProtocol: 'smtp',
    timeout: 10_000,
    enableTls: false,
    tlsVersion: 'TLSv1.2',
    enableProxy: false,
    proxyHost: null,
    proxyPort: null,
    proxyUser: null,
    proxyPassword: null,
  },
  connections: ['Success'],
  keepsCopies: true,
  upgrades: {},
})
