import { defineHandler, withMetadata } from '@thingwire/rules'
import { regionOf, requireAll } from '../outbound/aws.ts'
import { externalNode, filled } from '../outbound/external-node.ts'
import { awsSqs } from './manifest.ts'

export const awsSqsHandler = defineHandler(awsSqs, (config, context) => {
  const { accessKeyId, secretAccessKey, region, queueType, messageAttributes } = config
  requireAll({ accessKeyId, secretAccessKey, region })
  const isFifo = queueType === 'FIFO'
  const client = context.ports.outbound.open(
    'aws-sqs',
    { accessKeyId, secretAccessKey, region: regionOf(region) },
    { nodeName: context.nodeName, suspended: context.suspended },
  )
  return externalNode(context, {
    client,
    request: (message) => {
      const queueUrl = filled(config.queueUrlPattern, message)
      if (!/^https?:\/\/./i.test(queueUrl)) throw new Error(`queueUrlPattern: "${queueUrl}" is no URL`)
      const attributes = Object.entries(messageAttributes).map(([name, value]) => [
        filled(name, message),
        filled(value, message),
      ])
      return {
        queueUrl,
        body: message.data,
        delaySeconds: isFifo ? 0 : config.delaySeconds,
        attributes: Object.fromEntries(attributes),
        fifo: isFifo ? { deduplicationId: message.id, groupId: message.originator.id } : null,
      }
    },
    answered: (message, answer) => ({ message: withMetadata(message, answer), connection: 'Success' }),
  })
})
