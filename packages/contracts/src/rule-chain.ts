import { z } from 'zod'
import { entityIdSchema, idOf } from './ids.ts'

const layout = z.looseObject({
  layoutX: z.number().optional(),
  layoutY: z.number().optional(),
  description: z.string().optional(),
})

export const debugSettingsSchema = z.object({
  failuresEnabled: z.boolean().default(false),
  allEnabled: z.boolean().default(false),
  allEnabledUntil: z.number().int().default(0),
})
export type DebugSettings = z.infer<typeof debugSettingsSchema>

/** A node as it stands in a rule chain file and in chain metadata (as ThingsBoard). */
export const ruleNodeSchema = z.object({
  id: idOf('RULE_NODE').nullish(),
  type: z.string().min(1).max(255),
  name: z.string().min(1, 'Rule node name should be specified!').max(255),
  debugSettings: debugSettingsSchema.nullish(),
  debugMode: z.boolean().optional(),
  singletonMode: z.boolean().default(false),
  queueName: z.string().max(255).nullish(),
  configurationVersion: z.number().int().default(0),
  configuration: z.unknown(),
  additionalInfo: layout.nullish(),
})
export type RuleNode = z.infer<typeof ruleNodeSchema>

export const nodeConnectionSchema = z.object({
  fromIndex: z.number().int().min(0),
  toIndex: z.number().int().min(0),
  type: z.string().min(1).max(255),
})
export type NodeConnection = z.infer<typeof nodeConnectionSchema>

/** Pre-3.x link to another chain; import turns each into a node (as ThingsBoard). */
export const legacyChainConnectionSchema = z.object({
  fromIndex: z.number().int().min(0),
  targetRuleChainId: entityIdSchema,
  additionalInfo: layout.nullish(),
  type: z.string().min(1).max(255),
})

export const ruleChainNoteSchema = z.looseObject({
  id: z.string(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  content: z.string(),
})

export const ruleChainMetadataSchema = z.object({
  ruleChainId: idOf('RULE_CHAIN').nullish(),
  version: z.number().int().nullish(),
  firstNodeIndex: z.number().int().min(0).nullish(),
  nodes: z.array(ruleNodeSchema),
  connections: z
    .array(nodeConnectionSchema)
    .nullish()
    .transform((c) => c ?? []),
  ruleChainConnections: z.array(legacyChainConnectionSchema).nullish(),
  notes: z.array(ruleChainNoteSchema).nullish(),
})
export type RuleChainMetadata = z.infer<typeof ruleChainMetadataSchema>

export const ruleChainTypes = ['CORE', 'EDGE'] as const

/** A rule chain as REST sends it (as ThingsBoard). */
export type RuleChain = {
  id: { entityType: 'RULE_CHAIN'; id: string }
  createdTime: number
  tenantId: { entityType: 'TENANT'; id: string }
  name: string
  type: (typeof ruleChainTypes)[number]
  firstRuleNodeId: { entityType: 'RULE_NODE'; id: string } | null
  root: boolean
  debugMode: boolean
  configuration: null
  additionalInfo: Record<string, unknown> | null
  externalId: null
  version: number
}

/** "Export rule chain" file: what import accepts and export writes. Unknown members are dropped. */
export const ruleChainFileSchema = z.object({
  ruleChain: z.object({
    name: z.string().min(1, 'Rule chain name should be specified!').max(255),
    type: z.enum(ruleChainTypes).default('CORE'),
    root: z.boolean().default(false),
    debugMode: z.boolean().default(false),
    additionalInfo: z.record(z.string(), z.unknown()).nullish(),
  }),
  metadata: ruleChainMetadataSchema,
})
export type RuleChainFile = z.infer<typeof ruleChainFileSchema>
