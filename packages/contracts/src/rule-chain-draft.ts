import { z } from 'zod'
import { deedSchema, draftOf, publishedVersionSchema, saveDraftOf } from './draft.ts'
import { entityIdSchema, uuidSchema } from './ids.ts'
import { nodeConnectionSchema, ruleChainNoteSchema, ruleNodeSchema } from './rule-chain.ts'

/**
 * What is edited of a rule chain: its drawing and its tests. Every node has an id, new ones too, so that edits, traces and
 * differences speak of the same node before and after it is published. A draft may hold what could not be published.
 */
export const chainDocumentSchema = z.object({
  metadata: z.object({
    firstNodeIndex: z.number().int().min(0).nullable(),
    nodes: z.array(ruleNodeSchema.extend({ name: z.string().max(255) })).max(5_000),
    connections: z.array(nodeConnectionSchema).max(20_000),
    notes: z.array(ruleChainNoteSchema).max(2_000).nullish(),
  }),
  tests: z.array(z.unknown()).max(1_000).default([]),
})
export type ChainDocumentData = z.infer<typeof chainDocumentSchema>

/** Edits that are not published; one draft a chain, shared by all who edit it. */
export const ruleChainDraftSchema = draftOf(chainDocumentSchema).extend({ ruleChainId: uuidSchema })
export type RuleChainDraft = z.infer<typeof ruleChainDraftSchema>

export const saveRuleChainDraftSchema = saveDraftOf(chainDocumentSchema)
export type SaveRuleChainDraft = z.infer<typeof saveRuleChainDraftSchema>

export const savedRuleChainDraftSchema = ruleChainDraftSchema.omit({ document: true })
export type SavedRuleChainDraft = z.infer<typeof savedRuleChainDraftSchema>

/** A published state of a chain. */
export const ruleChainVersionSchema = publishedVersionSchema.extend({
  nodes: z.number().int(),
  connections: z.number().int(),
})
export type RuleChainVersion = z.infer<typeof ruleChainVersionSchema>

export const ruleChainVersionDocumentSchema = ruleChainVersionSchema.extend({ document: chainDocumentSchema })
export type RuleChainVersionDocument = z.infer<typeof ruleChainVersionDocumentSchema>

const placeOfNode = {
  ruleChainId: uuidSchema,
  ruleChainName: z.string(),
  ruleNodeId: uuidSchema,
  ruleNodeName: z.string(),
}

/** What would miss a chain: nodes that call it, profiles that begin with it. */
export const ruleChainUsesSchema = z.object({
  isRoot: z.boolean(),
  nodes: z.array(z.object(placeOfNode)),
  profiles: z.array(z.object({ id: entityIdSchema, name: z.string() })),
})
export type RuleChainUses = z.infer<typeof ruleChainUsesSchema>

/** A node of some chain in whose name, description or configuration a text was found. */
export const ruleNodeMatchSchema = z.object({
  ...placeOfNode,
  type: z.string(),
  where: z.enum(['name', 'description', 'configuration']),
  /** The text around the place, some 120 characters. */
  excerpt: z.string(),
})
export type RuleNodeMatch = z.infer<typeof ruleNodeMatchSchema>

/** What lists tell of a chain beside its name. */
export const ruleChainSummarySchema = z.object({
  ruleChainId: uuidSchema,
  nodes: z.number().int(),
  /** Nodes that call it and profiles that begin with it. */
  uses: z.number().int(),
  /** When it was last published, and by whom; null: not since versions are kept. */
  published: deedSchema.nullable(),
  /** When somebody last edited it without publishing. */
  draft: deedSchema.nullable(),
})
export type RuleChainSummary = z.infer<typeof ruleChainSummarySchema>

/** The members of a node's `additionalInfo` that are Thingwire's own; ThingsBoard keeps them without looking. */
export const nodeExtrasSchema = z.object({
  /** Messages pass the node by, unchanged, along this label; null: they end there. Absent: the node works. */
  bypass: z
    .object({ label: z.string().max(255).nullable() })
    .nullish()
    .catch(null),
  /** The id of the group (a note with `group`) that the node belongs to. */
  group: z.string().max(64).nullish().catch(null),
})
export type NodeExtras = z.infer<typeof nodeExtrasSchema>

export const chainColors = ['grey', 'blue', 'green', 'amber', 'red', 'violet'] as const
export type ChainColor = (typeof chainColors)[number]

/** The members of a note that are Thingwire's own. With `group` the note frames nodes, and its content is their title. */
export const noteExtrasSchema = z.object({
  color: z.enum(chainColors).nullish().catch(null),
  group: z
    .object({ collapsed: z.boolean().default(false) })
    .nullish()
    .catch(null),
})
export type NoteExtras = z.infer<typeof noteExtrasSchema>
