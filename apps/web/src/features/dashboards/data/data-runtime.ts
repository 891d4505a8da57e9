import type { WidgetHost } from '@thingwire/widgets/manifests'
import type { LiveClient } from '@/live/live-client.ts'
import { EntitySets } from './entity-sets.ts'
import { createFrames, type Frames } from './frames.ts'
import { createSeriesReads, type SeriesOutcome, type SeriesQuestion } from './series-reads.ts'
import { createSeriesStore, type SeriesStore } from './series-store.ts'
import type { SetSeriesPorts } from './set-series.ts'

/** What all widgets of a board share to get at their data. */
export type DataRuntime = {
  ports: SetSeriesPorts
  series: SeriesStore
  frames: Frames
  functions: WidgetHost['functions']
  userId: string
  subscribe: LiveClient['subscribe']
  connection: Pick<LiveClient, 'state' | 'onStateChange'>
  /** On the clock's own multiples of the period, so that widgets of one period move in one frame. */
  tick: (periodMs: number, run: () => void) => () => void
}

const every = (intervalMs: number, run: () => void) => {
  const timer = setInterval(run, intervalMs)
  return () => clearInterval(timer)
}

const after = (delayMs: number, run: () => void) => {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}

const tick = (periodMs: number, run: () => void) => {
  let cancel = () => {}
  const next = () => {
    cancel = after(periodMs - (Date.now() % periodMs), () => {
      next()
      run()
    })
  }
  next()
  return () => cancel()
}

export const createDataRuntime = (options: {
  client: Pick<LiveClient, 'subscribe' | 'state' | 'onStateChange'>
  ask: (questions: readonly SeriesQuestion[]) => Promise<readonly SeriesOutcome[]>
  functions: WidgetHost['functions']
  userId: string
  nextFrame: (run: () => void) => void
  past?: SetSeriesPorts['past'] | undefined
}): DataRuntime => {
  const { client, functions, userId, nextFrame } = options
  const subscribe: DataRuntime['subscribe'] = (request, listener) => client.subscribe(request, listener)
  const sets = new EntitySets({ subscribe, soon: (run) => queueMicrotask(run), after })
  const reads = createSeriesReads({ ask: options.ask, soon: (run) => queueMicrotask(run) })
  const { past } = options
  const ports: SetSeriesPorts = { sets, reads, now: Date.now, every, after, ...(past && { past }) }
  return {
    ...{ ports, functions, userId, subscribe, tick, connection: client },
    series: createSeriesStore(ports),
    frames: createFrames({ now: () => performance.now(), nextFrame, after }),
  }
}
