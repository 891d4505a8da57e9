'use client'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { useWidgetHost } from '../../host/host-context.tsx'
import { timeAt, valueAt, nearestIndex, pointCount } from './course.ts'
import type { Plot } from './echarts.ts'
import { type Frame, isShown } from './frame.ts'
import { type Hover, hoverAt, type Reading } from './hover.ts'
import { closeNumber, withUnit } from './numbers.ts'
import { ChartTooltip } from './tooltip.tsx'
import { moved, type Zoom, zoomedAround } from './use-zoom.ts'
import type { ChartWords } from './words.ts'
import { localText } from './zone.ts'

type Props = {
  frame: Frame
  plot: Plot
  title: string
  zoom: Zoom
  age: (ts: number) => string
  words: ChartWords
  /** px of a value on one of the axes. */
  yOf: (axis: number, value: number) => number
}

/** px in the layer; of a keyboard's cursor there is no place, only a moment. */
type Pointer = { ts: number; x: number; y: number | null; fromLeft: number; fromTop: number }
type Selection = { from: number; to: number }

const leastSelection = 8
const pointReach = 14

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value))

/**
 * What happens over the picture: the cursor with its tooltip, a stretch that is chosen, wheel and keys. It is not drawn by the
 * chart, so that pointing at 100,000 points costs no new picture.
 */
export const CursorLayer = (p: Props) => {
  const { cursor } = useWidgetHost()
  const layer = useRef<HTMLDivElement>(null)
  const [pointer, setPointer] = useState<Pointer | null>(null)
  const [shared, setShared] = useState<number | null>(null)
  const [selection, setSelection] = useState<Selection | null>(null)
  const { frame, plot } = p
  const { range } = frame
  const msPerPx = (range.endTs - range.startTs) / Math.max(1, plot.width)
  const tsAt = (x: number) => range.startTs + (x - plot.x) * msPerPx
  const xAt = (ts: number) => plot.x + (ts - range.startTs) / msPerPx

  useEffect(() => cursor.listen(setShared), [cursor])
  useWheel(layer, p, tsAt)

  const place = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top, fromLeft: box.left, fromTop: box.top }
  }
  const point = (next: Pointer | null) => {
    setPointer(next)
    cursor.show(next?.ts ?? null)
  }
  const inPlot = (x: number) => clamp(x, plot.x, plot.x + plot.width)
  const onMove = (event: PointerEvent<HTMLDivElement>) => {
    const at = place(event)
    if (selection) return setSelection({ ...selection, to: inPlot(at.x) })
    const isInside = at.x >= plot.x - 4 && at.x <= plot.x + plot.width + 4
    point(isInside ? { ...at, ts: tsAt(at.x) } : null)
  }
  const onDown = (event: PointerEvent<HTMLDivElement>) => {
    if (!frame.settings.dataZoom || event.button !== 0 || event.pointerType === 'touch') return
    const { x } = place(event)
    event.currentTarget.setPointerCapture(event.pointerId)
    setSelection({ from: inPlot(x), to: x })
  }
  const onUp = (event: PointerEvent<HTMLDivElement>) => {
    // Where it was let go: of a quick hand the last move may not have been drawn yet.
    const to = inPlot(place(event).x)
    if (selection && Math.abs(to - selection.from) >= leastSelection) {
      point(null)
      p.zoom.show({ startTs: tsAt(Math.min(selection.from, to)), endTs: tsAt(Math.max(selection.from, to)) }, true)
    }
    setSelection(null)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const handled = keyAction(event, p, pointer?.ts ?? range.endTs, (ts) => {
      const box = event.currentTarget.getBoundingClientRect()
      point({ ts, x: xAt(ts), y: null, fromLeft: box.left, fromTop: box.top })
    })
    if (handled) event.preventDefault()
  }

  const hover = pointer && !selection ? hoverAt(frame, pointer.ts) : null
  const seen = pointer && hover ? inReach(p, hover, pointer) : null
  const outside =
    pointer === null && shared !== null && shared >= range.startTs && shared <= range.endTs ? shared : null
  return (
    <div
      ref={layer}
      role="slider"
      tabIndex={0}
      aria-label={p.title}
      aria-valuemin={range.startTs}
      aria-valuemax={range.endTs}
      aria-valuenow={Math.round(seen?.hover.ts ?? range.endTs)}
      aria-valuetext={seen ? spoken(frame, seen.hover) : ''}
      className="absolute inset-0 touch-pan-y rounded-md focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent"
      onPointerMove={onMove}
      onPointerDown={onDown}
      onPointerUp={onUp}
      onPointerCancel={() => setSelection(null)}
      onPointerLeave={() => point(null)}
      onBlur={() => point(null)}
      onDoubleClick={p.zoom.reset}
      onKeyDown={onKeyDown}
    >
      {selection ? (
        <div
          aria-hidden
          className="pointer-events-none absolute border-x border-accent bg-accent/12"
          style={{
            left: Math.min(selection.from, selection.to),
            width: Math.abs(selection.to - selection.from),
            top: plot.y,
            height: plot.height,
          }}
        />
      ) : null}
      <MomentMark frame={frame} plot={plot} />
      {outside === null ? null : <CursorLine x={xAt(outside)} plot={plot} />}
      {seen && pointer ? (
        <>
          <CursorLine x={xAt(seen.hover.ts)} plot={plot} />
          <Dots p={p} readings={seen.hover.readings} xAt={xAt} />
          {frame.settings.showTooltip ? <Floating p={p} seen={seen} pointer={pointer} /> : null}
        </>
      ) : null}
    </div>
  )
}

