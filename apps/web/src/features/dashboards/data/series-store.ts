import { canonical } from './canonical.ts'
import type { EntityQuestion } from './entity-set.ts'
import type { PointsFeed } from './entity-source.ts'
import { SetSeries, type SetSeriesPorts } from './set-series.ts'
import type { SeriesPlan } from './series-plan.ts'

type Shared = { series: SetSeries; users: number }
/** A widget that asks for something else from now on may still want this, too. */
const lingerMs = 250

/** Time series of a board; widgets that read the same of the same entities share one. It runs while somebody uses it. */
export const createSeriesStore = (ports: SetSeriesPorts) => {
  const byName = new Map<string, Shared>()

  const open = (question: EntityQuestion, key: string, plan: SeriesPlan): PointsFeed => {
    const name = canonical([question, key, plan])
    let shared: Shared | null = null
    let stopListening: (() => void) | null = null
    return {
      start: (changed) => {
        const known = byName.get(name)
        shared = known ?? { series: new SetSeries(question, key, plan, ports), users: 0 }
        byName.set(name, shared)
        stopListening = shared.series.listen(changed)
        shared.users++
        if (!known) shared.series.start()
      },
      stop: () => {
        stopListening?.()
        stopListening = null
        if (!shared || --shared.users > 0) return
        const left = shared
        ports.after(lingerMs, () => {
          if (left.users > 0 || byName.get(name) !== left) return
          left.series.stop()
          byName.delete(name)
        })
      },
      state: () => {
        const { series } = shared ?? {}
        const state = series?.state() ?? { status: 'loading' }
        return state.status === 'failed' ? { ...state, retry: () => series?.retry() } : state
      },
      points: (entityId) => shared?.series.points(entityId) ?? [],
    }
  }

  return { open }
}
export type SeriesStore = ReturnType<typeof createSeriesStore>
