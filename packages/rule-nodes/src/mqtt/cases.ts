import type { NodeCase } from '../node-case.ts'

const host = 'broker.example.org'

export const cases: NodeCase[] = [
  {
    title: 'publishes the data to a topic that is a pattern, and passes the message on unchanged',
    config: { host, topicPattern: 'site/${deviceName}/$[kind]' },
    messages: [{ data: '{"kind":"t","v":2.0}', metadata: { deviceName: 'Hall' } }],
    answersOutside: [null],
    leaves: [{ by: 'Success', data: '{"kind":"t","v":2.0}', metadata: { deviceName: 'Hall' } }],
    sent: [{ kind: 'mqtt', request: { topic: 'site/Hall/t', payload: '{"kind":"t","v":2.0}', isRetained: false } }],
  },
  {
    title: 'opens its client with everything that is set',
    config: {
      host,
      port: 8_883,
      connectTimeoutSec: 5,
      clientId: 'me',
      appendClientIdSuffix: true,
      cleanSession: false,
      ssl: true,
      protocolVersion: 'MQTT_5',
      credentials: { type: 'basic', username: 'ann', password: 'pw' },
    },
    leaves: [{ by: 'Success' }],
    sent: [{}],
    opened: [
      {
        host,
        port: 8_883,
        connectTimeoutMs: 5_000,
        clientId: 'me_machine',
        cleanSession: false,
        protocolVersion: 5,
        tls: { ca: null, cert: null },
        login: { username: 'ann', password: 'pw' },
        azure: null,
      },
    ],
  },
  {
    title: 'shows a certificate, over TLS only',
    config: {
      host,
      ssl: true,
      credentials: { type: 'cert.PEM', caCert: 'ca', cert: 'c', privateKey: 'k', password: '' },
    },
    leaves: [{ by: 'Success' }],
    sent: [{}],
    opened: [{ tls: { ca: 'ca', cert: 'c', key: 'k', passphrase: null }, login: null }],
  },
  {
    title: 'sends a JSON text without its quotes when it is set to, and retains',
    config: { host, parseToPlainText: true, retainedMessage: true },
    messages: [{ data: '"on"' }, { data: '7' }],
    leaves: [{ by: 'Success', data: '"on"' }, { by: 'Success' }],
    sent: [{ request: { payload: 'on', isRetained: true } }, { request: { payload: '7' } }],
  },
  {
    title: 'fails a message whose topic nobody can publish to',
    config: { host, topicPattern: 'a/${deviceName}' },
    messages: [{ metadata: { deviceName: '+' } }, { data: 'text' }],
    leaves: [
      { by: 'Failure', error: 'topicPattern: "a/+" is no topic to publish to' },
      { by: 'Failure', error: 'Failed to process pattern!' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered'],
  },
  {
    title: 'fails a message when the broker is away, with the reason in the metadata',
    config: { host },
    messages: [{ metadata: {} }],
    answersOutside: [new Error('mqtt://broker.example.org:1883: connect ECONNREFUSED')],
    leaves: [
      {
        by: 'Failure',
        metadata: { error: 'mqtt://broker.example.org:1883: connect ECONNREFUSED' },
        error: 'mqtt://broker.example.org:1883: connect ECONNREFUSED',
      },
    ],
    outcomes: ['dead-lettered'],
    sent: [{}],
  },
  {
    title: 'does not start with a client id that MQTT 3.1 does not know',
    config: { host, protocolVersion: 'MQTT_3_1', clientId: 'a'.repeat(24) },
    leaves: [],
    refuses: `clientId: "${'a'.repeat(24)}" has 24 characters; 23 are allowed`,
  },
  {
    title: 'does not start with a client id that is too long with the name of the server',
    config: { host, clientId: 'a'.repeat(250), appendClientIdSuffix: true },
    leaves: [],
    refuses: `clientId: "${'a'.repeat(250)}_machine" has 258 characters; 256 are allowed`,
  },
  {
    title: 'does not start without a host',
    leaves: [],
    refuses: 'host: the node does not know where the broker is',
  },
]
