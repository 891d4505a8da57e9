import { z } from 'zod'
import { kafka } from '../kafka/manifest.ts'
import { forwardingChain } from './forwarding.ts'
import { text } from './parameters.ts'
import { defineTemplate, node } from './template.ts'

const server = /^[^\s,:]+:\d{1,5}$/
const areServers = (list: string): boolean => list.split(',').every((one) => server.test(one.trim()))

export const forwardToKafka = defineTemplate({
  id: 'forward-to-kafka',
  title: 'Forward to Kafka',
  summary: 'Writes values to a topic of Kafka.',
  icon: 'share-2',
  parameters: z.object({
    servers: text('Servers', 'Brokers to begin with, as host:port, comma-separated.', 'Name a server').refine(
      areServers,
      'host:port, several with commas between',
    ),
    topic: text('Topic', '${deviceType} is replaced by the type of the device.', 'Name the topic'),
    key: z.string().trim().max(1_024).meta({
      title: 'Key',
      description: 'Records of one key keep their order. ${deviceName} is replaced by the name of the device.',
    }),
  }),
  defaults: { servers: 'localhost:9092', topic: 'telemetry', key: '${deviceName}' },
  build: ({ servers, topic, key }) =>
    forwardingChain({
      name: 'Forward to Kafka',
      description: `Writes telemetry and attributes to ${topic} at ${servers}.`,
      target: servers,
      system: 'kafka',
      sender: node(kafka, 'Write', [1, 0], { bootstrapServers: servers, topicPattern: topic, keyPattern: key || null }),
    }),
})
