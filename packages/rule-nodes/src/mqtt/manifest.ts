import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { mqttSettings } from '../outbound/mqtt-settings.ts'
import { credentialsSchema } from '../outbound/settings.ts'

export const mqtt = defineNode({
  type: 'mqtt',
  className: 'org.thingsboard.rule.engine.mqtt.TbMqttNode',
  name: 'mqtt',
  description: 'Publishes the data of messages to a topic of an MQTT broker.',
  category: 'external',
  icon: 'radio-tower',
  configVersion: 2,
  config: z.object({
    ...mqttSettings('Empty: one is made up. At most 256 characters, 23 with MQTT 3.1.'),
    credentials: credentialsSchema,
  }),
  defaults: {
    topicPattern: 'my-topic',
    host: null,
    port: 1_883,
    connectTimeoutSec: 10,
    clientId: null,
    appendClientIdSuffix: false,
    retainedMessage: false,
    cleanSession: true,
    ssl: false,
    parseToPlainText: false,
    protocolVersion: 'MQTT_3_1_1',
    credentials: { type: 'anonymous' },
  },
  connections: ['Success'],
  keepsCopies: true,
  upgrades: {
    0: (config) => ({ ...config, parseToPlainText: config.parseToPlainText ?? false }),
    1: (config) => ({ ...config, protocolVersion: config.protocolVersion ?? 'MQTT_3_1' }),
  },
})
