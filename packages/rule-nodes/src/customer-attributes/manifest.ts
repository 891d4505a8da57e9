import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { mappingFields, upgradeMapping, valueSourceSchema } from '../enriching/mapped-values.ts'

export const customerAttributes = defineNode({
  type: 'customer-attributes',
  className: 'org.thingsboard.rule.engine.metadata.TbGetCustomerAttributeNode',
  name: 'customer attributes',
  description: 'Adds server attributes or latest telemetry of the customer of the originator to the message.',
  category: 'enrichment',
  icon: 'contact',
  configVersion: 1,
  config: z.object({ ...mappingFields, dataToFetch: valueSourceSchema }),
  defaults: { fetchTo: 'METADATA', dataMapping: { alarmThreshold: 'threshold' }, dataToFetch: 'ATTRIBUTES' },
  connections: ['Success'],
  upgrades: { 0: upgradeMapping },
})
