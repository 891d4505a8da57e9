import { aggregationSchema } from '@thingwire/contracts'
import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { textsSchema } from '../enriching/fields.ts'

const units = ['MILLISECONDS', 'SECONDS', 'MINUTES', 'HOURS', 'DAYS'] as const
const interval = (title: string, description: string) => z.number().int().default(0).meta({ title, description })
const unit = (title: string) =>
  z
    .enum(units)
    .nullish()
    .transform((one) => one ?? 'MILLISECONDS')
    .meta({ title, description: 'In which unit that is.' })
const pattern = (title: string) => z.string().nullish().meta({ title, description: 'Epoch ms;', isPattern: true })

const isEmpty = (value: unknown) => value === undefined || value === null || value === ''

/** Before version 1 only the mode decided. */
const withMode = (config: Record<string, unknown>): Record<string, unknown> => {
  switch (config.fetchMode) {
    case 'FIRST':
      return { ...config, orderBy: 'ASC', aggregation: 'NONE' }
    case 'ALL':
      return withDefaults(config)
    default:
      return { ...config, fetchMode: 'LAST', orderBy: 'DESC', aggregation: 'NONE' }
  }
}

const withDefaults = (config: Record<string, unknown>): Record<string, unknown> => ({
  ...config,
  orderBy: isEmpty(config.orderBy) ? 'ASC' : config.orderBy,
  aggregation: isEmpty(config.aggregation) ? 'NONE' : config.aggregation,
})

export const originatorTelemetry = defineNode({
  type: 'originator-telemetry',
  className: 'org.thingsboard.rule.engine.metadata.TbGetTelemetryNode',
  name: 'originator telemetry',
  description:
    'Adds stored time series of the originator to the metadata: the first, the last or all points of an interval.',
  category: 'enrichment',
  icon: 'chart-line',
  configVersion: 2,
  config: z.object({
    latestTsKeyNames: textsSchema({
      title: 'Keys',
      description: 'Time series to add.',
      isPattern: true,
    }).meta({ suggest: 'telemetry-keys' }),
    fetchMode: z.enum(['FIRST', 'LAST', 'ALL']).meta({
      title: 'Points',
      description: 'The oldest, the newest, or all of the interval.',
    }),
    startInterval: interval('From', 'How long before now the interval begins.').meta({
      unit: 'startIntervalTimeUnit',
      when: { useMetadataIntervalPatterns: [false] },
    }),
    startIntervalTimeUnit: unit('Unit of From').meta({ when: { useMetadataIntervalPatterns: [false] } }),
    endInterval: interval('Until', 'How long before now the interval ends.').meta({
      unit: 'endIntervalTimeUnit',
      when: { useMetadataIntervalPatterns: [false] },
    }),
    endIntervalTimeUnit: unit('Unit of Until').meta({ when: { useMetadataIntervalPatterns: [false] } }),
    useMetadataIntervalPatterns: z.boolean().default(false).meta({
      title: 'Interval from the message',
      description: 'Take both ends from the patterns below instead.',
    }),
    startIntervalPattern: pattern('From, pattern').meta({ when: { useMetadataIntervalPatterns: [true] } }),
    endIntervalPattern: pattern('Until, pattern').meta({ when: { useMetadataIntervalPatterns: [true] } }),
    orderBy: z
      .enum(['ASC', 'DESC', ''])
      .nullish()
      .meta({
        title: 'Order',
        description: 'Of all points: oldest or newest first.',
        when: { fetchMode: ['ALL'] },
        words: { ASC: 'Oldest first', DESC: 'Newest first' },
      }),
    aggregation: z
      .union([aggregationSchema, z.literal('')])
      .nullish()
      .meta({
        title: 'Aggregation',
        description: 'Of all points: one for each key, over the whole interval.',
        when: { fetchMode: ['ALL'] },
        words: { AVG: 'Average', MIN: 'Minimum', MAX: 'Maximum' },
      }),
    limit: z
      .number()
      .int()
      .default(0)
      .meta({
        title: 'Limit',
        description: 'Most points of a key, 2 to 1000; for all points only.',
        when: { fetchMode: ['ALL'] },
      }),
  }),
  defaults: {
    startInterval: 2,
    endInterval: 1,
    startIntervalPattern: '',
    endIntervalPattern: '',
    useMetadataIntervalPatterns: false,
    startIntervalTimeUnit: 'MINUTES',
    endIntervalTimeUnit: 'MINUTES',
    fetchMode: 'FIRST',
    orderBy: 'ASC',
    aggregation: 'NONE',
    limit: 1_000,
    latestTsKeyNames: [],
  },
  connections: ['Success'],
  upgrades: {
    0: withMode,
    1: (config) => {
      const limited = isEmpty(config.limit) ? { ...config, limit: 1_000 } : config
      return config.fetchMode === 'ALL' ? withDefaults(limited) : limited
    },
  },
})
