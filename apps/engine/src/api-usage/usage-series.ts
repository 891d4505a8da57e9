import { randomUUID } from 'node:crypto'
import { alarmSeverities, entityId, type TsKvEntry } from '@thingwire/contracts'
import type { Database, TenantFigures } from '@thingwire/db'
import type { Redis } from 'ioredis'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { OpenRedis } from '../redis.ts'
import { redisKeys } from '../redis-keys.ts'
import type { TelemetryWriter } from '../telemetry/telemetry-writer.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** Long enough that two processes never do the same minute, short enough that the next minute is always done. */
const dutyMs = minuteMs / 2

const keyOf = (severity: string) => `activeAlarms${severity.charAt(0)}${severity.slice(1).toLowerCase()}`

/** The figures of a moment as entries: counts of the hour stand at its start, as ThingsBoard has them. */
export const usageEntries = (figures: TenantFigures, nowMs: number): TsKvEntry[] => {
  const [minute, hour] = [Math.floor(nowMs / minuteMs) * minuteMs, Math.floor(nowMs / hourMs) * hourMs]
  return [
    { key: 'transportMsgCountHourly', ts: hour, type: 'LONG', value: figures.messages },
    { key: 'createdAlarmsCountHourly', ts: hour, type: 'LONG', value: figures.createdAlarms },
    ...alarmSeverities.map(
      (severity): TsKvEntry => ({
        ...{ key: keyOf(severity), ts: minute, type: 'LONG' },
        value: figures.activeAlarms[severity] ?? 0,
      }),
    ),
  ]
}

/**
 * What tenants use, as time series of their API usage state, once a minute in one process at a time: messages and new
 * alarms of the hour, and how many alarms of each severity are active. Tenants where nothing happens have none.
 */
export const createUsageSeries = (options: {
  database: Pick<Database, 'apiUsage'>
  telemetry: Pick<TelemetryWriter, 'save'>
  openRedis: OpenRedis
  now(): number
  logger: Logger
}): Part & { run(): Promise<void> } => {
  const { database, telemetry, logger } = options
  const ownerId = randomUUID()
  let redis: Redis | null = null
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> = Promise.resolve()

  const run = async () => {
    if (!redis) return
    if ((await redis.set(redisKeys.duty('usage series'), ownerId, 'PX', dutyMs, 'NX')) !== 'OK') return
    const nowMs = options.now()
    for (const figures of await database.apiUsage.figures(Math.floor(nowMs / hourMs) * hourMs))
      await telemetry.save(figures.tenantId, [
        {
          entityId: entityId('API_USAGE_STATE', figures.stateId),
          entries: usageEntries(figures, nowMs),
          ttlSeconds: 0,
          ...{ saveTimeseries: true, saveLatest: true, notifyLive: true },
        },
      ])
  }
  const logFailure = (error: unknown) => logger.warn(errorFields(error), 'usage of tenants was not written')

  return {
    name: 'usage series',
    run,
    start: async () => {
      redis = options.openRedis('commands')
      await redis.connect()
      timer = setInterval(() => {
        running = running.then(run).catch(logFailure)
      }, minuteMs)
    },
    stop: async () => {
      if (timer) clearInterval(timer)
      await running
      await redis?.quit().catch(() => redis?.disconnect())
    },
  }
}
