import { defineHandler, withMetadata } from '@thingwire/rules'
import { z } from 'zod'
import { requireAll } from '../outbound/aws.ts'
import { externalNode, filled, unfit } from '../outbound/external-node.ts'
import { gcpPubsub } from './manifest.ts'

const keySchema = z.object({ client_email: z.string().min(1), private_key: z.string().min(1) })

const isKey = (text: string): boolean => {
  try {
    return keySchema.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}

export const gcpPubsubHandler = defineHandler(gcpPubsub, (config, context) => {
  const { projectId, topicName: topic, serviceAccountKey, messageAttributes } = config
  requireAll({ projectId, topicName: topic })
  if (!isKey(serviceAccountKey))
    throw unfit('serviceAccountKey: a JSON file with client_email and private_key is expected')
  const client = context.ports.outbound.open(
    'gcp-pubsub',
    { serviceAccountKey },
    { nodeName: context.nodeName, suspended: context.suspended },
  )
  return externalNode(context, {
    client,
    request: (message) => {
      const attributes = Object.entries(messageAttributes).map(([name, value]) => [
        filled(name, message),
        filled(value, message),
      ])
      return { projectId, topic, data: message.data, attributes: Object.fromEntries(attributes) }
    },
    answered: (message, { messageId }) => ({ message: withMetadata(message, { messageId }), connection: 'Success' }),
  })
})
