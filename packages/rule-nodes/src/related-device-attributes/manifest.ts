import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { attributeDefaults, attributeSettings, flagToFetchTo } from '../enriching/attributes.ts'
import { deviceRelationsQuerySchema } from '../enriching/fields.ts'

export const relatedDeviceAttributes = defineNode({
  type: 'related-device-attributes',
  className: 'org.thingsboard.rule.engine.metadata.TbGetDeviceAttrNode',
  name: 'related device attributes',
  description: 'Adds attributes and latest telemetry of a device that the originator is related to.',
  category: 'enrichment',
  icon: 'network',
  configVersion: 1,
  config: z.object({ ...attributeSettings, deviceRelationsQuery: deviceRelationsQuerySchema }),
  defaults: {
    ...attributeDefaults,
    deviceRelationsQuery: {
      direction: 'FROM',
      maxLevel: 1,
      relationType: 'Contains',
      deviceTypes: ['default'],
      fetchLastLevelOnly: false,
    },
  },
  connections: ['Success'],
  upgrades: { 0: flagToFetchTo },
})
