import {
  type AttributeScope,
  attributeScopes,
  type EntityId,
  entityIdSchema,
  type KvValue,
  type Message,
} from '@thingwire/contracts'
import { newMessageId } from '@thingwire/rules'
import { z } from 'zod'

/**
 * News for the alarm rules of an entity travel as messages of that entity, in its queue partition: they are durable as soon
 * as they are queued, are evaluated one after the other, and in order. This chain id marks them; no chain can have it.
 */
export const fieldChainId = '00000000-0000-0000-0000-0000000000cf'

/** New values of one entity, of attributes or (null) of time series. A value of null: it was deleted. */
export type FieldUpdate = {
  of: EntityId
  scope: AttributeScope | null
  entries: readonly { key: string; ts: number; value: KvValue | null }[]
}

/** `values`: of the entity or of one that its rules look at. `look`: rules that are to be looked at without news. */
export type FieldNews = { kind: 'values'; update: FieldUpdate } | { kind: 'look'; fieldIds: string[] }

const valueSchema = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('BOOLEAN'), value: z.boolean() }),
    // Beyond 2^53 as text.
    z.object({ type: z.literal('LONG'), value: z.union([z.number(), z.string().transform((text) => BigInt(text))]) }),
    z.object({ type: z.literal('DOUBLE'), value: z.number() }),
    z.object({ type: z.literal('STRING'), value: z.string() }),
    z.object({ type: z.literal('JSON'), value: z.string() }),
  ])
  .nullable()
export const storedValueSchema = valueSchema

const newsSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('values'),
    update: z.object({
      of: entityIdSchema,
      scope: z.enum(attributeScopes).nullable(),
      entries: z.array(z.object({ key: z.string(), ts: z.number(), value: valueSchema })),
    }),
  }),
  z.object({ kind: z.literal('look'), fieldIds: z.array(z.guid()) }),
])

/** JSON of it; numbers beyond 2^53 as text. */
export const fieldJson = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? one.toString() : one))

/** Null: it is none of ours. */
export const readNews = ({ data }: Message): FieldNews | null => {
  try {
    return newsSchema.safeParse(JSON.parse(data)).data ?? null
  } catch {
    return null
  }
}

export const fieldMessage = (tenantId: string, originator: EntityId, news: FieldNews, nowMs: number): Message => ({
  id: newMessageId(),
  ts: nowMs,
  type: 'CALCULATED_FIELDS',
  tenantId,
  originator,
  customerId: null,
  metadata: {},
  dataType: 'JSON',
  data: fieldJson(news),
  ruleChainId: fieldChainId,
  ruleNodeId: null,
})
