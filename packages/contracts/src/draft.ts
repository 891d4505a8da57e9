import { z } from 'zod'
import { uuidSchema } from './ids.ts'

/**
 * What rule chains and dashboards have in common where they are edited: one draft, shared by all who edit, and the published
 * states that are kept.
 */
export const personSchema = z.object({ id: uuidSchema, name: z.string() })
export type Person = z.infer<typeof personSchema>

/** What is edited in drafts. */
export const editedIdSchema = z.object({ entityType: z.enum(['RULE_CHAIN', 'DASHBOARD']), id: uuidSchema })
export type EditedId = z.infer<typeof editedIdSchema>

/** Edits that are not published. */
export const draftOf = <T extends z.ZodType>(document: T) =>
  z.object({
    /** Counts saves, from 1. */
    revision: z.number().int(),
    /** The published version that the edits go out from. */
    baseVersion: z.number().int(),
    document,
    updatedTime: z.number(),
    updatedBy: personSchema.nullable(),
  })

/** `revision`: of the draft that the edits stand on; null: there was none. Refused with 409 when that is not the newest. */
export const saveDraftOf = <T extends z.ZodType>(document: T) =>
  z.object({ revision: z.number().int().nullable(), baseVersion: z.number().int(), document })

export const versionNoteSchema = z.object({ note: z.string().max(1_000).nullish() })

/** Refused with 409 when the draft or what is published is another than the publisher saw. */
export const publishDraftSchema = versionNoteSchema.extend({
  revision: z.number().int(),
  version: z.number().int(),
})
export type PublishDraft = z.infer<typeof publishDraftSchema>

/** A published state. The oldest are forgotten. */
export const publishedVersionSchema = z.object({
  version: z.number().int(),
  createdTime: z.number(),
  /** Null: the platform, or a user who is gone. */
  user: personSchema.nullable(),
  note: z.string().nullable(),
})

/** When something was done, and by whom; the user is null where it was the platform, or where they are gone. */
export const deedSchema = z.object({ time: z.number(), user: personSchema.nullable() })
