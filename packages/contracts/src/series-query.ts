import { z } from 'zod'
import { entityIdSchema } from './ids.ts'
import type { LivePoint } from './live.ts'
import { aggregationSchema, maxKeyLength } from './values.ts'

/** Most series, entities times keys, of one request. */
const mostSeriesOfQuery = 5_000

const readSchema = z.object({
  entityIds: z.array(entityIdSchema).max(1_000),
  keys: z.array(z.string().min(1).max(maxKeyLength)).max(200),
  /** Inclusive, epoch ms. */
  startTs: z.number().int().nonnegative(),
  /** Exclusive, epoch ms. */
  endTs: z.number().int().nonnegative(),
  agg: aggregationSchema.default('NONE'),
  /** Bucket width in ms; buckets start at `startTs`. */
  interval: z.number().int().nonnegative().default(0),
  /** Buckets of a calendar in `timeZone` instead. */
  intervalType: z.enum(['MILLISECONDS', 'WEEK', 'WEEK_ISO', 'MONTH', 'QUARTER']).default('MILLISECONDS'),
  timeZone: z.string().max(64).default('UTC'),
  /** Most raw points of a key, the newest. */
  limit: z.number().int().min(1).max(50_000).default(50_000),
  /**
   * Ours: where there are more raw points than this, those that draw the same line in a picture of a quarter as many
   * columns; of each column the first, the last, the lowest and the highest. `limit` does not matter then.
   */
  thinTo: z.number().int().min(4).max(50_000).nullish(),
  /** The last point before `startTs` comes, too, when it is no older than a year. */
  withPrevious: z.boolean().default(false),
})

/** Histories of many entities in one request; those that the caller may not read are left out of the answer. */
export const seriesQuerySchema = z.object({
  reads: z
    .array(readSchema)
    .min(1)
    .max(50)
    .refine(
      (reads) => reads.reduce((sum, read) => sum + read.entityIds.length * read.keys.length, 0) <= mostSeriesOfQuery,
      `More than ${mostSeriesOfQuery} series are asked for`,
    ),
})
export type SeriesQuery = z.output<typeof seriesQuerySchema>
export type SeriesQueryRead = SeriesQuery['reads'][number]

/** Points by entity id, then key; ascending, as they are stored. */
export type SeriesOfEntities = Record<string, Record<string, LivePoint[]>>
/** Of one read. A read that cannot be answered does not keep the others from it. */
export type SeriesReadAnswer = { ok: true; series: SeriesOfEntities } | { ok: false; message: string }
