import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { textsSchema } from '../enriching/fields.ts'

export const checkFieldsPresence = defineNode({
  type: 'check-fields-presence',
  className: 'org.thingsboard.rule.engine.filter.TbCheckMessageNode',
  name: 'check fields presence',
  description: 'Tells messages that have certain data and metadata keys from those that lack them.',
  category: 'filter',
  icon: 'list-checks',
  configVersion: 0,
  config: z.object({
    messageNames: textsSchema({
      title: 'Data keys',
      description: 'Members that the data, a JSON object, has to have; null counts as a value.',
    }).meta({ suggest: 'data-keys' }),
    metadataNames: textsSchema({ title: 'Metadata keys', description: 'Keys that the metadata has to have.' }).meta({
      suggest: 'metadata-keys',
    }),
    checkAllKeys: z.boolean().default(false).meta({
      title: 'All of them',
      description: 'On: every key has to be there. Off: one is enough.',
    }),
  }),
  defaults: { messageNames: [], metadataNames: [], checkAllKeys: true },
  connections: ['True', 'False'],
  upgrades: {},
})
