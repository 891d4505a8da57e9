import { defineNode } from '@thingwire/rules'
import { emptyConfig, emptyDefaults } from '../empty-config.ts'

export const splitArrayMsg = defineNode({
  type: 'split-array-msg',
  className: 'org.thingsboard.rule.engine.transform.TbSplitArrayMsgNode',
  name: 'split array msg',
  description: 'Makes a message of each item of a list.',
  category: 'transformation',
  icon: 'split',
  configVersion: 0,
  config: emptyConfig,
  defaults: emptyDefaults,
  connections: ['Success'],
  upgrades: {},
})
