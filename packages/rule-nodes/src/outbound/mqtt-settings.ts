import { z } from 'zod'
import { flag, text, whole } from './settings.ts'

export const protocolVersions = { MQTT_3_1: 3, MQTT_3_1_1: 4, MQTT_5: 5 } as const

const versions = ['MQTT_3_1', 'MQTT_3_1_1', 'MQTT_5'] as const

/** What nodes that publish over MQTT have in common. */
export const mqttSettings = (client: string) => ({
  topicPattern: text('Topic', 'Topic to publish to.').meta({ isPattern: true }),
  host: text('Host', 'Where the broker is.'),
  port: whole('Port', 'Port of the broker.', { fallback: 1_883, most: 65_535 }),
  connectTimeoutSec: whole('Connect timeout, s', 'How long the broker may take to let the node in.', {
    fallback: 10,
    most: 200,
  }),
  clientId: text('Client id', client),
  appendClientIdSuffix: flag('Client id by server', 'Append the name of the server, so that several can be connected.'),
  retainedMessage: flag('Retain', 'The broker keeps the last message of each topic.'),
  cleanSession: z
    .boolean()
    .nullish()
    .transform((value) => value ?? true)
    .meta({ title: 'Clean session', description: 'The broker keeps nothing for this client.' }),
  ssl: flag('TLS', 'Connect over TLS.'),
  parseToPlainText: flag('Plain text', 'Send data that is one JSON text without its quotes.'),
  protocolVersion: z
    .enum(versions)
    .nullish()
    .transform((value) => value ?? 'MQTT_3_1_1')
    .meta({ title: 'Protocol', description: 'Version of MQTT.' }),
})
