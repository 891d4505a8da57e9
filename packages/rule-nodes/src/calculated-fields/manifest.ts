import { defineNode } from '@thingwire/rules'
import { emptyConfig, emptyDefaults } from '../empty-config.ts'

export const calculatedFields = defineNode({
  type: 'calculated-fields',
  className: 'org.thingsboard.rule.engine.telemetry.TbCalculatedFieldsNode',
  name: 'calculated fields and alarm rules',
  description: 'Gives values to alarm rules without storing them.',
  category: 'action',
  icon: 'square-function',
  configVersion: 0,
  config: emptyConfig,
  defaults: emptyDefaults,
  connections: ['Success'],
  upgrades: {},
})
