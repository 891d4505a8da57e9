import { z } from 'zod'
import { attributeScopeSchema } from './values.ts'

/** Of which values a key has most. `number` also counts texts that are numbers, `boolean` the texts `true` and `false`. */
export const valueKinds = ['number', 'boolean', 'text', 'json'] as const
export type ValueKind = (typeof valueKinds)[number]

const last = { ts: z.number(), value: z.unknown() }

/**
 * What a key holds, for choosing how to draw it. `entities`: how many of those on the page have it; `last`: the newest value
 * of any of them.
 */
const summary = {
  key: z.string(),
  kind: z.enum(valueKinds),
  entities: z.number().int(),
  last: z.object(last),
}

export const seriesSummarySchema = z.object({
  ...summary,
  /** Points in the window, of the 5 entities with the newest values; the newest 500 of each. */
  points: z.number().int(),
  /** Points a minute of one entity, by those points; null where there are not two. */
  perMinute: z.number().nullable(),
  /** Of the numbers among them; null where there are none. */
  min: z.number().nullable(),
  max: z.number().nullable(),
  /** Different values of one entity among them, counted up to 20: few of them are states. */
  distinct: z.number().int(),
})
export type SeriesSummary = z.infer<typeof seriesSummarySchema>

export const attributeSummarySchema = z.object({ ...summary, scope: attributeScopeSchema })
export type AttributeSummary = z.infer<typeof attributeSummarySchema>

/** Keys that the entities of a page have, by name. */
export const keySummariesSchema = z.object({
  /** How many entities the page has. */
  entities: z.number().int(),
  timeseries: z.array(seriesSummarySchema),
  attributes: z.array(attributeSummarySchema),
})
export type KeySummaries = z.infer<typeof keySummariesSchema>
