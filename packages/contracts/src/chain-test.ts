import { z } from 'zod'
import { entityIdSchema, uuidSchema } from './ids.ts'
import { alarmSeverities } from './queries.ts'
import { messageDataTypes } from './message.ts'
import { messageViewSchema } from './trace.ts'
import { attributeScopeSchema } from './values.ts'

/** The member of a rule chain's `additionalInfo` that carries its tests: so they travel with exported files. */
export const chainTestsMember = 'tests'
export const maxChainTests = 200

const textOrJson = z.unknown().transform((value) => (typeof value === 'string' ? value : JSON.stringify(value ?? {})))

const passSchema = z.object({ node: z.string(), connection: z.string() })

/** A message that ended: nobody was wired to where it went, or its node kept it. Members that are absent do not matter. */
const endSchema = z.object({
  node: z.string().optional(),
  /** Null: the node kept the message. */
  connection: z.string().nullable().optional(),
  type: z.string().optional(),
  originator: entityIdSchema.optional(),
  /** JSON, compared as a whole; a text is compared as it stands. */
  data: z.unknown().optional(),
  /** These entries, beside any others; null: there is no such entry. */
  metadata: z.record(z.string(), z.string().nullable()).optional(),
})

/** Kinds of what a node would have done outside. */
export const effectKinds = [
  'telemetry',
  'attributes',
  'attributes-removed',
  'message',
  'command',
  'device-reply',
  'rest-reply',
  'entity',
  'assignment',
  'relation',
  'relation-removed',
  'alarm',
  'connectivity',
  'external',
] as const

/** What a node would have done outside: `kind` and any members of it. */
const effectSchema = z.looseObject({ kind: z.enum(effectKinds) })

/**
 * One test of a rule chain: a message goes in; what it does must be as expected. Expectations that are absent do not
 * matter, except that a message which fails unexpectedly fails the test.
 */
export const chainTestSchema = z.object({
  name: z.string().min(1).max(255),
  message: z.object({
    type: z.string().max(255).default('POST_TELEMETRY_REQUEST'),
    originator: entityIdSchema.optional(),
    metadata: z.record(z.string(), z.string()).default({}),
    dataType: z.enum(messageDataTypes).default('JSON'),
    /** JSON, or the text itself. */
    data: textOrJson,
  }),
  given: z
    .object({
      /** Epoch ms that the clock shows. */
      now: z.number().int().optional(),
      attributes: z
        .array(
          z.object({
            /** Absent: the originator. */
            entityId: entityIdSchema.optional(),
            scope: attributeScopeSchema,
            values: z.record(z.string(), z.unknown()),
          }),
        )
        .max(100)
        .default([]),
      /** Alarms that there are. */
      alarms: z
        .array(
          z.object({
            /** How a message finds it by its id. */
            id: uuidSchema.optional(),
            /** Absent: the originator of the message. */
            originator: entityIdSchema.optional(),
            type: z.string(),
            severity: z.enum(alarmSeverities).default('MAJOR'),
            acknowledged: z.boolean().default(false),
            cleared: z.boolean().default(false),
            details: z.unknown().optional(),
          }),
        )
        .max(100)
        .optional(),
      /** What devices answer, by method; a command without one is not answered. */
      commandAnswers: z
        .record(z.string(), z.union([z.object({ data: textOrJson }), z.object({ error: z.string() })]))
        .default({}),
      /**
       * What other systems answer, by the name of the node that calls them; a call without one succeeds. What the answer
       * says matters to REST calls alone.
       */
      externalAnswers: z
        .record(
          z.string(),
          z.union([
            z.object({ error: z.string() }),
            z.object({
              status: z.number().int().min(100).max(599).optional(),
              reason: z.string().optional(),
              headers: z.record(z.string(), z.string()).optional(),
              data: textOrJson,
            }),
          ]),
        )
        .optional(),
    })
    .prefault({}),
  expect: z.object({
    /** All connections that are passed, each as often as it is passed, in any order. */
    connections: z.array(passSchema).optional(),
    /** All messages that end, in any order. */
    messages: z.array(endSchema).optional(),
    /** All effects, in any order. */
    effects: z.array(effectSchema).optional(),
    /** All failures that nobody is wired to. */
    failures: z.array(z.object({ node: z.string().optional(), error: z.string().optional() })).default([]),
  }),
})
export type ChainTest = z.output<typeof chainTestSchema>
export const chainTestsSchema = z.array(chainTestSchema).max(maxChainTests)

const stepSchema = z.object({
  chain: z.string(),
  node: z.string(),
  connection: z.string().nullable(),
  error: z.string().nullable(),
  type: z.string(),
  originator: entityIdSchema,
  data: z.string(),
  metadata: z.record(z.string(), z.string()),
  /** Nobody was wired there. */
  isEnd: z.boolean(),
  /** The node is switched off, and the message passed it by. */
  isBypassed: z.boolean().optional(),
})

export const chainTestReportSchema = z.object({
  name: z.string(),
  passed: z.boolean(),
  /** One sentence for each expectation that was not met. */
  problems: z.array(z.string()),
  /** Every departure of the message and its branches, in order. */
  steps: z.array(stepSchema),
  effects: z.array(z.record(z.string(), z.unknown())),
  elapsedMs: z.number(),
})
export type ChainTestReport = z.infer<typeof chainTestReportSchema>
export type ChainTestStep = z.infer<typeof stepSchema>

export const mostReplayed = 10_000

export const replayRequestSchema = z.object({
  /** A device, or a device profile for all devices that had it. */
  entityId: entityIdSchema,
  startTs: z.number().int().min(0).default(0),
  endTs: z.number().int().min(0).default(Number.MAX_SAFE_INTEGER),
  /** The newest messages of the range, at most. */
  limit: z.number().int().min(1).max(mostReplayed).default(1_000),
})

const outcomeSchema = z.object({
  steps: z.array(stepSchema),
  effects: z.array(z.record(z.string(), z.unknown())),
  failures: z.array(z.object({ node: z.string(), error: z.string() })),
})

export const replayReportSchema = z.object({
  messages: z.number().int(),
  /** Messages whose outcome differs. */
  different: z.number().int(),
  /** Messages that failed, before and after. */
  failedBefore: z.number().int(),
  failedAfter: z.number().int(),
  /** False: the time was over before all messages had run. */
  isComplete: z.boolean(),
  /** The first hundred of them. */
  differences: z.array(z.object({ message: messageViewSchema, before: outcomeSchema, after: outcomeSchema })),
})
export type ReplayReport = z.infer<typeof replayReportSchema>
export type ReplayOutcome = z.infer<typeof outcomeSchema>
