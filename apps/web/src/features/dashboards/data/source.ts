import type { LivePoint } from '@thingwire/contracts'
import type { DashboardDataKey } from '@thingwire/dashboards'
import type { WidgetEntity, WidgetSeries } from '@thingwire/widgets/manifests'

export type SourceState =
  | { status: 'loading' }
  | { status: 'failed'; reason: string; retry: () => void }
  | {
      status: 'ready'
      /** The same objects as long as nothing in them changed. */
      series: readonly WidgetSeries[]
      entities: number
      /** More match than are shown. */
      total: number
    }

/** One datasource of a widget while it runs. */
export type Source = {
  /** `changed` is told of everything that may make another state. */
  start: (changed: () => void) => void
  stop: () => void
  state: () => SourceState
}

/** Where a source stands in its widget. */
export type SourcePlace = { index: number; name: string }

/** One key of a source, and where its points come from. */
export type SourceKey = {
  dataKey: DashboardDataKey
  role: WidgetSeries['role']
  place: number
}

/** Keeps a series the same object as long as its entity and its points are. */
export const createSeriesMemory = ({ index, name }: SourcePlace) => {
  let known = new Map<string, WidgetSeries>()
  return {
    /** Of all series at once: those that are not among them are forgotten. */
    build: (
      parts: Iterable<{ key: SourceKey; entity: WidgetEntity; points: readonly LivePoint[]; problem?: string }>,
    ): WidgetSeries[] => {
      const next = new Map<string, WidgetSeries>()
      for (const { key, entity, points, problem } of parts) {
        const id = `${index}/${key.role}/${key.place}/${entity.id.id}`
        const before = known.get(id)
        const isSame =
          before?.points === points &&
          before.entity === entity &&
          before.dataKey === key.dataKey &&
          before.problem === problem
        next.set(
          id,
          isSame
            ? before
            : {
                id,
                datasource: index,
                datasourceName: name,
                entity,
                dataKey: key.dataKey,
                role: key.role,
                points,
                ...(problem !== undefined && { problem }),
              },
        )
      }
      known = next
      return [...next.values()]
    },
  }
}
