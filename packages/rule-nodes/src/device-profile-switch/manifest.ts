import { defineNode } from '@thingwire/rules'
import { emptyConfig, emptyDefaults } from '../empty-config.ts'

export const deviceProfileSwitch = defineNode({
  type: 'device-profile-switch',
  className: 'org.thingsboard.rule.engine.filter.TbDeviceTypeSwitchNode',
  name: 'device profile switch',
  description: 'Routes a message by the name of the profile of the device it is about.',
  category: 'filter',
  icon: 'cpu',
  configVersion: 0,
  config: emptyConfig,
  defaults: emptyDefaults,
  connections: 'custom',
  upgrades: {},
})
