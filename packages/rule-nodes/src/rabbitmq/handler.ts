import { defineHandler } from '@thingwire/rules'
import { externalNode, filled, success, unfit } from '../outbound/external-node.ts'
import { rabbitmq } from './manifest.ts'

const bytes = 'application/octet-stream'

/** The ready-made properties of RabbitMQ's Java client. */
const properties = {
  BASIC: { contentType: bytes, deliveryMode: 1, priority: 0 },
  TEXT_PLAIN: { contentType: 'text/plain', deliveryMode: 1, priority: 0 },
  MINIMAL_BASIC: {},
  MINIMAL_PERSISTENT_BASIC: { deliveryMode: 2 },
  PERSISTENT_BASIC: { contentType: bytes, deliveryMode: 2, priority: 0 },
  PERSISTENT_TEXT_PLAIN: { contentType: 'text/plain', deliveryMode: 2, priority: 0 },
} as const

type Name = keyof typeof properties
const isName = (name: string): name is Name => Object.hasOwn(properties, name)

const propertiesOf = (name: string | null | undefined) => {
  if (!name) return null
  if (!isName(name)) throw new Error(`messageProperties: ${name} is unknown`)
  return properties[name]
}

export const rabbitmqHandler = defineHandler(rabbitmq, (config, context) => {
  if (config.host.trim() === '') throw unfit('host: the node does not know where the broker is')
  const client = context.ports.outbound.open(
    'rabbitmq',
    {
      host: config.host.trim(),
      port: config.port,
      virtualHost: config.virtualHost || '/',
      username: config.username,
      password: config.password,
      connectionTimeoutMs: config.connectionTimeout,
      handshakeTimeoutMs: config.handshakeTimeout,
      clientProperties: config.clientProperties,
    },
    { nodeName: context.nodeName, suspended: context.suspended },
  )
  return externalNode(context, {
    client,
    request: (message) => ({
      exchange: filled(config.exchangeNamePattern, message),
      routingKey: filled(config.routingKeyPattern, message),
      body: message.data,
      properties: propertiesOf(config.messageProperties),
    }),
    answered: success,
  })
})
