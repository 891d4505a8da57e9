import type { NodeCase } from '../node-case.ts'

const mail = {
  from: 'a@example.org',
  to: 'b@example.org,c@example.org',
  subject: 'Hot',
  body: 'It is hot',
  html: false,
}
const message = (change: Record<string, unknown> = {}) => ({
  type: 'SEND_EMAIL',
  data: JSON.stringify({ ...mail, ...change }),
  metadata: {},
})

export const cases: NodeCase[] = [
  {
    title: 'sends a mail through the mail server of the platform, and passes the message on unchanged',
    messages: [message({ cc: 'd@example.org', bcc: '', images: { logo: 'aGk=' }, html: true })],
    leaves: [{ by: 'Success', type: 'SEND_EMAIL' }],
    sent: [
      {
        kind: 'mail',
        request: {
          from: 'a@example.org',
          to: 'b@example.org,c@example.org',
          cc: 'd@example.org',
          bcc: null,
          subject: 'Hot',
          body: 'It is hot',
          isHtml: true,
          images: { logo: 'aGk=' },
        },
      },
    ],
    opened: [{ smtp: null }],
  },
  {
    title: 'sends through a server of its own',
    config: {
      useSystemSmtpSettings: false,
      smtpHost: 'mail.example.org',
      smtpPort: 587,
      username: 'ann',
      password: 'pw',
      enableTls: true,
      enableProxy: true,
      proxyHost: 'proxy.example.org',
      proxyPort: '3128',
    },
    messages: [message()],
    leaves: [{ by: 'Success' }],
    sent: [{}],
    opened: [
      {
        smtp: {
          host: 'mail.example.org',
          port: 587,
          protocol: 'smtp',
          username: 'ann',
          password: 'pw',
          timeoutMs: 10_000,
          enableTls: true,
          tlsVersion: 'TLSv1.2',
          proxy: { host: 'proxy.example.org', port: 3_128, user: null, password: null },
        },
      },
    ],
  },
  {
    title: 'fails messages that are no mails',
    messages: [{ type: 'POST_TELEMETRY_REQUEST' }, { type: 'SEND_EMAIL', data: 'text' }],
    leaves: [
      { by: 'Failure', error: 'Messages of type SEND_EMAIL are expected here, not POST_TELEMETRY_REQUEST' },
      { by: 'Failure', error: 'The data is no JSON' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered'],
  },
  {
    title: 'fails mails that go to nobody',
    messages: [message({ to: ' ' }), message({ to: null })],
    leaves: [
      { by: 'Failure', error: 'to: the mail has no receiver' },
      { by: 'Failure', error: 'to: the mail has no receiver' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered'],
  },
  {
    title: 'fails a mail of which a member is of the wrong type, and says which',
    messages: [message({ subject: 7 })],
    leaves: [{ by: 'Failure', error: 'subject: Invalid input: expected string, received number' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails only the mail that the server refuses',
    messages: [message(), message()],
    answersOutside: [new Error('smtp mail.example.org:25: 550 No such mailbox')],
    leaves: [
      {
        by: 'Failure',
        metadata: { error: 'smtp mail.example.org:25: 550 No such mailbox' },
        error: 'smtp mail.example.org:25: 550 No such mailbox',
      },
      { by: 'Success' },
    ],
    outcomes: ['dead-lettered', 'finished'],
    sent: [{}, {}],
  },
  {
    title: 'does not start with a server of its own that stands nowhere',
    config: { useSystemSmtpSettings: false, smtpHost: '' },
    leaves: [],
    refuses: 'smtpHost: the node does not know where the mail server is',
  },
]
