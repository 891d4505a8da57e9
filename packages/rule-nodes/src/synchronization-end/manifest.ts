import { defineNode } from '@thingwire/rules'
import { emptyConfig, emptyDefaults } from '../empty-config.ts'

export const synchronizationEnd = defineNode({
  type: 'synchronization-end',
  className: 'org.thingsboard.rule.engine.transaction.TbSynchronizationEndNode',
  name: 'synchronization end',
  description: 'Passes messages on. Queues that work in sequence do what it was made for.',
  category: 'action',
  icon: 'unlink',
  configVersion: 0,
  config: emptyConfig,
  defaults: emptyDefaults,
  connections: ['Success'],
  upgrades: {},
})
