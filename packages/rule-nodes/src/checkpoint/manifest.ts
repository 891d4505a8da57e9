import { defineNode } from '@thingwire/rules'
import { emptyConfig, emptyDefaults } from '../empty-config.ts'

export const checkpoint = defineNode({
  type: 'checkpoint',
  className: 'org.thingsboard.rule.engine.flow.TbCheckpointNode',
  name: 'checkpoint',
  description: 'Sends messages through another queue; what follows runs by the strategies of that queue.',
  category: 'flow',
  icon: 'flag',
  configVersion: 1,
  config: emptyConfig,
  defaults: emptyDefaults,
  connections: ['Success'],
  // The name of the queue left the configuration, which happens to every node that has one.
  upgrades: { 0: (config) => config },
  hasQueueName: true,
})
