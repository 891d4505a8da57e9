'use client'
import { isTimeZone, rangeOf, type TimeWindowModel } from '@thingwire/dashboards'
import { useEffect, useMemo } from 'react'
import { formatTravel, parseTravel, TravelClock } from './travel-clock.ts'
import type { Travel } from './travel-context.ts'

/** The address is told once the moment has stood still for so long. */
const restMs = 400
/** "All" begins so long ago: handles that move by years a pixel show nothing. */
const mostMs = 366 * 86_400_000

const viewerZone = () => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return isTimeZone(zone) ? zone : 'UTC'
}

/** Looking at the past of a board, as far as its address says so. */
export const useTravel = (p: {
  /** `at` in the address. */
  at: string | null
  setAt: (at: string | null, isStep: boolean) => void
  window: TimeWindowModel
}): Travel => {
  const { at, setAt, window } = p
  const asked = useMemo(() => parseTravel(at), [at])
  const { startTs, endTs } = asked?.range ?? { startTs: 0, endTs: 0 }
  // biome-ignore lint/correctness/useExhaustiveDependencies: another moment of the same range is sought by the same clock
  const clock = useMemo(
    () => (endTs > startTs ? new TravelClock({ startTs, endTs }, asked?.ts ?? endTs) : null),
    [startTs, endTs],
  )
  useEffect(() => {
    if (clock && asked && !clock.get().isPlaying) clock.seek(asked.ts)
  }, [clock, asked])
  useEffect(() => {
    if (!clock) return
    let timer: ReturnType<typeof setTimeout> | null = null
    const leave = clock.listen(() => {
      if (timer) clearTimeout(timer)
      const { ts, isPlaying } = clock.get()
      timer = isPlaying ? null : setTimeout(() => setAt(formatTravel(ts, clock.range), false), restMs)
    })
    return () => {
      leave()
      if (timer) clearTimeout(timer)
      clock.pause()
    }
  }, [clock, setAt])
  return useMemo(
    () => ({
      clock,
      enter: () => {
        const now = Date.now()
        const range = rangeOf(window, now, viewerZone())
        const end = Math.min(range.endTs, now)
        const start = Math.max(range.startTs, end - mostMs)
        if (end > start) setAt(formatTravel(end, { startTs: start, endTs: end }), true)
      },
      leave: () => setAt(null, true),
    }),
    [clock, setAt, window],
  )
}

/** The window of a board or widget while the past is looked at: as wide as it is, standing still where the journey ends. */
export const pastWindow = (model: TimeWindowModel, clock: TravelClock): TimeWindowModel => {
  const { startTs, endTs } = rangeOf(model, clock.range.endTs, viewerZone())
  const width = Math.max(1, Math.min(endTs, clock.range.endTs) - startTs)
  const end = clock.range.endTs
  return { ...model, mode: 'history', interval: null, span: { kind: 'fixed', startTs: end - width, endTs: end } }
}
