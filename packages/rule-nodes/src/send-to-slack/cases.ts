import type { NodeCase } from '../node-case.ts'

const conversation = { type: 'PUBLIC_CHANNEL', id: 'C0123', name: 'plant' }

export const cases: NodeCase[] = [
  {
    title: 'writes a filled text to a channel as the bot of the platform, and passes the message on unchanged',
    config: { conversation },
    messages: [{ data: '{"temperature":30}', metadata: { deviceId: 'd1' } }],
    leaves: [{ by: 'Success', data: '{"temperature":30}', metadata: { deviceId: 'd1' } }],
    sent: [{ kind: 'slack', request: { channel: 'C0123', text: 'Device d1: temperature is 30' } }],
    opened: [{ botToken: null }],
  },
  {
    title: 'writes as a bot of its own, to a person',
    config: {
      conversationType: 'DIRECT',
      conversation: { type: 'DIRECT', id: 'U77', email: 'ann@example.org' },
      useSystemSettings: false,
      botToken: 'xoxb-1',
    },
    leaves: [{ by: 'Success' }],
    sent: [{ request: { channel: 'U77' } }],
    opened: [{ botToken: 'xoxb-1' }],
  },
  {
    title: 'leaves placeholders without a value as they stand',
    config: { conversation, messageTemplate: '${missing} $[gone]' },
    messages: [{ data: '{}', metadata: {} }],
    leaves: [{ by: 'Success' }],
    sent: [{ request: { text: '${missing} $[gone]' } }],
  },
  {
    title: 'fails only the message that Slack refuses',
    config: { conversation },
    messages: [{ metadata: {} }, {}],
    answersOutside: [new Error('slack: channel_not_found')],
    leaves: [
      { by: 'Failure', metadata: { error: 'slack: channel_not_found' }, error: 'slack: channel_not_found' },
      { by: 'Success' },
    ],
    outcomes: ['dead-lettered', 'finished'],
    sent: [{}, {}],
  },
  {
    title: 'fails data that is no JSON, since the text is a pattern',
    config: { conversation },
    messages: [{ data: 'text' }],
    leaves: [{ by: 'Failure', error: 'Failed to process pattern!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'does not start without a conversation',
    leaves: [],
    refuses: 'conversation: the node does not know where to write',
  },
  {
    title: 'does not start without a text',
    config: { conversation, messageTemplate: null },
    leaves: [],
    refuses: 'messageTemplate: there is nothing to say',
  },
]
