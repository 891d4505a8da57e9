import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { mqttSettings } from '../outbound/mqtt-settings.ts'
import { sasCredentialsSchema } from '../outbound/settings.ts'

export const azureIotHub = defineNode({
  type: 'azure-iot-hub',
  className: 'org.thingsboard.rule.engine.mqtt.azure.TbAzureIotHubNode',
  name: 'azure iot hub',
  description: 'Publishes the data of messages to an Azure IoT hub, as one of its devices.',
  category: 'external',
  icon: 'cloud-upload',
  configVersion: 1,
  config: z.object({ ...mqttSettings('The id of the device in the hub.'), credentials: sasCredentialsSchema }),
  defaults: {
    topicPattern: 'devices/<device_id>/messages/events/',
    host: '<iot-hub-name>.azure-devices.net',
    port: 8_883,
    connectTimeoutSec: 10,
    clientId: null,
    appendClientIdSuffix: false,
    retainedMessage: false,
    cleanSession: true,
    ssl: true,
    parseToPlainText: false,
    protocolVersion: 'MQTT_3_1_1',
    credentials: { type: 'sas', sasKey: null, caCert: null, cert: null, privateKey: null, password: null },
  },
  connections: ['Success'],
  keepsCopies: true,
  upgrades: { 0: (config) => ({ ...config, protocolVersion: config.protocolVersion ?? 'MQTT_3_1_1' }) },
})
