import { defineHandler } from '@thingwire/rules'
import { externalNode, filled, success, unfit } from '../outbound/external-node.ts'
import { sendToSlack } from './manifest.ts'

export const sendToSlackHandler = defineHandler(sendToSlack, (config, context) => {
  const channel = config.conversation?.id.trim() ?? ''
  if (channel === '') throw unfit('conversation: the node does not know where to write')
  if (config.messageTemplate === '') throw unfit('messageTemplate: there is nothing to say')
  const client = context.ports.outbound.open(
    'slack',
    { botToken: config.useSystemSettings ? null : config.botToken },
    { nodeName: context.nodeName, suspended: context.suspended },
  )
  return externalNode(context, {
    client,
    request: (message) => ({ channel, text: filled(config.messageTemplate, message) }),
    answered: success,
  })
})
