import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { fetchToSchema } from '../enriching/fetch-to.ts'
import { mappingSchema } from '../enriching/fields.ts'

export const originatorFields = defineNode({
  type: 'originator-fields',
  className: 'org.thingsboard.rule.engine.metadata.TbGetOriginatorFieldsNode',
  name: 'originator fields',
  description: 'Adds fields of the originator, such as its name or label, to the message.',
  category: 'enrichment',
  icon: 'text-cursor-input',
  configVersion: 1,
  config: z.object({
    fetchTo: fetchToSchema,
    dataMapping: mappingSchema({
      title: 'Fields',
      description: 'Path of a field, such as additionalInfo.gateway, and the key under which it is added.',
      isPattern: true,
      suggest: 'entity-fields',
      columns: ['Field', 'Key to add'],
    }),
    ignoreNullStrings: z.boolean().default(false).meta({
      title: 'Leave empty ones out',
      description: 'Otherwise a field that is null is added as the text null, and an empty one as an empty text.',
    }),
  }),
  defaults: {
    fetchTo: 'METADATA',
    dataMapping: { name: 'originatorName', type: 'originatorType' },
    ignoreNullStrings: false,
  },
  connections: ['Success'],
  upgrades: {
    0: ({ fieldsMapping, ...config }) => {
      if ('dataMapping' in config) return config
      if (typeof fieldsMapping !== 'object' || fieldsMapping === null) throw new Error('fieldsMapping is no object')
      return { ...config, dataMapping: fieldsMapping, fetchTo: 'METADATA' }
    },
  },
})
