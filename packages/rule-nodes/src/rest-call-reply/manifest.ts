import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

const attributeName = (fallback: string, title: string, description: string) =>
  z
    .string()
    .nullish()
    .transform((name) => name?.trim() || fallback)
    .meta({ title, description })

export const restCallReply = defineNode({
  type: 'rest-call-reply',
  className: 'org.thingsboard.rule.engine.rest.TbSendRestApiCallReplyNode',
  name: 'rest call reply',
  description: 'Answers a REST call into the rule engine.',
  category: 'action',
  icon: 'corner-up-left',
  configVersion: 0,
  config: z.object({
    serviceIdMetaDataAttribute: attributeName('serviceId', 'Service', 'Metadata entry that names the process.'),
    requestIdMetaDataAttribute: attributeName('requestUUID', 'Request', 'Metadata entry that names the request.'),
  }),
  defaults: { serviceIdMetaDataAttribute: 'serviceId', requestIdMetaDataAttribute: 'requestUUID' },
  connections: ['Success'],
  upgrades: {},
})
