import { z } from 'zod'
import { entityIdSchema, entityTypeSchema, uuidSchema } from './ids.ts'
import { requiredText } from './plain-text.ts'

/** Relations of one group never meet those of another; what users make is COMMON (as ThingsBoard). */
export const relationTypeGroups = [
  'COMMON',
  'DASHBOARD',
  'RULE_CHAIN',
  'RULE_NODE',
  'EDGE',
  'EDGE_AUTO_ASSIGN_RULE_CHAIN',
] as const
export const relationTypeGroupSchema = z.enum(relationTypeGroups)
export type RelationTypeGroup = z.infer<typeof relationTypeGroupSchema>

export const relationDirections = ['FROM', 'TO'] as const
export type RelationDirection = (typeof relationDirections)[number]

/** A directed link between two entities; both ends, type and group together are its key. */
export const entityRelationSchema = z.object({
  from: entityIdSchema,
  to: entityIdSchema,
  type: z.string(),
  typeGroup: relationTypeGroupSchema,
  additionalInfo: z.record(z.string(), z.unknown()).nullable(),
  version: z.number(),
})
export type EntityRelation = z.infer<typeof entityRelationSchema>

export const entityRelationInfoSchema = entityRelationSchema.extend({ fromName: z.string(), toName: z.string() })
export type EntityRelationInfo = z.infer<typeof entityRelationInfoSchema>

/** What names one relation. */
export type RelationKey = Pick<EntityRelation, 'from' | 'to' | 'type' | 'typeGroup'>

export const relationTypeSchema = requiredText('type', 'Relation type should be specified!')

const end = (side: 'from' | 'to') =>
  z.object(
    { entityType: entityTypeSchema, id: uuidSchema },
    { error: (issue) => (issue.input == null ? `Relation should contain ${side} entity!` : undefined) },
  )

export const saveRelationSchema = z.object({
  from: end('from'),
  to: end('to'),
  type: relationTypeSchema,
  typeGroup: relationTypeGroupSchema.nullish().transform((group) => group ?? 'COMMON'),
  additionalInfo: z.record(z.string(), z.unknown()).nullish(),
})
export type SaveRelation = z.output<typeof saveRelationSchema>

const searchParameters = z.object(
  {
    rootId: uuidSchema,
    rootType: entityTypeSchema,
    direction: z.enum(relationDirections),
    relationTypeGroup: relationTypeGroupSchema.nullish(),
    /** Absent: 1; 0 or less: as deep as it goes (`maxRelationLevel`). */
    maxLevel: z.number().int().nullish(),
    fetchLastLevelOnly: z.boolean().nullish(),
  },
  { error: 'Relation search parameters should be specified!' },
)

/** Relations around an entity, over several levels. */
export const entityRelationsQuerySchema = z.object({
  parameters: searchParameters,
  filters: z
    .array(
      z.object({
        relationType: z.string().max(255).nullish(),
        entityTypes: z.array(entityTypeSchema).nullish(),
        negate: z.boolean().nullish(),
      }),
    )
    .max(100)
    .nullish(),
})
export type EntityRelationsQuery = z.infer<typeof entityRelationsQuerySchema>

const searchTypes = z.array(z.string().max(255)).max(1_000).nullish()
const relatedSearch = { parameters: searchParameters, relationType: z.string().max(255).nullish() }
export const assetSearchQuerySchema = z.object({ ...relatedSearch, assetTypes: searchTypes })
export const entityViewSearchQuerySchema = z.object({ ...relatedSearch, entityViewTypes: searchTypes })
export type RelatedSearch = z.infer<z.ZodObject<typeof relatedSearch>>

/** No search goes deeper (as ThingsBoard). */
export const maxRelationLevel = 50
