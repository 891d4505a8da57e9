import { AppError, type Aggregation, type Message, type TsValue } from '@thingwire/contracts'
import { type Clock, defineHandler, kvValueToJson, type SeriesQuery, textOfKv, withMetadata } from '@thingwire/rules'
import type { z } from 'zod'
import { inBatches } from '../enriching/in-batches.ts'
import { fill, patternsOf } from '../enriching/patterns.ts'
import { originatorTelemetry } from './manifest.ts'

type Config = z.output<typeof originatorTelemetry.config>
type Unit = Config['startIntervalTimeUnit']

const unitMs: Record<Unit, number> = {
  MILLISECONDS: 1,
  SECONDS: 1_000,
  MINUTES: 60_000,
  HOURS: 3_600_000,
  DAYS: 86_400_000,
}

export const originatorTelemetryHandler = defineHandler(originatorTelemetry, (config, { ports }) => {
  const how = readingOf(config)
  const keysOf = patternsOf(config.latestTsKeyNames)
  return inBatches({
    plan: (message): SeriesQuery => {
      const { startTs, endTs } = intervalOf(config, message, ports.clock)
      if (startTs > endTs) throw new Error('Interval start should be less than Interval end')
      const keys = [...new Set(keysOf(message))]
      return { entityId: message.originator, keys, startTs, endTs, intervalMs: Math.max(endTs - startTs, 1), ...how }
    },
    read: (queries) => ports.telemetry.history(queries),
    finish: (message, series, { keys }) => {
      const entries = keys.flatMap((key): [string, string][] => {
        const points = series.get(key) ?? []
        return points.length > 0 ? [[key, config.fetchMode === 'ALL' ? listOf(points) : single(points)]] : []
      })
      return [{ message: withMetadata(message, Object.fromEntries(entries)), connection: 'Success' }]
    },
  })
})

const refuse = (problem: string): never => {
  throw new AppError('RULE_CHAIN_INVALID', problem)
}

const readingOf = ({
  latestTsKeyNames,
  fetchMode,
  orderBy,
  aggregation,
  limit,
}: Config): { order: 'ASC' | 'DESC'; aggregation: Aggregation; limit: number } => {
  if (latestTsKeyNames.length === 0) refuse('Telemetry should be specified!')
  if (fetchMode !== 'ALL') return { order: fetchMode === 'FIRST' ? 'ASC' : 'DESC', aggregation: 'NONE', limit: 1 }
  if (limit < 2 || limit > 1_000) refuse('Limit should be in a range from 2 to 1000.')
  if (!orderBy) return refuse('Order by should be specified!')
  if (!aggregation) return refuse('Aggregation should be specified!')
  return { order: orderBy, aggregation, limit }
}

const intervalOf = (config: Config, message: Message, clock: Clock): { startTs: number; endTs: number } => {
  if (config.useMetadataIntervalPatterns)
    return {
      startTs: timeOf(config.startIntervalPattern ?? '', message),
      endTs: timeOf(config.endIntervalPattern ?? '', message),
    }
  const now = clock.now()
  return {
    startTs: now - config.startInterval * unitMs[config.startIntervalTimeUnit],
    endTs: now - config.endInterval * unitMs[config.endIntervalTimeUnit],
  }
}

const timeOf = (pattern: string, message: Message): number => {
  const text = fill(pattern, message)
  const time = Number(text)
  if (/^[+-]?[0-9]+$/.test(text) && Number.isSafeInteger(time)) return time
  const name = pattern.replace(/[${}[\]]/g, '')
  throw new Error(`Message value: '${name}' ${text === pattern ? 'is undefined' : 'has invalid format'}`)
}

/** The text of the value, as JSON: with its quotes (as ThingsBoard). */
const single = ([point]: readonly TsValue[]): string => JSON.stringify(point ? textOfKv(point) : '')

const listOf = (points: readonly TsValue[]): string =>
  `[${points.map((point) => `{"ts":${point.ts},"value":${kvValueToJson(point)}}`).join()}]`
