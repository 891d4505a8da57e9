import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { mappingSchema } from '../enriching/fields.ts'
import { flagToPlace, placeSchema, placeToPlace } from '../enriching/places.ts'

export const renameKeys = defineNode({
  type: 'rename-keys',
  className: 'org.thingsboard.rule.engine.transform.TbRenameKeysNode',
  name: 'rename keys',
  description: 'Gives keys of the data or the metadata other names.',
  category: 'transformation',
  icon: 'pencil-line',
  configVersion: 2,
  config: z.object({
    renameIn: placeSchema('Rename in', 'Where the keys are.'),
    renameKeysMapping: mappingSchema({
      title: 'Names',
      description: 'Old name to new name; exact, of the top level.',
    }).meta({ suggest: 'data-keys', columns: ['Old name', 'New name'] }),
  }),
  defaults: { renameIn: 'DATA', renameKeysMapping: { temperatureCelsius: 'temperature' } },
  connections: ['Success'],
  upgrades: {
    0: (config) => flagToPlace(config, 'renameIn'),
    1: (config) => placeToPlace(config, { from: 'fromMetadata', to: 'renameIn' }),
  },
})
