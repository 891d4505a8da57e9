import type { NodeCase } from '../node-case.ts'

const answer = { topic: 'readings', partition: 2, offset: '41' }

export const cases: NodeCase[] = [
  {
    title: 'writes the data to a topic and notes where it stands',
    config: { topicPattern: 'readings' },
    messages: [{ data: '{"t":2.0}', metadata: { deviceName: 'Hall' } }],
    answersOutside: [answer],
    leaves: [
      {
        by: 'Success',
        data: '{"t":2.0}',
        metadata: { deviceName: 'Hall', topic: 'readings', partition: '2', offset: '41' },
      },
    ],
    sent: [{ kind: 'kafka', request: { topic: 'readings', key: null, value: '{"t":2.0}', headers: [] } }],
    opened: [{ bootstrapServers: 'localhost:9092', acks: -1, retries: 0, headersCharset: 'UTF-8', properties: {} }],
  },
  {
    title: 'fills topic and key',
    config: { topicPattern: 'site-$[site]', keyPattern: '${deviceName}' },
    messages: [{ data: '{"site":7}', metadata: { deviceName: 'Hall' } }],
    answersOutside: [answer],
    leaves: [{ by: 'Success' }],
    sent: [{ request: { topic: 'site-7', key: 'Hall' } }],
  },
  {
    title: 'gives records of an empty key pattern no key',
    config: { keyPattern: '' },
    answersOutside: [answer],
    leaves: [{ by: 'Success' }],
    sent: [{ request: { key: null } }],
  },
  {
    title: 'sends metadata as headers with the prefix that consumers know',
    config: { addMetadataKeyValuesAsKafkaHeaders: true },
    messages: [{ metadata: { deviceName: 'Hall', ts: '5' } }],
    answersOutside: [answer],
    leaves: [{ by: 'Success' }],
    sent: [
      {
        request: {
          headers: [
            ['tb_msg_md_deviceName', 'Hall'],
            ['tb_msg_md_ts', '5'],
          ],
        },
      },
    ],
  },
  {
    title: 'understands who has to acknowledge',
    config: { acks: '1', otherProperties: { 'security.protocol': 'SASL_SSL' }, kafkaHeadersCharset: 'utf-16' },
    answersOutside: [answer],
    leaves: [{ by: 'Success' }],
    sent: [{}],
    opened: [{ acks: 1, headersCharset: 'UTF-16', properties: { 'security.protocol': 'SASL_SSL' } }],
  },
  {
    title: 'fails the message that Kafka does not take, with the reason in the metadata',
    messages: [{ metadata: {} }, { metadata: {} }],
    answersOutside: [new Error('kafka localhost:9092: connect ECONNREFUSED'), answer],
    leaves: [
      {
        by: 'Failure',
        metadata: { error: 'kafka localhost:9092: connect ECONNREFUSED' },
        error: 'kafka localhost:9092: connect ECONNREFUSED',
      },
      { by: 'Success' },
    ],
    outcomes: ['dead-lettered', 'finished'],
    sent: [{}, {}],
  },
  {
    title: 'fails data that is no JSON, since the topic is a pattern',
    messages: [{ data: 'text' }],
    leaves: [{ by: 'Failure', error: 'Failed to process pattern!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'does not start with a charset that nobody knows',
    config: { kafkaHeadersCharset: 'EBCDIC' },
    leaves: [],
    refuses: 'kafkaHeadersCharset: EBCDIC is unknown',
  },
  {
    title: 'does not start with a protocol that nobody knows',
    config: { otherProperties: { 'security.protocol': 'CARRIER_PIGEON' } },
    leaves: [],
    refuses: 'security.protocol: CARRIER_PIGEON is unknown',
  },
]
