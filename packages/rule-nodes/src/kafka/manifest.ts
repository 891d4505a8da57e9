import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { flag, table, text, whole } from '../outbound/settings.ts'

/** Properties of Java's producer that mean something here. */
const properties = [
  'security.protocol',
  'sasl.mechanism',
  'sasl.jaas.config',
  'ssl.truststore.certificates',
  'ssl.keystore.certificate.chain',
  'ssl.keystore.key',
  'ssl.key.password',
  'client.id',
  'compression.type',
  'request.timeout.ms',
]

export const kafka = defineNode({
  type: 'kafka',
  className: 'org.thingsboard.rule.engine.kafka.TbKafkaNode',
  name: 'kafka',
  description: 'Writes the data of messages to a topic of Kafka.',
  category: 'external',
  icon: 'share-2',
  configVersion: 1,
  config: z.object({
    topicPattern: text('Topic', 'Topic to write to.').meta({ isPattern: true }),
    keyPattern: text('Key', 'Key of the record. Empty: records have none.').meta({
      isPattern: true,
    }),
    bootstrapServers: text('Servers', 'Brokers to begin with, as host:port, comma-separated.'),
    retries: whole('Repetitions', 'How often a record is sent again when Kafka asks for it.', { most: 100 }),
    batchSize: whole('Batch, bytes', 'Kept for export; messages that come together are sent together.').meta({
      isKept: true,
    }),
    linger: whole('Linger, ms', 'Kept for export; nothing waits.').meta({ isKept: true }),
    bufferMemory: whole('Buffer, bytes', 'Kept for export; the server limits what waits.', {
      most: Number.MAX_SAFE_INTEGER,
    }).meta({ isKept: true }),
    acks: z
      .enum(['all', '-1', '0', '1'])
      .nullish()
      .transform((value) => value ?? '-1')
      .meta({
        title: 'Acknowledged by',
        description: 'Whose acknowledgement the message waits for; without any it goes on once it is sent.',
        words: { all: 'All replicas in sync (all)', '-1': 'All replicas in sync (-1)', 1: 'The leader', 0: 'Nobody' },
      }),
    otherProperties: table(
      'Other properties',
      `Of Java's producer: ${properties.join(', ')}. Others are kept and do nothing.`,
    ).meta({ suggest: properties, columns: ['Property', 'Value'] }),
    addMetadataKeyValuesAsKafkaHeaders: flag(
      'Metadata as headers',
      'Each entry becomes a header; its name is tb_msg_md_ and the key.',
    ),
    kafkaHeadersCharset: z
      .string()
      .nullish()
      .transform((value) => value || 'UTF-8')
      .meta({
        title: 'Charset of headers',
        description: 'UTF-8, US-ASCII, ISO-8859-1, UTF-16, UTF-16BE or UTF-16LE.',
        editor: 'choice',
        suggest: ['UTF-8', 'US-ASCII', 'ISO-8859-1', 'UTF-16', 'UTF-16BE', 'UTF-16LE'],
        when: { addMetadataKeyValuesAsKafkaHeaders: [true] },
      }),
  }),
  defaults: {
    topicPattern: 'my-topic',
    keyPattern: null,
    bootstrapServers: 'localhost:9092',
    retries: 0,
    batchSize: 16_384,
    linger: 0,
    bufferMemory: 33_554_432,
    acks: '-1',
    otherProperties: {},
    addMetadataKeyValuesAsKafkaHeaders: false,
    kafkaHeadersCharset: 'UTF-8',
  },
  connections: ['Success'],
  keepsCopies: true,
  upgrades: {
    0: ({ keySerializer: _key, valueSerializer: _value, ...config }) => config,
  },
})
