import { z } from 'zod'
import { entityIdSchema, typedId } from './ids.ts'

export const eventTypes = [
  'DEBUG_RULE_NODE',
  'DEBUG_RULE_CHAIN',
  'DEBUG_CALCULATED_FIELD',
  'LC_EVENT',
  'ERROR',
  'STATS',
] as const
export type EventType = (typeof eventTypes)[number]

/** What happened to an entity while it worked; the members of `body` depend on the type. */
export const eventInfoSchema = z.object({
  id: z.object({ id: z.guid() }),
  createdTime: z.number(),
  tenantId: typedId('TENANT'),
  type: z.enum(eventTypes),
  uid: z.string(),
  entityId: entityIdSchema,
  body: z.record(z.string(), z.unknown()),
})
export type EventInfo = z.infer<typeof eventInfoSchema>

const text = z.string().max(1_000).nullish()
const flag = z.boolean().nullish()
const count = z.number().int().min(0).nullish()
const server = { server: text }
const errors = { isError: flag, errorStr: text }

/** Which events to show; texts match anywhere in their member, ids whole. */
export const eventFilterSchema = z.discriminatedUnion(
  'eventType',
  [
    z.object({
      eventType: z.literal('DEBUG_RULE_NODE'),
      ...server,
      ...errors,
      msgDirectionType: text,
      entityId: text,
      entityType: text,
      msgId: text,
      msgType: text,
      relationType: text,
      dataSearch: text,
      metadataSearch: text,
    }),
    z.object({ eventType: z.literal('DEBUG_RULE_CHAIN'), ...server, ...errors, message: text }),
    z.object({
      eventType: z.literal('DEBUG_CALCULATED_FIELD'),
      ...server,
      ...errors,
      entityId: text,
      entityType: text,
      msgId: text,
      msgType: text,
      arguments: text,
      result: text,
    }),
    z.object({
      eventType: z.literal('LC_EVENT'),
      ...server,
      event: text,
      status: z.enum(['Success', 'Failure', '']).nullish(),
      errorStr: text,
    }),
    z.object({ eventType: z.literal('ERROR'), ...server, method: text, errorStr: text }),
    z.object({
      eventType: z.literal('STATS'),
      ...server,
      minMessagesProcessed: count,
      maxMessagesProcessed: count,
      minErrorsOccurred: count,
      maxErrorsOccurred: count,
    }),
  ],
  { error: 'Event type of the filter is not supported!' },
)
export type EventFilter = z.infer<typeof eventFilterSchema>
