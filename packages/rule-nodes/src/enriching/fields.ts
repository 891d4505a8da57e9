import { relationDirections } from '@thingwire/contracts'
import type { RelationSearch } from '@thingwire/rules'
import { z } from 'zod'

type Meta = { title: string; description: string; isPattern?: boolean; suggest?: string; columns?: readonly string[] }

/** A list of texts; absent or null in old files: empty. */
export const textsSchema = (meta: Meta) =>
  z
    .array(z.string())
    .nullish()
    .transform((list) => list ?? [])
    .meta(meta)

/** Names to names, such as which key becomes which. */
export const mappingSchema = (meta: Meta) =>
  z
    .record(z.string(), z.string())
    .nullish()
    .transform((mapping) => mapping ?? {})
    .meta(meta)

const direction = z.enum(relationDirections).meta({
  title: 'Direction',
  description: 'FROM: along relations that leave the originator; TO: against those that reach it.',
  words: { FROM: 'From the originator', TO: 'To the originator' },
})
const maxLevel = z
  .number()
  .int()
  .default(1)
  .meta({ title: 'Levels', description: 'How many relations away it may be; 0 or less: as far as they go.' })
const fetchLastLevelOnly = z
  .boolean()
  .default(false)
  .meta({ title: 'Last level only', description: 'Leave out what lies on the way.' })

const relationType = (description: string) =>
  z
    .string()
    .nullish()
    .transform((text) => text ?? '')
    .meta({ title: 'Relation type', description, suggest: 'relation-types' })

/** `relationsQuery` of a node: which related entity it works with. */
export const relationsQuerySchema = z
  .object({
    direction,
    maxLevel,
    fetchLastLevelOnly,
    filters: z
      .array(
        z.object({
          relationType: relationType('Empty: any type.'),
          entityTypes: z
            // Files of other editions name kinds that there are none of here; those match nothing.
            .array(z.string())
            .nullish()
            .transform((types) => types ?? [])
            .meta({
              title: 'Entity types',
              description: 'Kinds of entities that count; none: all.',
              suggest: 'entity-types',
            }),
          negate: z.boolean().nullish().meta({
            title: 'Other types',
            description: 'Kept as it is in the file; this search takes no notice of it.',
            isKept: true,
          }),
        }),
      )
      .nullish()
      .transform((filters) => filters ?? [])
      .meta({ title: 'Filters', description: 'Relations that count: those that any of these describes; none: all.' }),
  })
  .meta({
    title: 'Relations',
    description: 'Which relations lead to the entity. The first one found is taken.',
    editor: 'relations',
  })

/** `deviceRelationsQuery` of a node: which related device it works with. */
export const deviceRelationsQuerySchema = z
  .object({
    direction,
    maxLevel,
    fetchLastLevelOnly,
    relationType: relationType('Type of the relations to follow; empty: any.'),
    deviceTypes: textsSchema({
      title: 'Device profiles',
      description: 'Names of the profiles that the device may have; none: any.',
    }).meta({ suggest: 'device-profiles' }),
  })
  .meta({
    title: 'Device relations',
    description: 'Which relations lead to the device. The first one found is taken.',
    editor: 'relations',
  })

export type RelationsQuery = z.output<typeof relationsQuerySchema>

/** A search from this entity. */
export const searchOf = (
  root: RelationSearch['root'],
  { direction, maxLevel, fetchLastLevelOnly, filters }: RelationsQuery,
): RelationSearch => ({
  root,
  direction,
  maxLevel,
  fetchLastLevelOnly,
  filters: filters.map(({ relationType, entityTypes }) => ({ relationType, entityTypes })),
})

export const defaultRelationsQuery = {
  direction: 'FROM' as const,
  maxLevel: 1,
  filters: [{ relationType: 'Contains', entityTypes: [], negate: false }],
  fetchLastLevelOnly: false,
}
