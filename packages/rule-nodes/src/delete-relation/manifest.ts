import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { relationDefaults, relationSettings } from '../relating/settings.ts'
import { turnedAround } from '../relating/upgrades.ts'

const toOne = { deleteForSingleEntity: [true] }

export const deleteRelation = defineNode({
  type: 'delete-relation',
  className: 'org.thingsboard.rule.engine.action.TbDeleteRelationNode',
  name: 'delete relation',
  description: 'Deletes relations of the originator: all of a type, or that to one entity.',
  category: 'action',
  icon: 'link-2-off',
  configVersion: 1,
  config: z.object({
    direction: relationSettings.direction,
    relationType: relationSettings.relationType,
    deleteForSingleEntity: z.boolean().default(false).meta({
      title: 'Only to one entity',
      description: 'Delete the relation with the entity of that name alone.',
    }),
    entityType: relationSettings.entityType.meta({ when: toOne }),
    entityNamePattern: relationSettings.entityNamePattern.meta({ when: toOne }),
    entityTypePattern: relationSettings.entityTypePattern.meta({
      description: 'Kept for export: an entity is found by its name.',
      when: { ...toOne, entityType: ['DEVICE', 'ASSET'] },
      isKept: true,
    }),
  }),
  defaults: { ...relationDefaults, deleteForSingleEntity: false },
  connections: ['Success'],
  upgrades: { 0: turnedAround },
})
