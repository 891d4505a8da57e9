import { z } from 'zod'
import { entityIdSchema, idOf, typedId } from './ids.ts'
import { requiredText } from './plain-text.ts'

/** A place that cannot be read is none: the editor finds one. */
const place = z.number().optional().catch(undefined)

const layout = z.looseObject({
  layoutX: place,
  layoutY: place,
  /** Old files say null where there is none. */
  description: z.string().nullish(),
})

/** Null is what files say of flags that were never set. */
const flag = z
  .boolean()
  .nullish()
  .transform((isOn) => isOn ?? false)

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
  debugMode: z.boolean().nullish(),
  singletonMode: z.boolean().default(false),
  queueName: z.string().max(255).nullish(),
  configurationVersion: z.number().int().default(0),
  configuration: z.unknown(),
  additionalInfo: layout.nullish(),
})
export type RuleNode = z.infer<typeof ruleNodeSchema>

/** As clients and files write it. */
const givenNodeSchema = ruleNodeSchema.extend({
  singletonMode: flag,
  configurationVersion: z
    .number()
    .int()
    .nullish()
    .transform((version) => version ?? 0),
})

/** A rule node that is not active. Times are epoch ms. */
export const ruleNodeStateSchema = z.object({
  nodeId: z.guid(),
  state: z.enum(['starting', 'active', 'failed', 'suspended']),
  reason: z.string().nullable(),
  since: z.number(),
  /** Starts so far. */
  attempts: z.number(),
  /** When it is started again; null: not before it is edited. */
  nextAttempt: z.number().nullable(),
})
export type RuleNodeState = z.infer<typeof ruleNodeStateSchema>

/**
 * What the script of a rule node has done, in all processes since each was started. Nodes of a tenant with the same script
 * share one, and with it these numbers and its suspension: they are the script's, not the node's alone.
 */
export const ruleNodeScriptSchema = z.object({
  nodeId: z.guid(),
  /** Batches. */
  calls: z.number(),
  messages: z.number(),
  /** Messages for which it had no answer. */
  errors: z.number(),
  /** Time until its answers were there, all calls together. */
  timeMs: z.number(),
  /** watched: it has lately run out of time or memory, and runs with nothing beside it. */
  state: z.enum(['active', 'watched', 'suspended']),
  /** Epoch ms. */
  suspendedUntil: z.number().nullable(),
})
export type RuleNodeScript = z.infer<typeof ruleNodeScriptSchema>

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
  nodes: z.array(givenNodeSchema),
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
export const ruleChainSchema = z.object({
  id: typedId('RULE_CHAIN'),
  createdTime: z.number(),
  tenantId: typedId('TENANT'),
  name: z.string(),
  type: z.enum(ruleChainTypes),
  firstRuleNodeId: typedId('RULE_NODE').nullable(),
  root: z.boolean(),
  debugMode: z.boolean(),
  configuration: z.null(),
  additionalInfo: z.record(z.string(), z.unknown()).nullable(),
  externalId: z.null(),
  version: z.number(),
})
export type RuleChain = z.infer<typeof ruleChainSchema>

const nameMissing = 'Rule chain name should be specified!'

export const saveRuleChainSchema = z.object({
  id: idOf('RULE_CHAIN').nullish(),
  name: requiredText('name', nameMissing),
  type: z.enum(ruleChainTypes).nullish(),
  debugMode: z.boolean().nullish(),
  additionalInfo: z.record(z.string(), z.unknown()).nullish(),
  version: z.number().int().nullish(),
})
export type SaveRuleChain = z.infer<typeof saveRuleChainSchema>

export const defaultRuleChainRequestSchema = saveRuleChainSchema.pick({ name: true })

/** Nodes and connections on their way out: the input schema without its conversions. */
export const ruleChainGraphSchema = z.object({
  ruleChainId: typedId('RULE_CHAIN').nullish(),
  version: z.number().nullish(),
  firstNodeIndex: z.number().nullish(),
  nodes: z.array(
    z.object({
      id: typedId('RULE_NODE').nullish(),
      createdTime: z.number().optional(),
      ruleChainId: typedId('RULE_CHAIN').nullable(),
      type: z.string(),
      name: z.string(),
      debugSettings: debugSettingsSchema.nullish(),
      singletonMode: z.boolean(),
      queueName: z.string().nullish(),
      configurationVersion: z.number(),
      configuration: z.unknown(),
      additionalInfo: z.looseObject({}).nullish(),
      externalId: z.null(),
    }),
  ),
  connections: z.array(nodeConnectionSchema),
  ruleChainConnections: z.null().optional(),
  notes: z.array(ruleChainNoteSchema).nullish(),
})
export type RuleChainGraph = z.infer<typeof ruleChainGraphSchema>

