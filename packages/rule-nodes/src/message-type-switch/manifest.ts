import { messageTypeLabels } from '@thingwire/contracts'
import { defineNode } from '@thingwire/rules'
import { emptyConfig, emptyDefaults } from '../empty-config.ts'

const labels = [...new Set(Object.values(messageTypeLabels).filter((label) => label !== null))]

export const messageTypeSwitch = defineNode({
  type: 'message-type-switch',
  className: 'org.thingsboard.rule.engine.filter.TbMsgTypeSwitchNode',
  name: 'message type switch',
  description: 'Routes a message by its type: telemetry, attributes, RPC, alarms, life-cycle events.',
  category: 'filter',
  icon: 'split',
  configVersion: 0,
  config: emptyConfig,
  defaults: emptyDefaults,
  connections: [...labels, 'Other'],
  formerLabels: { 'RPC Request': 'RPC Request from Device' },
  upgrades: {},
})
