import type { Message } from '@thingwire/contracts'
import { defineHandler, withMetadata } from '@thingwire/rules'
import { externalNode, filled, unfit } from '../outbound/external-node.ts'
import { kafka } from './manifest.ts'

/** What consumers written for ThingsBoard look for. */
const headerPrefix = 'tb_msg_md_'

const charsets = ['UTF-8', 'US-ASCII', 'ISO-8859-1', 'UTF-16', 'UTF-16BE', 'UTF-16LE']
const protocols = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL']

export const kafkaHandler = defineHandler(kafka, (config, context) => {
  const headersCharset = config.kafkaHeadersCharset.toUpperCase()
  if (!charsets.includes(headersCharset)) throw unfit(`kafkaHeadersCharset: ${config.kafkaHeadersCharset} is unknown`)
  const protocol = config.otherProperties['security.protocol'] ?? 'PLAINTEXT'
  if (!protocols.includes(protocol.toUpperCase())) throw unfit(`security.protocol: ${protocol} is unknown`)
  if (config.bootstrapServers.trim() === '') throw unfit('bootstrapServers: there is no broker to begin with')
  const client = context.ports.outbound.open(
    'kafka',
    {
      bootstrapServers: config.bootstrapServers,
      acks: config.acks === '0' ? 0 : config.acks === '1' ? 1 : -1,
      retries: config.retries,
      headersCharset,
      properties: config.otherProperties,
    },
    { nodeName: context.nodeName, suspended: context.suspended },
  )
  const headers = ({ metadata }: Message): [string, string][] =>
    config.addMetadataKeyValuesAsKafkaHeaders
      ? Object.entries(metadata).map(([key, value]) => [`${headerPrefix}${key}`, value])
      : []
  return externalNode(context, {
    client,
    request: (message) => ({
      topic: filled(config.topicPattern, message),
      key: config.keyPattern === '' ? null : filled(config.keyPattern, message),
      value: message.data,
      headers: headers(message),
    }),
    answered: (message, { topic, partition, offset }) => ({
      message: withMetadata(message, { offset, partition: String(partition), topic }),
      connection: 'Success',
    }),
  })
})
