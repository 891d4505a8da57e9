import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { textsSchema } from '../enriching/fields.ts'
import { flagToPlace, placeSchema, placeToPlace } from '../enriching/places.ts'

export const copyKeyValuePairs = defineNode({
  type: 'copy-key-value-pairs',
  className: 'org.thingsboard.rule.engine.transform.TbCopyKeysNode',
  name: 'copy key-value pairs',
  description: 'Copies members of the data into the metadata, or the other way.',
  category: 'transformation',
  icon: 'copy',
  configVersion: 2,
  config: z.object({
    copyFrom: placeSchema('Copy from', 'Where the keys are; copies go to the other one.'),
    keys: textsSchema({ title: 'Keys', description: 'Regular expressions; each has to match a whole key.' }).meta({
      suggest: 'data-keys',
    }),
  }),
  defaults: { copyFrom: 'DATA', keys: [] },
  connections: ['Success'],
  upgrades: {
    0: (config) => flagToPlace(config, 'copyFrom'),
    1: (config) => placeToPlace(config, { from: 'fromMetadata', to: 'copyFrom' }),
  },
})
