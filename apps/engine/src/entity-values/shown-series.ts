import type { EntityId, EntityView, TsKvEntry } from '@thingwire/contracts'
import type { Database, Scope } from '@thingwire/db'

/** Where the time series of an entity are: its own, or for a view the shown part of what it looks at. */
export type ShownSeries = {
  entityId: EntityId
  /** Null: all. */
  keys: ReadonlySet<string> | null
  /** Inclusive, epoch ms; null: open. */
  fromTs: number | null
  /** Exclusive, epoch ms; null: open. */
  toTs: number | null
}

const shownBy = ({ entityId, keys, startTimeMs, endTimeMs }: EntityView): ShownSeries => ({
  entityId,
  keys: new Set(keys.timeseries),
  fromTs: startTimeMs || null,
  toTs: endTimeMs || null,
})

/** A view that is gone shows nothing. */
export const findShown = async (
  { entityViews }: { entityViews: Pick<Database['entityViews'], 'find'> },
  scope: Scope,
  entityId: EntityId,
): Promise<ShownSeries> => {
  if (entityId.entityType !== 'ENTITY_VIEW') return { entityId, keys: null, fromTs: null, toTs: null }
  const view = await entityViews.find(scope, entityId.id)
  return view ? shownBy(view) : { entityId, keys: new Set(), fromTs: null, toTs: null }
}

/** Of the keys that are asked for (absent: all) those that are shown; undefined: all of them. */
export const shownKeys = ({ keys }: ShownSeries, asked: readonly string[] | undefined): string[] | undefined => {
  if (keys === null) return asked && [...asked]
  return asked ? asked.filter((key) => keys.has(key)) : [...keys]
}

/** Within a window the latest value is the newest point of it. */
export const readShownLatest = async (
  telemetry: Pick<Database['telemetry'], 'latest' | 'history'>,
  scope: Scope,
  shown: ShownSeries,
  asked: readonly string[] | undefined,
): Promise<TsKvEntry[]> => {
  const keys = shownKeys(shown, asked)
  const { entityId, fromTs, toTs } = shown
  if (keys?.length === 0) return []
  if (keys === undefined || (fromTs === null && toTs === null)) return telemetry.latest(scope, entityId, keys)
  const points = await telemetry.history(scope, {
    entityId,
    keys,
    startTs: fromTs ?? 0,
    endTs: toTs ?? Number.MAX_SAFE_INTEGER,
    aggregation: 'NONE',
    intervalMs: 0,
    order: 'DESC',
    limit: 1,
  })
  return Object.entries(points).flatMap(([key, values]) => values.map((value) => ({ key, ...value })))
}

/** The store as its readers see it: asked for a view, it answers with what the view shows. */
export const withShownSeries = <T extends Pick<Database, 'telemetry' | 'entityViews'>>(database: T): T => {
  const { telemetry } = database
  return {
    ...database,
    telemetry: {
      ...telemetry,
      latest: async (scope, entityId, keys) =>
        entityId.entityType === 'ENTITY_VIEW'
          ? readShownLatest(telemetry, scope, await findShown(database, scope, entityId), keys)
          : telemetry.latest(scope, entityId, keys),
      history: async (scope, query) => {
        if (query.entityId.entityType !== 'ENTITY_VIEW') return telemetry.history(scope, query)
        const shown = await findShown(database, scope, query.entityId)
        const startTs = Math.max(query.startTs, shown.fromTs ?? query.startTs)
        const endTs = Math.min(query.endTs, shown.toTs ?? query.endTs)
        const keys = shownKeys(shown, query.keys) ?? []
        return telemetry.history(scope, { ...query, entityId: shown.entityId, keys, startTs, endTs })
      },
    } satisfies Database['telemetry'],
  }
}
