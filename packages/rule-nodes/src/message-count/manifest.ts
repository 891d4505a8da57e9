import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

export const messageCount = defineNode({
  type: 'message-count',
  className: 'org.thingsboard.rule.engine.action.TbMsgCountNode',
  name: 'message count',
  description: 'Counts messages, and tells the number at an interval.',
  category: 'action',
  icon: 'sigma',
  configVersion: 0,
  config: z.object({
    telemetryPrefix: z.string().min(1).max(200).meta({
      title: 'Prefix',
      description: 'The number is told as this, an underscore, and the name of the machine.',
    }),
    interval: z.number().int().min(1).meta({ title: 'Interval', description: 'In seconds.', suffix: 's' }),
  }),
  defaults: { telemetryPrefix: 'messageCount', interval: 1 },
  connections: ['Success'],
  upgrades: {},
  answersLater: true,
  worksAlone: true,
})
