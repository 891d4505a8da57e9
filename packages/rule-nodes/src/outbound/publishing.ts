import type { NodeContext, NodeHandler, OutboundClient } from '@thingwire/rules'
import { externalNode, filled, plainText, success, unfit } from './external-node.ts'

type Config = {
  topicPattern: string
  clientId: string
  appendClientIdSuffix: boolean
  protocolVersion: 'MQTT_3_1' | 'MQTT_3_1_1' | 'MQTT_5'
  retainedMessage: boolean
  parseToPlainText: boolean
}

/** As the broker gets to know it; null: it makes one up. */
export const clientIdOf = (config: Config, { ports }: NodeContext): string | null => {
  const { clientId, appendClientIdSuffix, protocolVersion } = config
  if (clientId === '') return null
  const whole = appendClientIdSuffix ? `${clientId}_${ports.machine.name}` : clientId
  const most = protocolVersion === 'MQTT_3_1' ? 23 : 256
  if (whole.length > most) throw unfit(`clientId: "${whole}" has ${whole.length} characters; ${most} are allowed`)
  return whole
}

/** Publishes every message with quality of service 1; it goes on when the broker has it. */
export const publishingNode = (context: NodeContext, config: Config, client: OutboundClient<'mqtt'>): NodeHandler =>
  externalNode(context, {
    client,
    request: (message) => {
      const topic = filled(config.topicPattern, message)
      if (topic === '' || /[+#\0]/.test(topic)) throw new Error(`topicPattern: "${topic}" is no topic to publish to`)
      return {
        topic,
        payload: config.parseToPlainText ? plainText(message.data) : message.data,
        isRetained: config.retainedMessage,
      }
    },
    answered: success,
  })
