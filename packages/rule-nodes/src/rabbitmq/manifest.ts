import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { flag, secret, table, text, whole } from '../outbound/settings.ts'

export const rabbitmq = defineNode({
  type: 'rabbitmq',
  className: 'org.thingsboard.rule.engine.rabbitmq.TbRabbitMqNode',
  name: 'rabbitmq',
  description: 'Publishes the data of messages to an exchange of RabbitMQ.',
  category: 'external',
  icon: 'rabbit',
  configVersion: 0,
  config: z.object({
    exchangeNamePattern: text('Exchange', 'Exchange to publish to. Empty: the default one.').meta({
      isPattern: true,
    }),
    routingKeyPattern: text('Routing key', 'With the default exchange the name of a queue.').meta({ isPattern: true }),
    messageProperties: z
      .string()
      .nullish()
      .meta({
        title: 'Properties',
        description: 'What a message says of itself, and whether the broker keeps it over a restart.',
        editor: 'choice',
        suggest: [
          'BASIC',
          'TEXT_PLAIN',
          'MINIMAL_BASIC',
          'MINIMAL_PERSISTENT_BASIC',
          'PERSISTENT_BASIC',
          'PERSISTENT_TEXT_PLAIN',
        ],
      }),
    host: text('Host', 'Where the broker is.'),
    port: whole('Port', 'Port of the broker.', { fallback: 5_672, most: 65_535 }),
    virtualHost: text('Virtual host', 'Virtual host of the broker.'),
    username: text('User name', 'Who signs in.'),
    password: secret('Password', 'The password of that user.'),
    automaticRecoveryEnabled: flag('Connect again', 'Kept for export; the node always does.').meta({ isKept: true }),
    connectionTimeout: whole(
      'Connection timeout, ms',
      'How long the broker may take to answer; 0: as the server says.',
    ),
    handshakeTimeout: whole('Handshake timeout, ms', 'How long the broker may take to let the node in; 0: as above.'),
    clientProperties: table('Client properties', 'What the broker shows of this connection.'),
  }),
  defaults: {
    exchangeNamePattern: '',
    routingKeyPattern: '',
    messageProperties: null,
    host: null,
    port: 5_672,
    virtualHost: '/',
    username: 'guest',
    password: 'guest',
    automaticRecoveryEnabled: false,
    connectionTimeout: 60_000,
    handshakeTimeout: 10_000,
    clientProperties: {},
  },
  connections: ['Success'],
  keepsCopies: true,
  upgrades: {},
})
