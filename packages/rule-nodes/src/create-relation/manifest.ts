import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { relatedTypes, relationDefaults, relationSettings } from '../relating/settings.ts'
import { turnedAround } from '../relating/upgrades.ts'

/** The tenant needs no name. */
const named = [null, ...relatedTypes.filter((type) => type !== 'TENANT')]

export const createRelation = defineNode({
  type: 'create-relation',
  className: 'org.thingsboard.rule.engine.action.TbCreateRelationNode',
  name: 'create relation',
  description: 'Relates the originator to an entity that is found by its name, or made.',
  category: 'action',
  icon: 'link-2',
  configVersion: 1,
  config: z.object({
    ...relationSettings,
    entityNamePattern: relationSettings.entityNamePattern.meta({ when: { entityType: named } }),
    entityTypePattern: relationSettings.entityTypePattern.meta({
      when: { entityType: ['DEVICE', 'ASSET'], createEntityIfNotExists: [true] },
    }),
    createEntityIfNotExists: z
      .boolean()
      .default(false)
      .meta({
        title: 'Create missing entities',
        description: 'Make the other entity when there is none of that name: devices, assets and customers.',
        when: { entityType: ['DEVICE', 'ASSET', 'CUSTOMER'] },
      }),
    changeOriginatorToRelatedEntity: z.boolean().default(false).meta({
      title: 'Go on with the other entity',
      description: 'The message that leaves is about the other entity.',
    }),
    removeCurrentRelations: z.boolean().default(false).meta({
      title: 'Remove present relations',
      description: 'First delete all relations of the originator in that direction and of that type.',
    }),
  }),
  defaults: {
    ...relationDefaults,
    createEntityIfNotExists: false,
    changeOriginatorToRelatedEntity: false,
    removeCurrentRelations: false,
  },
  connections: ['Success'],
  upgrades: { 0: turnedAround },
})
