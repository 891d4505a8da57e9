import { z } from 'zod'
import { mqtt } from '../mqtt/manifest.ts'
import { forwardingChain } from './forwarding.ts'
import { text } from './parameters.ts'
import { defineTemplate, node } from './template.ts'

export const forwardToMqtt = defineTemplate({
  id: 'forward-to-mqtt',
  title: 'Forward to MQTT',
  summary: 'Publishes values to another MQTT broker.',
  icon: 'radio-tower',
  parameters: z.object({
    host: text('Host', 'Where the broker is.', 'Name the host').regex(
      /^[^\s/:]+$/,
      'A host name or address alone, without port',
    ),
    port: z.number().int().min(1).max(65_535).meta({ title: 'Port', description: '1883, with TLS 8883 as a rule.' }),
    tls: z.boolean().meta({ title: 'TLS', description: 'Connect over TLS.' }),
    topic: text('Topic', '${deviceName} is replaced by the name of the device.', 'Name the topic').regex(
      /^[^+#]*$/,
      'Without + and #: messages go to one topic',
    ),
    username: z.string().trim().max(1_024).meta({ title: 'User name', description: 'Empty: the broker asks nobody.' }),
    password: z.string().max(1_024).meta({ title: 'Password', description: 'Of that user.', writeOnly: true }),
  }),
  defaults: {
    host: 'broker.example.org',
    port: 1_883,
    tls: false,
    topic: 'plant/${deviceName}',
    username: '',
    password: '',
  },
  build: ({ host, port, tls, topic, username, password }) =>
    forwardingChain({
      name: 'Forward to MQTT',
      description: `Publishes telemetry and attributes to ${topic} at ${host}:${port}.`,
      target: `${host}:${port}`,
      system: 'mqtt',
      sender: node(mqtt, 'Publish', [1, 0], {
        ...{ host, port, ssl: tls, topicPattern: topic },
        credentials: username ? { type: 'basic', username, password } : { type: 'anonymous' },
      }),
    }),
})
