import { defineNode } from '@thingwire/rules'
import { emptyConfig, emptyDefaults } from '../empty-config.ts'

export const assetProfileSwitch = defineNode({
  type: 'asset-profile-switch',
  className: 'org.thingsboard.rule.engine.filter.TbAssetTypeSwitchNode',
  name: 'asset profile switch',
  description: 'Routes a message by the name of the profile of the asset it is about.',
  category: 'filter',
  icon: 'boxes',
  configVersion: 0,
  config: emptyConfig,
  defaults: emptyDefaults,
  connections: 'custom',
  upgrades: {},
})
