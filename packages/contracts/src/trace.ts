import { z } from 'zod'
import { entityIdSchema, uuidSchema } from './ids.ts'
import { messageDataTypes } from './message.ts'

/** A message as it stood at one place; long texts are cut. */
export const messageViewSchema = z.object({
  id: uuidSchema,
  ts: z.number(),
  type: z.string(),
  originator: entityIdSchema,
  dataType: z.enum(messageDataTypes),
  data: z.string(),
  metadata: z.record(z.string(), z.string()),
})

const placeSchema = z.object({ id: uuidSchema, name: z.string() })

/** One member that a node changed. `path` begins with type, originator, data or metadata; an absent side is left out. */
export const messageChangeSchema = z.object({
  path: z.array(z.string()),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
})
export type MessageChange = z.infer<typeof messageChangeSchema>

/** What a node did with one message of a trace. */
export const traceHopSchema = z.object({
  /** When the node had done its work, epoch ms. */
  at: z.number(),
  /** How long it took, with all messages that came together, ms. */
  elapsedMs: z.number(),
  chain: placeSchema,
  node: placeSchema.extend({ type: z.string() }),
  /** The connection by which the message came; empty where it entered a chain. */
  via: z.string(),
  /** The node was not called: a message of its own came back, and went on from it. */
  isResumed: z.boolean(),
  /** The node is switched off: messages pass it by. */
  isBypassed: z.boolean().default(false),
  message: messageViewSchema,
  departures: z.array(
    z.object({
      /** Null: it was given up, or went into another chain. */
      connection: z.string().nullable(),
      /** By which node, when a called chain returned to the one that called it. */
      by: z.object({ chain: placeSchema, node: placeSchema }).optional(),
      error: z.string().nullable(),
      /** Set when it went on through that queue; empty: that of the originator's profile. */
      queueName: z.string().optional(),
      /** What the node changed, at most 100 members; the message as it left stands in the step after this one. */
      changes: z.array(messageChangeSchema),
      onward: z.array(z.object({ ruleChainId: uuidSchema, nodeId: uuidSchema, messageId: uuidSchema })),
    }),
  ),
})
export type TraceHop = z.infer<typeof traceHopSchema>

export const traceSchema = z.object({
  id: uuidSchema,
  entityId: entityIdSchema,
  createdTime: z.number(),
  /** WAITING for the next message; EXPIRED: none came in time; STARTED: it has passed the steps below. */
  state: z.enum(['WAITING', 'EXPIRED', 'STARTED']),
  /** It waits until then, epoch ms. */
  waitsUntil: z.number(),
  /** Steps that found no more place. */
  leftOut: z.number().int(),
})
export type Trace = z.infer<typeof traceSchema>

export const tracePathSchema = traceSchema.extend({ hops: z.array(traceHopSchema) })
export type TracePath = z.infer<typeof tracePathSchema>
