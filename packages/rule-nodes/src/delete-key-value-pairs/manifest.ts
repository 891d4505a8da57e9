import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { textsSchema } from '../enriching/fields.ts'
import { flagToPlace, placeSchema, placeToPlace } from '../enriching/places.ts'

export const deleteKeyValuePairs = defineNode({
  type: 'delete-key-value-pairs',
  className: 'org.thingsboard.rule.engine.transform.TbDeleteKeysNode',
  name: 'delete key-value pairs',
  description: 'Takes keys out of the data or the metadata.',
  category: 'transformation',
  icon: 'eraser',
  configVersion: 2,
  config: z.object({
    deleteFrom: placeSchema('Delete from', 'Where the keys are.'),
    keys: textsSchema({ title: 'Keys', description: 'Regular expressions; each has to match a whole key.' }).meta({
      suggest: 'data-keys',
    }),
  }),
  defaults: { deleteFrom: 'DATA', keys: [] },
  connections: ['Success'],
  upgrades: {
    0: (config) => flagToPlace(config, 'deleteFrom'),
    1: (config) => placeToPlace(config, { from: 'dataToFetch', to: 'deleteFrom' }),
  },
})
