import { defineHandler, withMetadata } from '@thingwire/rules'
import { regionOf, requireAll } from '../outbound/aws.ts'
import { externalNode, filled } from '../outbound/external-node.ts'
import { awsSns } from './manifest.ts'

export const awsSnsHandler = defineHandler(awsSns, (config, context) => {
  const { accessKeyId, secretAccessKey, region } = config
  requireAll({ accessKeyId, secretAccessKey, region })
  const client = context.ports.outbound.open(
    'aws-sns',
    { accessKeyId, secretAccessKey, region: regionOf(region) },
    { nodeName: context.nodeName, suspended: context.suspended },
  )
  return externalNode(context, {
    client,
    request: (message) => ({
      topicArn: filled(config.topicArnPattern, message),
      message: message.data,
      groupId: message.originator.id,
    }),
    answered: (message, { messageId, requestId }) => ({
      message: withMetadata(message, { messageId, requestId }),
      connection: 'Success',
    }),
  })
})
