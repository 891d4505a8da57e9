import type { LivePoint } from '@thingwire/contracts'
import type { FunctionSource, WindowRange } from '@thingwire/dashboards'
import type { WidgetHost } from '@thingwire/widgets/manifests'
import { nobody } from './resolve.ts'
import { createSeriesMemory, type Source, type SourceKey, type SourcePlace, type SourceState } from './source.ts'

const quickestMs = 1_000
/** Points of a window, about. */
const wantedPoints = 200
const mostPoints = 2_000

/**
 * Each moment's value is made from the one before, so a run of moments is one call of this code, which is foreign code,
 * too, once the body stands in it.
 */
const generatingCode = (source: FunctionSource): FunctionSource => {
  const wrap = (body: string) => `
const make = function (time, prevValue) {
${body}
};
let value = before;
return times.map((time) => (value = make(time, value)));`
  return typeof source === 'string' ? wrap(source) : { ...source, body: wrap(source.body) }
}

/** Demonstration data: values that functions of the file make as time goes on. */
export const createFunctionSource = (options: {
  place: SourcePlace
  keys: readonly SourceKey[]
  /** Null: only newest values. */
  window: ((now: number) => WindowRange) | null
  isLive: boolean
  functions: WidgetHost['functions']
  now: () => number
  every: (intervalMs: number, run: () => void) => () => void
}): Source => {
  const { keys, place, window, now } = options
  const memory = createSeriesMemory(place)
  const entity = nobody(place.name)
  const codes = keys.map(({ dataKey }) => dataKey.funcBody && generatingCode(dataKey.funcBody))
  let made: (readonly LivePoint[])[] | null = null
  let reached = 0
  let problem: string | null = null
  let isBusy = false
  let stopTimer: (() => void) | null = null
  let tell: (() => void) | null = null

  const stepOf = ({ startTs, endTs }: WindowRange) => Math.max(quickestMs, Math.ceil((endTs - startTs) / wantedPoints))
  const timesSince = (range: WindowRange | null): number[] => {
    if (!range) return [now()]
    const step = stepOf(range)
    const endTs = Math.min(range.endTs, now())
    const from = Math.max(Math.ceil(Math.max(range.startTs, endTs - step * mostPoints) / step) * step, reached + step)
    return Array.from({ length: Math.max(0, Math.floor((endTs - from) / step) + 1) }, (_, n) => from + n * step)
  }

  const makeMore = async () => {
    if (isBusy) return
    isBusy = true
    const range = window?.(now()) ?? null
    const times = timesSince(range)
    const results = await Promise.all(
      codes.map(async (code, at) => {
        const before = made?.[at]?.at(-1)?.[1] ?? 0
        if (code === null || times.length === 0) return null
        const [result] = await options.functions.callMany(code, ['times', 'before'], [[times, before]])
        return result ?? null
      }),
    )
    isBusy = false
    made = results.map((result, at) => {
      const known = made?.[at] ?? []
      if (result && !result.ok) problem = result.message
      const values: unknown[] = result?.ok && Array.isArray(result.value) ? result.value : []
      const fresh = values.length === 0 ? [] : times.map((ts, n): LivePoint => [ts, values[n] ?? null])
      if (fresh.length === 0) return known
      return range ? [...known, ...fresh].filter(([ts]) => ts >= range.startTs) : fresh
    })
    reached = times.at(-1) ?? reached
    tell?.()
  }

  const state = (): SourceState => {
    const points = made
    if (!points) return { status: 'loading' }
    const parts = keys.map((key, at) => ({
      ...{ key, entity, points: points[at] ?? [] },
      ...(problem !== null && { problem }),
    }))
    return { status: 'ready', series: memory.build(parts), entities: 1, total: 1 }
  }

  return {
    start: (changed) => {
      tell = changed
      const period = window ? stepOf(window(now())) : quickestMs
      if (options.isLive) stopTimer = options.every(period, () => void makeMore())
      void makeMore()
    },
    stop: () => {
      stopTimer?.()
      stopTimer = null
      tell = null
    },
    state,
  }
}
