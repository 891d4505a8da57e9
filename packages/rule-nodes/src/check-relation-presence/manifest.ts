import { relationDirections } from '@thingwire/contracts'
import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { flipped } from '../relating/upgrades.ts'

export const checkRelationPresence = defineNode({
  type: 'check-relation-presence',
  className: 'org.thingsboard.rule.engine.filter.TbCheckRelationNode',
  name: 'check relation presence',
  description: 'Looks whether the originator is related to an entity, or to any.',
  category: 'filter',
  icon: 'link',
  configVersion: 1,
  config: z.object({
    direction: z.enum(relationDirections).meta({
      title: 'Direction',
      description: 'Which end of the relation the originator is.',
      words: { FROM: 'From the originator', TO: 'To the originator' },
    }),
    checkForSingleEntity: z
      .boolean()
      .default(false)
      .meta({ title: 'A certain entity', description: 'Off: any entity will do.' }),
    entityType: z
      .string()
      .nullish()
      .meta({
        title: 'Entity type',
        description: 'Of the entity that is looked for.',
        editor: 'entity-type',
        when: { checkForSingleEntity: [true] },
      }),
    entityId: z
      .string()
      .nullish()
      .meta({
        title: 'Entity',
        description: 'The one that is looked for.',
        editor: 'entity',
        typeFrom: 'entityType',
        when: { checkForSingleEntity: [true] },
      }),
    relationType: z.string().nullish().meta({
      title: 'Relation type',
      description: 'The exact type, such as Contains or Manages.',
      suggest: 'relation-types',
    }),
  }),
  defaults: {
    direction: 'FROM',
    checkForSingleEntity: true,
    entityType: null,
    entityId: null,
    relationType: 'Contains',
  },
  connections: ['True', 'False'],
  upgrades: { 0: (config) => ({ ...config, direction: flipped(config.direction) }) },
})
