import { defineNode } from '@thingwire/rules'
import { emptyConfig, emptyDefaults } from '../empty-config.ts'

export const ruleChainOutput = defineNode({
  type: 'rule-chain-output',
  className: 'org.thingsboard.rule.engine.flow.TbRuleChainOutputNode',
  name: 'output',
  description: 'Goes back to the chain that called this one, along the connection named like this node.',
  category: 'flow',
  icon: 'log-out',
  configVersion: 0,
  config: emptyConfig,
  defaults: emptyDefaults,
  connections: [],
  upgrades: {},
})
