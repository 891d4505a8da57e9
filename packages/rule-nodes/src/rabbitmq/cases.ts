import type { NodeCase } from '../node-case.ts'

const host = 'rabbit.example.org'

export const cases: NodeCase[] = [
  {
    title: 'publishes the data to an exchange, with patterns for exchange and routing key',
    config: { host, exchangeNamePattern: 'site-${site}', routingKeyPattern: '$[kind].reading' },
    messages: [{ data: '{"kind":"t"}', metadata: { site: 'a' } }],
    leaves: [{ by: 'Success', data: '{"kind":"t"}', metadata: { site: 'a' } }],
    sent: [
      {
        kind: 'rabbitmq',
        request: { exchange: 'site-a', routingKey: 't.reading', body: '{"kind":"t"}', properties: null },
      },
    ],
    opened: [
      {
        host,
        port: 5_672,
        virtualHost: '/',
        username: 'guest',
        password: 'guest',
        connectionTimeoutMs: 60_000,
        handshakeTimeoutMs: 10_000,
        clientProperties: {},
      },
    ],
  },
  {
    title: 'gives messages the properties of a name',
    config: { host, messageProperties: 'PERSISTENT_TEXT_PLAIN' },
    leaves: [{ by: 'Success' }],
    sent: [{ request: { properties: { contentType: 'text/plain', deliveryMode: 2, priority: 0 } } }],
  },
  {
    title: 'keeps what is minimal and persistent to that',
    config: { host, messageProperties: 'MINIMAL_PERSISTENT_BASIC' },
    leaves: [{ by: 'Success' }],
    sent: [{ request: { properties: { deliveryMode: 2 } } }],
  },
  {
    title: 'knows the basic properties',
    config: { host, messageProperties: 'BASIC' },
    leaves: [{ by: 'Success' }],
    sent: [{ request: { properties: { contentType: 'application/octet-stream', deliveryMode: 1, priority: 0 } } }],
  },
  {
    title: 'fails every message when the name of the properties is unknown',
    config: { host, messageProperties: 'constructor' },
    leaves: [{ by: 'Failure', error: 'messageProperties: constructor is unknown' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails the message that the broker does not take',
    config: { host },
    messages: [{ metadata: {} }, {}],
    answersOutside: [new Error("amqp://rabbit.example.org:5672: no exchange 'a' in vhost '/'")],
    leaves: [
      {
        by: 'Failure',
        metadata: { error: "amqp://rabbit.example.org:5672: no exchange 'a' in vhost '/'" },
        error: "amqp://rabbit.example.org:5672: no exchange 'a' in vhost '/'",
      },
      { by: 'Success' },
    ],
    outcomes: ['dead-lettered', 'finished'],
    sent: [{}, {}],
  },
  {
    title: 'fails data that is no JSON, since the names are patterns',
    config: { host },
    messages: [{ data: 'text' }],
    leaves: [{ by: 'Failure', error: 'Failed to process pattern!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'does not start without a host',
    leaves: [],
    refuses: 'host: the node does not know where the broker is',
  },
]
