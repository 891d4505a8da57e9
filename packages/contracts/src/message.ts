import { z } from 'zod'
import { entityIdSchema, uuidSchema } from './ids.ts'

/**
 * Message types with the label under which the message type switch sends them on; null goes to `Other`
 * (as ThingsBoard). Any other text is a legal custom type and goes to `Other` too.
 */
export const messageTypeLabels = {
  POST_ATTRIBUTES_REQUEST: 'Post attributes',
  POST_TELEMETRY_REQUEST: 'Post telemetry',
  TO_SERVER_RPC_REQUEST: 'RPC Request from Device',
  ACTIVITY_EVENT: 'Activity Event',
  INACTIVITY_EVENT: 'Inactivity Event',
  CONNECT_EVENT: 'Connect Event',
  DISCONNECT_EVENT: 'Disconnect Event',
  ENTITY_CREATED: 'Entity Created',
  ENTITY_UPDATED: 'Entity Updated',
  ENTITY_DELETED: 'Entity Deleted',
  ENTITY_ASSIGNED: 'Entity Assigned',
  ENTITY_UNASSIGNED: 'Entity Unassigned',
  ATTRIBUTES_UPDATED: 'Attributes Updated',
  ATTRIBUTES_DELETED: 'Attributes Deleted',
  ALARM: 'Alarm',
  ALARM_CREATED: 'Alarm Created',
  ALARM_UPDATED: 'Alarm Updated',
  ALARM_SEVERITY_UPDATED: 'Alarm Severity Updated',
  ALARM_ACK: 'Alarm Acknowledged',
  ALARM_CLEAR: 'Alarm Cleared',
  ALARM_DELETE: null,
  ALARM_ASSIGNED: 'Alarm Assigned',
  ALARM_UNASSIGNED: 'Alarm Unassigned',
  COMMENT_CREATED: 'Comment Created',
  COMMENT_UPDATED: 'Comment Updated',
  RPC_CALL_FROM_SERVER_TO_DEVICE: 'RPC Request to Device',
  ENTITY_ASSIGNED_FROM_TENANT: 'Entity Assigned From Tenant',
  ENTITY_ASSIGNED_TO_TENANT: 'Entity Assigned To Tenant',
  ENTITY_ASSIGNED_TO_EDGE: null,
  ENTITY_UNASSIGNED_FROM_EDGE: null,
  TIMESERIES_UPDATED: 'Timeseries Updated',
  TIMESERIES_DELETED: 'Timeseries Deleted',
  RPC_QUEUED: 'RPC Queued',
  RPC_SENT: 'RPC Sent',
  RPC_DELIVERED: 'RPC Delivered',
  RPC_SUCCESSFUL: 'RPC Successful',
  RPC_TIMEOUT: 'RPC Timeout',
  RPC_EXPIRED: 'RPC Expired',
  RPC_FAILED: 'RPC Failed',
  RPC_DELETED: 'RPC Deleted',
  RELATION_ADD_OR_UPDATE: 'Relation Added or Updated',
  RELATION_DELETED: 'Relation Deleted',
  RELATIONS_DELETED: 'All Relations Deleted',
  PROVISION_SUCCESS: null,
  PROVISION_FAILURE: null,
  SEND_EMAIL: null,
  REST_API_REQUEST: 'REST API request',
} as const satisfies Record<string, string | null>

export type MessageType = keyof typeof messageTypeLabels

export const messageDataTypes = ['JSON', 'TEXT', 'BINARY'] as const

/** How deep rule chains may call each other. */
export const mostCallers = 64

export const messageSchema = z.object({
  /** Random per message; a branch of a fan-out gets its own. */
  id: uuidSchema,
  /** When the platform took it in, epoch ms. The time of the data itself is `metadata.ts`. */
  ts: z.number().int(),
  type: z.string().max(255),
  tenantId: uuidSchema,
  originator: entityIdSchema,
  customerId: uuidSchema.nullable(),
  metadata: z.record(z.string(), z.string()),
  dataType: z.enum(messageDataTypes),
  data: z.string(),
  /** null: the tenant's root chain. */
  ruleChainId: uuidSchema.nullable(),
  /** null: the chain's first node. */
  ruleNodeId: uuidSchema.nullable(),
  /** Set for an answer that came back later: the message goes on as if `ruleNodeId` had just emitted it along this. */
  connection: z.string().max(255).optional(),
  /** Rule nodes it had passed when it was queued again. */
  executions: z.number().int().min(0).optional(),
  /** Somebody wants to see where it goes: the trace that its steps are kept under. */
  trace: uuidSchema.optional(),
  /** Rule chain nodes that wait for it to come back from the chain it is in, outermost first. */
  callers: z
    .array(z.object({ ruleChainId: uuidSchema, ruleNodeId: uuidSchema }))
    .max(mostCallers)
    .optional(),
})

/** Immutable: a node that changes a message makes a new object that shares the unchanged parts. */
export type Message = Readonly<z.infer<typeof messageSchema>>

/** `metadata.ts` when it is a number, else the time the platform took the message in. Epoch ms. */
export const messageTs = (m: Message): number => {
  const text = m.metadata.ts
  if (text) {
    const ts = Number(text)
    if (Number.isSafeInteger(ts)) return ts
  }
  return m.ts
}

/** What one BullMQ job carries: the messages that gathered in one lane (docs/architecture.md §4). */
export const messageBatchSchema = z.object({
  version: z.literal(1),
  /** Idempotency key of settlement: a batch that runs twice settles once. */
  batchId: uuidSchema,
  /** Epoch ms of the accept; its minute is the ledger row of every message in the batch. */
  acceptedAt: z.number().int(),
  messages: z.array(messageSchema).min(1),
})
export type MessageBatch = z.infer<typeof messageBatchSchema>

export const defaultQueueName = 'Main'