/** Wheel events must be held back from the page, which React's own listeners cannot do. */
const useWheel = (layer: React.RefObject<HTMLDivElement | null>, p: Props, tsAt: (x: number) => number) => {
  const newest = useRef({ p, tsAt })
  useEffect(() => {
    newest.current = { p, tsAt }
  })
  useEffect(() => {
    const element = layer.current
    if (!element) return
    const onWheel = (event: WheelEvent) => {
      const { p: now, tsAt: at } = newest.current
      if (!now.frame.settings.dataZoom) return
      const { range } = now.frame
      const isZoom = event.ctrlKey || event.metaKey
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX
      if (!isZoom && Math.abs(sideways) <= Math.abs(event.shiftKey ? 0 : event.deltaY)) return
      event.preventDefault()
      if (isZoom) {
        const x = event.clientX - element.getBoundingClientRect().left
        return now.zoom.show(zoomedAround(range, at(x), Math.exp(clamp(event.deltaY, -80, 80) * 0.004)), false)
      }
      now.zoom.show(moved(range, ((range.endTs - range.startTs) * sideways) / Math.max(1, now.plot.width)), false)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [layer])
}

/** Steps from point to point of the first series that is shown. */
const keyAction = (event: KeyboardEvent, p: Props, ts: number, go: (ts: number) => void): boolean => {
  const { range } = p.frame
  if (event.key === '+' || event.key === '=')
    p.zoom.show(zoomedAround(range, clamp(ts, range.startTs, range.endTs), 0.7), false)
  else if (event.key === '-') p.zoom.show(zoomedAround(range, (range.startTs + range.endTs) / 2, 1 / 0.7), false)
  else if (event.key === 'Escape') p.zoom.reset()
  else if (event.key === 'Home') go(range.startTs)
  else if (event.key === 'End') go(range.endTs)
  else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
    const first = p.frame.list.find((item) => isShown(p.frame, item) && !item.isComparison)
    const course = first ? p.frame.courses.get(first.series.id) : undefined
    if (!course || pointCount(course) === 0) return false
    const direction = event.key === 'ArrowLeft' ? -1 : 1
    let index = nearestIndex(course, ts)
    for (let left = event.shiftKey ? 10 : 1; left > 0; index += direction) {
      const next = index + direction
      if (next < 0 || next >= pointCount(course)) break
      if (!Number.isNaN(valueAt(course, next))) left--
    }
    go(clamp(timeAt(course, index), range.startTs, range.endTs))
  } else return false
  return true
}

const spoken = (frame: Frame, hover: Hover): string =>
  [
    localText(hover.ts, frame.timeZone).slice(0, 19),
    ...hover.readings.map(
      ({ item, value }) => `${item.label} ${withUnit(closeNumber(value, item.decimals, frame.locale), item.units)}`,
    ),
  ].join(', ')

type Seen = { hover: Hover; focused: string | null }

/** The series nearest to the pointer, and whether a point is near at all where the file wants that. */
const inReach = (p: Props, hover: Hover, pointer: Pointer): Seen | null => {
  const { tooltipTrigger, tooltipShowFocusedSeries } = p.frame.settings
  const { y } = pointer
  if (y === null || (tooltipTrigger === 'axis' && !tooltipShowFocusedSeries)) return { hover, focused: null }
  const distances = hover.readings.map((reading) => ({
    reading,
    distance: Math.abs(p.yOf(reading.item.axis, reading.value) - y),
  }))
  const nearest = distances.reduce((best, one) => (one.distance < best.distance ? one : best))
  const isBar = nearest.reading.item.settings.type === 'bar'
  if (tooltipTrigger === 'point' && !isBar && nearest.distance > pointReach) return null
  return { hover, focused: nearest.reading.item.series.id }
}

const CursorLine = ({ x, plot }: { x: number; plot: Plot }) => (
  <div
    aria-hidden
    className="pointer-events-none absolute w-px bg-line-strong"
    style={{ left: 0, top: plot.y, height: plot.height, transform: `translateX(${Math.round(x)}px)` }}
  />
)

/** The moment that the board is looked at, and a veil over what came after it. Moves with every frame without being drawn anew. */
const MomentMark = ({ frame: { range }, plot }: Pick<Props, 'frame' | 'plot'>) => {
  const { moment } = useWidgetHost()
  const isPast = useSyncExternalStore(
    moment.listen,
    () => moment.read() !== null,
    () => false,
  )
  const veil = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const place = () => {
      const ts = moment.read()
      const element = veil.current
      if (ts === null || !element) return
      const share = clamp((ts - range.startTs) / Math.max(1, range.endTs - range.startTs), 0, 1)
      element.style.transform = `translateX(${share * plot.width}px)`
    }
    place()
    return moment.listen(place)
  }, [moment, range.startTs, range.endTs, plot.width])
  if (!isPast) return null
  return (
    <div
      aria-hidden
      data-moment
      className="pointer-events-none absolute overflow-hidden"
      style={{ left: plot.x, top: plot.y, width: plot.width + 1, height: plot.height }}
    >
      <div ref={veil} className="size-full border-l-2 border-accent bg-surface/80" />
    </div>
  )
}

