import { defineNode } from '@thingwire/rules'
import { emptyConfig, emptyDefaults } from '../empty-config.ts'

export const acknowledge = defineNode({
  type: 'acknowledge',
  className: 'org.thingsboard.rule.engine.flow.TbAckNode',
  name: 'acknowledge',
  description: 'Declares a message done; what happens to it afterwards no longer counts as lost.',
  category: 'flow',
  icon: 'check-check',
  configVersion: 0,
  config: emptyConfig,
  defaults: emptyDefaults,
  connections: ['Success'],
  upgrades: {},
})
