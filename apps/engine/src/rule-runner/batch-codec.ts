import { type Message, type MessageBatch, messageBatchSchema, messageSchema } from '@thingwire/contracts'
import { z } from 'zod'

/** What stands in a message that cannot be read, as far as it can be told. */
export type UnreadableMessage = { tenantId: string | null; raw: unknown; problem: string }

export type DecodedBatch = { batch: MessageBatch; unreadable: UnreadableMessage[] }

const envelopeSchema = z.object({ batchId: z.guid(), acceptedAt: z.number().int(), messages: z.array(z.unknown()) })
const ownerSchema = z.object({ tenantId: z.guid() })

/**
 * Parses the data of a job. A message of a shape that this version does not know is told apart from its neighbours.
 * null: not even the envelope can be read.
 */
export const decodeBatch = (data: unknown): DecodedBatch | null => {
  if (isBatch(data)) return { batch: data, unreadable: [] }
  const whole = messageBatchSchema.safeParse(data)
  if (whole.success) return { batch: whole.data, unreadable: [] }
  const envelope = envelopeSchema.safeParse(data)
  if (!envelope.success) return null
  const messages: Message[] = []
  const unreadable: UnreadableMessage[] = []
  for (const raw of envelope.data.messages) {
    const parsed = messageSchema.safeParse(raw)
    if (parsed.success) messages.push(parsed.data)
    else {
      const owner = ownerSchema.safeParse(raw)
      unreadable.push({
        tenantId: owner.success ? owner.data.tenantId : null,
        raw,
        problem: `Message is not in the expected format: ${parsed.error.issues[0]?.path.join('.')}`,
      })
    }
  }
  const { batchId, acceptedAt } = envelope.data
  return { batch: { version: 1, batchId, acceptedAt, messages }, unreadable }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The same check as the schema's, by hand: it runs for every message, and the schema takes four times as long. */
const isBatch = (data: unknown): data is MessageBatch =>
  isRecord(data) &&
  data.version === 1 &&
  isId(data.batchId) &&
  Number.isSafeInteger(data.acceptedAt) &&
  Array.isArray(data.messages) &&
  data.messages.length > 0 &&
  data.messages.every(isMessage)

const isMessage = (value: unknown): boolean =>
  isRecord(value) &&
  isId(value.id) &&
  Number.isSafeInteger(value.ts) &&
  typeof value.type === 'string' &&
  value.type.length <= 255 &&
  isId(value.tenantId) &&
  isRecord(value.originator) &&
  // Which entity types exist is left to the schema: devices are what arrives here in numbers.
  value.originator.entityType === 'DEVICE' &&
  isId(value.originator.id) &&
  (value.customerId === null || isId(value.customerId)) &&
  isTextRecord(value.metadata) &&
  value.dataType === 'JSON' &&
  typeof value.data === 'string' &&
  (value.ruleChainId === null || isId(value.ruleChainId)) &&
  (value.ruleNodeId === null || isId(value.ruleNodeId)) &&
  (value.connection === undefined || typeof value.connection === 'string') &&
  (value.trace === undefined || isId(value.trace)) &&
  // What has been in a queue before is left to the schema.
  value.executions === undefined &&
  value.callers === undefined

const isTextRecord = (value: unknown): boolean => {
  if (!isRecord(value)) return false
  for (const key in value) if (typeof value[key] !== 'string') return false
  return true
}

const uuid = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/
const isId = (value: unknown): boolean => typeof value === 'string' && uuid.test(value)
