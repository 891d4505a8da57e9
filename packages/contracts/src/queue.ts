import { z } from 'zod'
import { idOf, typedId } from './ids.ts'

export const submitStrategyTypes = [
  'BURST',
  'BATCH',
  'SEQUENTIAL_BY_ORIGINATOR',
  'SEQUENTIAL_BY_TENANT',
  'SEQUENTIAL',
] as const

export const processingStrategyTypes = [
  'SKIP_ALL_FAILURES',
  'SKIP_ALL_FAILURES_AND_TIMED_OUT',
  'RETRY_ALL',
  'RETRY_FAILED',
  'RETRY_TIMED_OUT',
  'RETRY_FAILED_AND_TIMED_OUT',
] as const

const largest = 2_147_483_647
const atLeastOne = (name: string) =>
  z
    .number({ error: `Queue ${name} should be specified!` })
    .int()
    .min(1, `Queue ${name} should be more than 0!`)
    .max(largest)
const seconds = z.number().int().min(0, 'Queue processing strategy pauses cannot be negative!').max(largest)

const submitStrategySchema = z
  .looseObject(
    {
      type: z.enum(submitStrategyTypes, { error: 'Queue submit strategy type should be specified!' }),
      batchSize: z.number().int().max(largest).default(1_000),
    },
    { error: 'Queue submit strategy should be specified!' },
  )
  .refine(
    ({ type, batchSize }) => type !== 'BATCH' || batchSize > 0,
    'Queue submit strategy batch size should be more than 0!',
  )

const processingStrategySchema = z
  .looseObject(
    {
      type: z.enum(processingStrategyTypes, { error: 'Queue processing strategy type should be specified!' }),
      /** 0: for ever. */
      retries: z.number().int().min(0, 'Queue processing strategy retries cannot be negative!').max(largest).default(3),
      /** Percent of failed messages that is passed over. */
      failurePercentage: z
        .number()
        .min(0, 'Queue processing strategy failure percentage should be from 0 to 100!')
        .max(100, 'Queue processing strategy failure percentage should be from 0 to 100!')
        .default(0),
      pauseBetweenRetries: seconds.default(3),
      maxPauseBetweenRetries: seconds.default(3),
    },
    { error: 'Queue processing strategy should be specified!' },
  )
  .refine(
    ({ pauseBetweenRetries, maxPauseBetweenRetries }) => maxPauseBetweenRetries >= pauseBetweenRetries,
    'Queue processing strategy max pause between retries cannot be less than the pause between retries!',
  )

/** How a queue of rule engine messages is worked off (as ThingsBoard). Times in ms, pauses in seconds. */
export const queueConfigurationSchema = z.object({
  name: z
    .string({ error: 'Queue name should be specified!' })
    .trim()
    .min(1, 'Queue name should be specified!')
    .max(250)
    .regex(/^[\w.-]*$/, "Queue name contains a character other than ASCII letters, digits, '.', '_' and '-'!"),
  topic: z
    .string({ error: 'Queue topic should be specified!' })
    .trim()
    .min(1, 'Queue topic should be specified!')
    .max(255)
    .regex(/^[\w.-]*$/, "Queue topic contains a character other than ASCII letters, digits, '.', '_' and '-'!"),
  pollInterval: atLeastOne('poll interval'),
  partitions: atLeastOne('partitions'),
  consumerPerPartition: z.boolean().default(false),
  packProcessingTimeout: atLeastOne('pack processing timeout'),
  submitStrategy: submitStrategySchema,
  processingStrategy: processingStrategySchema,
  additionalInfo: z.record(z.string(), z.unknown()).nullish(),
})
export type QueueConfiguration = z.infer<typeof queueConfigurationSchema>

export const queueSchema = z.object({
  id: typedId('QUEUE'),
  createdTime: z.number(),
  additionalInfo: z.record(z.string(), z.unknown()).nullable(),
  /** The null id: a queue of the system, for every tenant that has none of its own. */
  tenantId: typedId('TENANT'),
  name: z.string(),
  topic: z.string(),
  pollInterval: z.number(),
  partitions: z.number(),
  consumerPerPartition: z.boolean(),
  packProcessingTimeout: z.number(),
  submitStrategy: z.looseObject({ type: z.string() }),
  processingStrategy: z.looseObject({ type: z.string() }),
  version: z.number(),
})
export type Queue = z.infer<typeof queueSchema>

export const saveQueueSchema = queueConfigurationSchema.extend({
  id: idOf('QUEUE').nullish(),
  version: z.number().int().nullish(),
})
export type SaveQueue = z.infer<typeof saveQueueSchema>

/** What a service works off of a queue for a tenant; its figures are telemetry of this entity. */
export const queueStatsSchema = z.object({
  id: typedId('QUEUE_STATS'),
  createdTime: z.number(),
  tenantId: typedId('TENANT'),
  queueName: z.string(),
  serviceId: z.string(),
  name: z.string(),
})
export type QueueStats = z.infer<typeof queueStatsSchema>