/** Of stacked series the value is no height. */
const Dots = ({ p, readings, xAt }: { p: Props; readings: readonly Reading[]; xAt: (ts: number) => number }) => {
  if (p.frame.settings.stack) return null
  return readings
    .filter(({ item }) => item.settings.type === 'line' && !item.isComparison && !item.isStepped)
    .map(({ item, ts, value }) => (
      <div
        key={item.series.id}
        aria-hidden
        className="pointer-events-none absolute -mt-1 -ml-1 size-2 rounded-full ring-2 ring-surface"
        style={{
          left: 0,
          top: 0,
          background: item.color,
          transform: `translate(${xAt(ts)}px, ${p.yOf(item.axis, value)}px)`,
        }}
      />
    ))
}

const tooltipGap = 14
const tooltipWidth = 260

/** Beside the pointer, over everything: a small widget would cut it off. */
const Floating = ({ p, seen, pointer }: { p: Props; seen: Seen; pointer: Pointer }) => {
  const left = pointer.fromLeft + pointer.x
  const isRight = left + tooltipGap + tooltipWidth < globalThis.innerWidth
  const y = pointer.fromTop + (pointer.y ?? p.plot.y)
  const isLow = y > globalThis.innerHeight * 0.6
  return createPortal(
    <div
      data-theme={p.frame.theme.scheme}
      className="pointer-events-none fixed z-40 w-max max-w-80"
      style={{
        ...(isRight ? { left: left + tooltipGap } : { right: globalThis.innerWidth - left + tooltipGap }),
        ...(isLow ? { bottom: globalThis.innerHeight - y + tooltipGap } : { top: y + tooltipGap }),
      }}
    >
      <ChartTooltip frame={p.frame} hover={seen.hover} age={p.age} words={p.words} focused={seen.focused} />
    </div>,
    document.body,
  )
}
