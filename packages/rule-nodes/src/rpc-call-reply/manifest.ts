import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

/** Empty and absent mean the default: exports of old versions have both. */
const attributeName = (fallback: string, title: string, description: string) =>
  z
    .string()
    .nullish()
    .transform((name) => name?.trim() || fallback)
    .meta({ title, description })

export const rpcCallReply = defineNode({
  type: 'rpc-call-reply',
  className: 'org.thingsboard.rule.engine.rpc.TbSendRPCReplyNode',
  name: 'rpc call reply',
  description: 'Answers a request that a device made.',
  category: 'action',
  icon: 'reply',
  configVersion: 0,
  config: z.object({
    serviceIdMetaDataAttribute: attributeName('serviceId', 'Service', 'Metadata entry that names the process.'),
    sessionIdMetaDataAttribute: attributeName('sessionId', 'Session', 'Metadata entry that names the session.'),
    requestIdMetaDataAttribute: attributeName('requestId', 'Request', 'Metadata entry that names the request.'),
  }),
  defaults: {
    serviceIdMetaDataAttribute: 'serviceId',
    sessionIdMetaDataAttribute: 'sessionId',
    requestIdMetaDataAttribute: 'requestId',
  },
  connections: ['Success'],
  upgrades: {},
})
