import { defineNode } from '@thingwire/rules'
import { emptyConfig, emptyDefaults } from '../empty-config.ts'

export const synchronizationStart = defineNode({
  type: 'synchronization-start',
  className: 'org.thingsboard.rule.engine.transaction.TbSynchronizationBeginNode',
  name: 'synchronization start',
  description: 'Passes messages on. Queues that work in sequence do what it was made for.',
  category: 'action',
  icon: 'link',
  configVersion: 0,
  config: emptyConfig,
  defaults: emptyDefaults,
  connections: ['Success'],
  upgrades: {},
})
