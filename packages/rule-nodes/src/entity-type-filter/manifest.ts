import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

export const entityTypeFilter = defineNode({
  type: 'entity-type-filter',
  className: 'org.thingsboard.rule.engine.filter.TbOriginatorTypeFilterNode',
  name: 'entity type filter',
  description: 'Tells messages of chosen kinds of originators from all others.',
  category: 'filter',
  icon: 'shapes',
  configVersion: 0,
  config: z.object({
    originatorTypes: z
      // Files of other editions name kinds that there are none of here; those match nothing.
      .array(z.string())
      .nullish()
      .transform((types) => types ?? [])
      .meta({ title: 'Entity types', description: 'Kinds of originators that take True.' }),
  }),
  defaults: { originatorTypes: ['DEVICE'] },
  connections: ['True', 'False'],
  upgrades: {},
})
