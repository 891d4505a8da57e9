import { z } from 'zod'
import { uuidSchema } from './ids.ts'

const epochMs = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const shortText = z.string().max(255)

/** Which dead letters are meant; all members must fit. */
export const deadLetterFilterSchema = z.strictObject({
  /** Epoch ms, inclusive. */
  startTime: epochMs.optional(),
  endTime: epochMs.optional(),
  queueName: shortText.optional(),
  ruleChainId: uuidSchema.optional(),
  ruleNodeId: uuidSchema.optional(),
  originatorId: uuidSchema.optional(),
  /** The whole text of the error. */
  error: z.string().max(10_000).optional(),
  /** Part of it, in any letters. */
  textSearch: shortText.optional(),
})
export type DeadLetterFilter = z.infer<typeof deadLetterFilterSchema>

/** Some letters by their ids, or all that a filter lets through; an empty filter means all. */
export const deadLetterSelectionSchema = z.union([
  z.strictObject({ ids: z.array(uuidSchema).min(1).max(1_000) }),
  z.strictObject({ filter: deadLetterFilterSchema }),
])
export type DeadLetterSelection = z.infer<typeof deadLetterSelectionSchema>

/** Where replayed messages go on: at the node that failed them, or at the start of its rule chain. */
export const replayPlaces = ['NODE', 'CHAIN'] as const
export type ReplayPlace = (typeof replayPlaces)[number]

/** A message that could not be processed, without its content. */
export const deadLetterInfoSchema = z.object({
  id: z.string(),
  tenantId: z.string(),
  createdTime: z.number(),
  queueName: z.string(),
  ruleChainId: z.string().nullable(),
  ruleNodeId: z.string().nullable(),
  error: z.string(),
  originatorType: z.string().nullable(),
  originatorId: z.string().nullable(),
  messageType: z.string().nullable(),
})
export type DeadLetterInfo = z.infer<typeof deadLetterInfoSchema>

/** With the message as it stood when it failed. */
export const deadLetterSchema = deadLetterInfoSchema.extend({ message: z.unknown() })
export type DeadLetterDetails = z.infer<typeof deadLetterSchema>

/** How many letters have the same reason. */
export const deadLetterCountSchema = z.object({
  queueName: z.string(),
  ruleChainId: z.string().nullable(),
  ruleNodeId: z.string().nullable(),
  error: z.string(),
  count: z.number(),
  /** Epoch ms of the first and the last of them. */
  firstTime: z.number(),
  lastTime: z.number(),
})
export type DeadLetterCount = z.infer<typeof deadLetterCountSchema>
