import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { defaultRelationsQuery, relationsQuerySchema } from '../enriching/fields.ts'
import { mappingFields, upgradeMapping } from '../enriching/mapped-values.ts'

export const relatedEntityData = defineNode({
  type: 'related-entity-data',
  className: 'org.thingsboard.rule.engine.metadata.TbGetRelatedAttributeNode',
  name: 'related entity data',
  description: 'Adds attributes, latest telemetry or fields of a related entity to the message.',
  category: 'enrichment',
  icon: 'waypoints',
  configVersion: 1,
  config: z.object({
    ...mappingFields,
    dataToFetch: z.enum(['ATTRIBUTES', 'LATEST_TELEMETRY', 'FIELDS']).meta({
      title: 'Read',
      description:
        'Server attributes, the latest telemetry, or fields of the entity such as name or additionalInfo.size.',
    }),
    relationsQuery: relationsQuerySchema,
  }),
  defaults: {
    fetchTo: 'METADATA',
    dataMapping: { serialNumber: 'sn' },
    dataToFetch: 'ATTRIBUTES',
    relationsQuery: defaultRelationsQuery,
  },
  connections: ['Success'],
  upgrades: { 0: upgradeMapping },
})
