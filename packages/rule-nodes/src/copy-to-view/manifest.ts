import { defineNode } from '@thingwire/rules'
import { emptyConfig, emptyDefaults } from '../empty-config.ts'

export const copyToView = defineNode({
  type: 'copy-to-view',
  className: 'org.thingsboard.rule.engine.action.TbCopyAttributesToEntityViewNode',
  name: 'copy to view',
  description: 'Copies changed attributes to the entity views of the originator.',
  category: 'action',
  icon: 'copy-check',
  configVersion: 0,
  config: emptyConfig,
  defaults: emptyDefaults,
  connections: ['Success'],
  upgrades: {},
  answersLater: true,
})
