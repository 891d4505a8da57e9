import type { EntityType } from '@thingwire/contracts'
import { z } from 'zod'

/** Kinds that a relation node finds by name. */
export const relatedTypes = [
  'TENANT',
  'DEVICE',
  'ASSET',
  'CUSTOMER',
  'ENTITY_VIEW',
  'DASHBOARD',
  'EDGE',
  'USER',
] as const satisfies readonly EntityType[]

const pattern = (title: string, description: string) =>
  z
    .string()
    .nullish()
    .transform((text) => text ?? '')
    .meta({ title, description })

/** What create relation and delete relation have in common. */
export const relationSettings = {
  direction: z.enum(['FROM', 'TO']).meta({
    title: 'Direction',
    description: 'Which end of the relation the originator is.',
    words: { FROM: 'From the originator', TO: 'To the originator' },
  }),
  relationType: pattern('Relation type', 'Such as Contains or Manages.').meta({
    isPattern: true,
    suggest: 'relation-types',
  }),
  entityType: z
    .enum(relatedTypes)
    .nullish()
    .transform((type) => type ?? null)
    .meta({ title: 'Entity type', description: 'Of the other entity.' }),
  entityNamePattern: pattern('Entity name', 'Name, title or e-mail of the other entity.').meta({ isPattern: true }),
  entityTypePattern: pattern('Profile', 'Name of the profile of a device or asset that is made.').meta({
    isPattern: true,
    suggest: 'device-profiles',
  }),
}

export const relationDefaults = {
  direction: 'FROM',
  relationType: 'Contains',
  entityType: null,
  entityNamePattern: '',
  entityTypePattern: null,
} as const
