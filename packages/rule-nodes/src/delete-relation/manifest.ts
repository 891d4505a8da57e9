import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { relationDefaults, relationSettings } from '../relating/settings.ts'
import { turnedAround } from '../relating/upgrades.ts'

export const deleteRelation = defineNode({
  type: 'delete-relation',
  className: 'org.thingsboard.rule.engine.action.TbDeleteRelationNode',
  name: 'delete relation',
  description: 'Deletes relations of the originator: all of a type, or that to one entity.',
  category: 'action',
  icon: 'link-2-off',
  configVersion: 1,
  config: z.object({
    ...relationSettings,
    deleteForSingleEntity: z.boolean().default(false).meta({
      title: 'Only to one entity',
      description: 'Delete the relation with the entity of that name alone.',
    }),
  }),
  defaults: { ...relationDefaults, deleteForSingleEntity: false },
  connections: ['Success'],
  upgrades: { 0: turnedAround },
})
