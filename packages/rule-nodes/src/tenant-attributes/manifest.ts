import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { mappingFields, upgradeMapping, valueSourceSchema } from '../enriching/mapped-values.ts'

export const tenantAttributes = defineNode({
  type: 'tenant-attributes',
  className: 'org.thingsboard.rule.engine.metadata.TbGetTenantAttributeNode',
  name: 'tenant attributes',
  description: 'Adds server attributes or latest telemetry of the tenant to the message.',
  category: 'enrichment',
  icon: 'building-2',
  configVersion: 1,
  config: z.object({ ...mappingFields, dataToFetch: valueSourceSchema }),
  defaults: { fetchTo: 'METADATA', dataMapping: { alarmThreshold: 'threshold' }, dataToFetch: 'ATTRIBUTES' },
  connections: ['Success'],
  upgrades: { 0: upgradeMapping },
})
