'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { TimeWindowModel } from '@thingwire/dashboards'
import { useWidgetHost } from '../../host/host-context.tsx'
import type { TimeRange } from '../../widget.ts'

/** After the last turn of the wheel the widgets of the window follow. */
const settleMs = 300
/** Nothing is seen of a shorter stretch. */
const shortestMs = 20

export type Zoom = {
  range: TimeRange
  isZoomed: boolean
  /** The wheel still turns. */
  isMoving: boolean
  /** At once here; `settled` when the gesture is over, and all widgets of the window shall follow. */
  show: (range: TimeRange, settled: boolean) => void
  reset: () => void
}

/**
 * A closer look at a part of the window: at once in this chart, and then, with finer data, in all that show the same window.
 * @param isLasting the dashboard's window itself is changed, instead of being looked at in passing
 */
export const useZoom = (window: TimeRange, isLasting: boolean): Zoom => {
  const { time } = useWidgetHost()
  const [view, setView] = useState<TimeRange | null>(null)
  const [isMoving, setIsMoving] = useState(false)
  const before = useRef<TimeWindowModel | null>(null)
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined)
  const { startTs, endTs } = window
  // biome-ignore lint/correctness/useExhaustiveDependencies: another window ends the look at a part of the former one
  useEffect(() => setView(null), [startTs, endTs])
  useEffect(() => () => clearTimeout(settling.current), [])

  const commit = useCallback(
    (range: TimeRange) => {
      if (!isLasting) return time.zoom(range)
      before.current ??= time.model
      time.choose({ ...time.model, mode: 'history', span: { kind: 'fixed', ...range } })
    },
    [isLasting, time],
  )
  const show = useCallback(
    (wanted: TimeRange, settled: boolean) => {
      const range = { startTs: Math.round(wanted.startTs), endTs: Math.round(wanted.endTs) }
      if (range.endTs - range.startTs < shortestMs) return
      clearTimeout(settling.current)
      setView(range)
      setIsMoving(!settled)
      const settle = () => {
        setIsMoving(false)
        commit(range)
      }
      if (settled) commit(range)
      else settling.current = setTimeout(settle, settleMs)
    },
    [commit],
  )
  const reset = useCallback(() => {
    clearTimeout(settling.current)
    setView(null)
    setIsMoving(false)
    if (before.current) time.choose(before.current)
    else time.zoom(null)
    before.current = null
  }, [time])
  const isZoomed = view !== null || time.isZoomed || before.current !== null
  return { range: view ?? window, isZoomed, isMoving: isMoving && view !== null, show, reset }
}

/** Nearer to, or farther from, what is under the pointer. */
export const zoomedAround = (range: TimeRange, ts: number, factor: number): TimeRange => ({
  startTs: ts - (ts - range.startTs) * factor,
  endTs: ts + (range.endTs - ts) * factor,
})

export const moved = (range: TimeRange, byMs: number): TimeRange => ({
  startTs: range.startTs + byMs,
  endTs: range.endTs + byMs,
})
