import type { NodeCase } from '../node-case.ts'

const twilio = { type: 'TWILIO', accountSid: 'AC1', accountToken: 'token', numberFrom: '+123' }

export const cases: NodeCase[] = [
  {
    title: 'sends a filled text to a filled number, and passes the message on unchanged',
    messages: [{ data: '{"t":30}', metadata: { userPhone: '+4912', deviceName: 'Hall', temp: '30' } }],
    leaves: [{ by: 'Success', data: '{"t":30}' }],
    sent: [{ kind: 'sms', request: { number: '+4912', text: 'Device Hall has high temperature 30' } }],
    opened: [{ provider: null }],
  },
  {
    title: 'sends to every number of a list, as it stands there',
    config: { numbersToTemplate: '$[phones]', smsMessageTemplate: 'Hi' },
    messages: [{ data: '{"phones":"+1, +2"}' }],
    leaves: [{ by: 'Success' }],
    sent: [{ request: { number: '+1', text: 'Hi' } }, { request: { number: ' +2', text: 'Hi' } }],
  },
  {
    title: 'gives every effect of a message a key of its own',
    config: { numbersToTemplate: '1,2' },
    messages: [{}],
    leaves: [{ by: 'Success' }],
    sent: [{}, {}],
  },
  {
    title: 'fails a message of which one number was refused',
    config: { numbersToTemplate: '1,2' },
    messages: [{ metadata: {} }, {}],
    answersOutside: [null, new Error('twilio: 400 The number 2 is not valid'), null, null],
    leaves: [
      {
        by: 'Failure',
        metadata: { error: 'twilio: 400 The number 2 is not valid' },
        error: 'twilio: 400 The number 2 is not valid',
      },
      { by: 'Success' },
    ],
    outcomes: ['dead-lettered', 'finished'],
    sent: [{}, {}, {}, {}],
  },
  {
    title: 'fails data that is no JSON, since the text is a pattern',
    messages: [{ data: 'text' }],
    leaves: [{ by: 'Failure', error: 'Failed to process pattern!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'sends through a provider of its own',
    config: { useSystemSmsSettings: false, smsProviderConfiguration: twilio },
    leaves: [{ by: 'Success' }],
    sent: [{}],
    opened: [{ provider: twilio }],
  },
  {
    title: 'knows message centres that speak SMPP',
    config: {
      useSystemSmsSettings: false,
      smsProviderConfiguration: {
        type: 'SMPP',
        protocolVersion: '3.4',
        host: 'smpp.example.org',
        port: 2_776,
        systemId: 'me',
        password: 'pw',
        bindType: 'TX',
        sourceAddress: 'Plant',
        sourceTon: 5,
        codingScheme: 8,
      },
    },
    leaves: [{ by: 'Success' }],
    sent: [{}],
    opened: [{ provider: { type: 'SMPP', host: 'smpp.example.org', port: 2_776, sourceTon: 5, codingScheme: 8 } }],
  },
  {
    title: 'does not start without a provider of its own when it is to use one',
    config: { useSystemSmsSettings: false },
    leaves: [],
    refuses: 'smsProviderConfiguration: the node has no provider of its own',
  },
  {
    title: 'does not mind half a provider while that of the platform is used',
    config: { smsProviderConfiguration: { type: 'AWS_SNS', accessKeyId: '', secretAccessKey: null, region: '' } },
    leaves: [{ by: 'Success' }],
    sent: [{}],
    opened: [{ provider: null }],
  },
  {
    title: 'does not start with a provider that lacks something',
    config: { useSystemSmsSettings: false, smsProviderConfiguration: { ...twilio, numberFrom: '' } },
    leaves: [],
    refuses: 'smsProviderConfiguration.numberFrom: Number from is missing',
  },
]
