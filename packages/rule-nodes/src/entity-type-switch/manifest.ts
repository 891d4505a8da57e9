import { defineNode } from '@thingwire/rules'
import { emptyConfig, emptyDefaults } from '../empty-config.ts'
import { entityTypeLabels } from './labels.ts'

export const entityTypeSwitch = defineNode({
  type: 'entity-type-switch',
  className: 'org.thingsboard.rule.engine.filter.TbOriginatorTypeSwitchNode',
  name: 'entity type switch',
  description: 'Routes a message by the kind of the entity it is about.',
  category: 'filter',
  icon: 'split',
  configVersion: 0,
  config: emptyConfig,
  defaults: emptyDefaults,
  connections: entityTypeLabels,
  upgrades: {},
})
