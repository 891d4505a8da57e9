import { type LivePoint, toPlainValue } from '@thingwire/contracts'
import type { Database, SeriesWrite } from '@thingwire/db'
import type { TelemetrySave } from '@thingwire/rules'
import type { LiveBus } from '../live-bus/live-bus.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { Metrics } from '../observability/metrics.ts'
import { createGroupCommit } from './group-commit.ts'

export type TelemetryWriter = {
  /** Resolves after the commit that holds all rows; then watchers are told. */
  save(tenantId: string, saves: readonly TelemetrySave[]): Promise<void>
  pendingRows(): number
  /** Gives up what waits for an unreachable database; its batches stay in the queue. */
  abort(): void
}

/** Rows in one statement: larger groups gain nothing and keep locks longer. */
const maxRows = 6_000
const maxInFlight = 2

/** All partitions of this process share its commits (docs/architecture.md §4). */
export const createTelemetryWriter = (options: {
  database: Database
  liveBus: LiveBus
  logger: Logger
  metrics: Metrics
}): TelemetryWriter => {
  const { liveBus, logger, metrics } = options
  const commits = createGroupCommit<SeriesWrite>({
    maxItems: maxRows,
    maxInFlight,
    write: (rows) => options.database.telemetry.write(rows),
    onCommit: (rows) => {
      metrics.storedRows.inc({ store: 'telemetry' }, rows)
      metrics.groupRows.observe({ store: 'telemetry' }, rows)
    },
    onRetry: (error, attempt) => {
      if (attempt % 10 === 0) logger.warn({ attempt, ...errorFields(error) }, 'telemetry not stored; repeating')
    },
  })

  const tellWatchers = (tenantId: string, saves: readonly TelemetrySave[]) => {
    const points = new Map<string, Record<string, LivePoint[]>>()
    for (const { entityId, entries, notifyLive } of saves) {
      if (!notifyLive || !liveBus.isEntityWatched(tenantId, entityId.id)) continue
      const byKey = points.get(entityId.id) ?? emptyPoints()
      points.set(entityId.id, byKey)
      for (const entry of entries) {
        const list = byKey[entry.key] ?? []
        byKey[entry.key] = list
        list.push([entry.ts, toPlainValue(entry)])
      }
    }
    for (const [entityId, byKey] of points) {
      for (const list of Object.values(byKey)) list.sort((a, b) => a[0] - b[0])
      liveBus.publish(tenantId, { kind: 'telemetry', tenantId, entityId, points: byKey })
    }
  }

  return {
    save: async (tenantId, saves) => {
      const rows: SeriesWrite[] = []
      for (const { entityId, entries, saveTimeseries, saveLatest, ttlSeconds } of saves) {
        if (!saveTimeseries && !saveLatest) continue
        const expiry = ttlSeconds > 0 ? { expiresAt: expiryOf(ttlSeconds) } : null
        for (const entry of entries) rows.push({ ...entry, tenantId, entityId, saveTimeseries, saveLatest, ...expiry })
      }
      await commits.add(rows)
      tellWatchers(tenantId, saves)
    },
    pendingRows: () => commits.pendingItems(),
    abort: () => commits.abort(),
  }
}

/** A time to live beyond all calendars is kept as the largest time there is. */
const expiryOf = (ttlSeconds: number): number => Math.min(Date.now() + ttlSeconds * 1_000, Number.MAX_SAFE_INTEGER)

/** Without a prototype: a key may be called `constructor`. */
const emptyPoints = (): Record<string, LivePoint[]> => Object.create(null)
