import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

export const messageTypeFilter = defineNode({
  type: 'message-type-filter',
  className: 'org.thingsboard.rule.engine.filter.TbMsgTypeFilterNode',
  name: 'message type filter',
  description: 'Tells messages of chosen types from all others.',
  category: 'filter',
  icon: 'filter',
  configVersion: 0,
  config: z.object({
    messageTypes: z.array(z.string()).default([]).meta({
      title: 'Message types',
      description: 'Types that take True; upper and lower case differ.',
      suggest: 'message-types',
    }),
  }),
  defaults: { messageTypes: ['POST_ATTRIBUTES_REQUEST', 'POST_TELEMETRY_REQUEST', 'TO_SERVER_RPC_REQUEST'] },
  connections: ['True', 'False'],
  upgrades: {},
})