/** Which nodes call a chain, and which of its output labels they have connected. */
export const outputLabelsUsageSchema = z.object({
  ruleChainId: typedId('RULE_CHAIN'),
  ruleNodeId: typedId('RULE_NODE'),
  ruleChainName: z.string(),
  ruleNodeName: z.string(),
  labels: z.array(z.string()),
})
export type OutputLabelsUsage = z.infer<typeof outputLabelsUsageSchema>

/** Several chains in one file. Their ids are made up and only hold the file together. */
export const ruleChainDataSchema = z.object({
  ruleChains: z.array(ruleChainSchema.extend({ tenantId: z.null() })),
  metadata: z.array(ruleChainGraphSchema),
})
export type RuleChainData = z.infer<typeof ruleChainDataSchema>

/** Ids of files are another installation's, if they are ids at all: nodes get new ones, chains are held together by theirs. */
const fileMetadataSchema = ruleChainMetadataSchema.extend({
  ruleChainId: idOf('RULE_CHAIN').nullish().catch(null),
  version: z.number().int().nullish().catch(null),
  nodes: z.array(
    givenNodeSchema.extend({
      id: idOf('RULE_NODE').nullish().catch(null),
      debugSettings: debugSettingsSchema.nullish().catch(null),
      additionalInfo: layout.nullish().catch(null),
    }),
  ),
  // A note that cannot be read is not worth the chain.
  notes: z
    .array(ruleChainNoteSchema.nullable().catch(null))
    .nullish()
    .catch(null)
    .transform((notes) => notes?.filter((note) => note !== null) ?? null)
    .optional(),
})
const fileInfo = z.record(z.string(), z.unknown()).nullish().catch(null)

export const importRuleChainDataSchema = z.object({
  ruleChains: z
    .array(
      saveRuleChainSchema.omit({ version: true }).extend({
        id: idOf('RULE_CHAIN').nullish().catch(null),
        type: z.enum(ruleChainTypes).nullish().catch(null),
        additionalInfo: fileInfo,
      }),
    )
    .max(1_000),
  metadata: z.array(fileMetadataSchema).max(1_000),
})
export type ImportRuleChainData = z.infer<typeof importRuleChainDataSchema>

export const ruleChainImportResultSchema = z.object({
  ruleChainId: typedId('RULE_CHAIN').nullable(),
  ruleChainName: z.string(),
  updated: z.boolean(),
  error: z.string().nullable(),
  /** Of the script libraries that the chain came with. */
  warnings: z.array(z.string()),
})
export type RuleChainImportResult = z.infer<typeof ruleChainImportResultSchema>

export const scriptLanguages = ['JS', 'TBEL'] as const
export type ScriptLanguage = (typeof scriptLanguages)[number]
export const scriptTypes = ['update', 'generate', 'filter', 'switch', 'json', 'string'] as const
export type ScriptType = (typeof scriptTypes)[number]

/** A script and the message to try it with. */
export const scriptTestSchema = z.object({
  script: z.string(),
  scriptType: z.enum(scriptTypes, { error: (issue) => `Unsupported script type: ${String(issue.input)}` }),
  argNames: z.array(z.string().max(255)).max(16),
  /** JSON. */
  msg: z.string(),
  metadata: z.record(z.string(), z.string()),
  msgType: z.string().max(255),
})
export type ScriptTest = z.infer<typeof scriptTestSchema>

export const scriptTestResultSchema = z.object({ output: z.string(), error: z.string() })
export type ScriptTestResult = z.infer<typeof scriptTestResultSchema>

/** "Export rule chain" file: what import accepts and export writes. Unknown members are dropped. */
export const ruleChainFileSchema = z.object({
  ruleChain: z.object({
    name: z.string({ error: nameMissing }).min(1, nameMissing).max(255),
    /** Files of early versions leave it out or name types that are gone; what runs on the server is CORE. */
    type: z.enum(ruleChainTypes).catch('CORE'),
    root: flag,
    debugMode: flag,
    additionalInfo: fileInfo,
  }),
  metadata: fileMetadataSchema,
})
export type RuleChainFile = z.infer<typeof ruleChainFileSchema>
