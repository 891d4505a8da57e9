'use client'
import {
  type Box,
  type Boxes,
  type LayoutAddress,
  movedBy,
  onOwnGrid,
  placeWidgets,
  pushed,
  widgetOf,
  within,
} from '@thingwire/dashboards/edit'
import { findWidget } from '@thingwire/widgets/manifests'
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { useEditorStore } from '../store/use-editor.ts'
import { type Edge, isEdge, pulled } from './edges.ts'
import { isOfGrid } from './grid-under.ts'
import { scrollAlong } from './scroll-along.ts'
import { carriedTo } from './carried-to.ts'
import { useCarry } from './use-carry.ts'
import { cellsOf, type Released } from './use-glide.ts'

/** px; `column` and `row` without the gap. */
type Measures = { gap: number; outer: number; column: number; row: number; columns: number }
type Input = {
  root: RefObject<HTMLDivElement | null>
  at: LayoutAddress
  start: Boxes
  locked: ReadonlySet<string>
  containers: ReadonlySet<string>
  isFree: boolean
  measures: Measures
  /** Set when the pointer lets go; see `useGlide`. */
  released: RefObject<Released | null>
}

type Gesture = {
  kind: 'move' | 'marquee' | 'tap' | Edge
  /** Where the pointer went down, px in the grid. */
  from: { x: number; y: number }
  /** Those that are moved or resized. */
  ids: readonly string[]
  /** The widget that was pressed to be moved: a press without a drag chooses it alone. */
  pressed: string | null
  start: Boxes
  pointerId: number
}
type Shown = { boxes: Boxes | null; marquee: Box | null }

/** While something is over another grid all stands as it was. */
const carried: Shown = { boxes: null, marquee: null }

const nothing: Shown = { boxes: null, marquee: null }
/** Less is a click, px. */
const leastDrag = 4

const inGrid = (root: HTMLElement, event: { clientX: number; clientY: number }) => {
  const box = root.getBoundingClientRect()
  return { x: event.clientX - box.left, y: event.clientY - box.top }
}

/** Selecting, moving, resizing and marquee by pointer. Until it is let go the document does not change. */
export const useGridDrag = ({ root, at, start, locked, containers, isFree, measures, released }: Input) => {
  const store = useEditorStore()
  const [gesture, setGesture] = useState<Gesture | null>(null)
  const [shown, setShown] = useState<Shown>(nothing)
  /** The same at once: a quick hand lets go before React has drawn its last move. */
  const newest = useRef<Shown>(nothing)
  const show = (next: Shown) => {
    newest.current = next
    setShown(next)
  }
  const carry = useCarry({ root, at, start })
  const pointer = useRef<{ clientX: number; clientY: number } | null>(null)
  const offset = useRef({ x: 0, y: 0 })
  const stretched = useRef<Box | null>(null)
  /** What is moved follows the pointer itself; it is not drawn anew for that. */
  const follow = (ids: readonly string[], to: { x: number; y: number } | null) => {
    for (const id of ids)
      for (const cell of cellsOf(root.current, id)) cell.style.translate = to ? `${to.x}px ${to.y}px` : ''
    offset.current = to ?? { x: 0, y: 0 }
  }
  /** The edge that is pulled follows the pointer; null: all edges stand where the grid has them. */
  const stretch = ([id]: readonly string[], from: Boxes, box: Box | null) => {
    const start = id === undefined ? undefined : from.get(id)
    if (id === undefined || !start) return
    stretched.current = box
    const [x, y] = [measures.column + measures.gap, measures.row + measures.gap]
    for (const cell of cellsOf(root.current, id)) {
      if (cell.dataset.stretches === undefined) continue
      cell.style.width = box ? `${box.sizeX * x - measures.gap}px` : ''
      cell.style.height = box ? `${box.sizeY * y - measures.gap}px` : ''
      cell.style.translate = box ? `${(box.col - start.col) * x}px ${(box.row - start.row) * y}px` : ''
    }
  }
  const end = () => {
    if (gesture?.kind === 'move' && newest.current !== nothing) {
      released.current = { ids: gesture.ids, offset: offset.current, stretched: null, from: gesture.start }
      follow(gesture.ids, null)
    }
    if (gesture && isEdge(gesture.kind) && stretched.current) {
      released.current = {
        ids: gesture.ids,
        offset: { x: 0, y: 0 },
        stretched: stretched.current,
        from: gesture.start,
      }
      stretch(gesture.ids, gesture.start, null)
    }
    setGesture(null)
    show(nothing)
    carry.drop()
  }
  useCancel(gesture !== null, end)

  /** Of several, those of one grid. */
  const toggle = (id: string) => {
    const { selection } = store.get()
    const here = selection.filter((one) => start.has(one))
    if (here.length < selection.length) store.select([...here.filter((one) => one !== id), id])
    else store.toggle(id)
  }

  const down = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0 || !root.current || !(event.target instanceof Element)) return
    // What is pressed in a grid inside of this one is that one's, and what has a button of its own is nobody's.
    if (!isOfGrid(root.current, event.target) || event.target.closest('[data-no-drag]')) return
    const id = event.target.closest('[data-widget]')?.getAttribute('data-widget') ?? null
    const edge = event.target.closest('[data-edge]')?.getAttribute('data-edge')
    const { selection, isChoosing } = store.get()
    const from = inGrid(root.current, event)
    pointer.current = null
    const begin = (kind: Gesture['kind'], ids: readonly string[], pressed = kind === 'move' ? id : null) => {
      root.current?.setPointerCapture(event.pointerId)
      root.current?.focus({ preventScroll: true })
      setGesture({ kind, from, ids, pressed, start, pointerId: event.pointerId })
    }
    // A finger scrolls the board; only what it has chosen before it moves.
    if (event.pointerType === 'touch' && (id === null || !selection.includes(id))) return begin('tap', [], id)
    const adds = event.shiftKey || (isChoosing && event.pointerType !== 'touch')
    if (id === null) {
      if (!adds) store.select([])
      return begin('marquee', adds ? selection : [])
    }
    if (adds || event.ctrlKey || event.metaKey) {
      root.current.focus({ preventScroll: true })
      return toggle(id)
    }
    // Of what is selected elsewhere nothing is moved.
    const ids = selection.includes(id) ? selection.filter((one) => start.has(one)) : [id]
    if (!selection.includes(id)) store.select(ids)
    if (isEdge(edge)) return begin(edge, [id])
    begin(
      'move',
      ids.filter((one) => !locked.has(one)),
    )
  }

  const leastOf = (id: string) => {
    const fqn = widgetOf(store.document.configuration, id)?.typeFullFqn
    const size = typeof fqn === 'string' ? findWidget(fqn)?.size : undefined
    // As the library states it for 24 columns.
    const scale = measures.columns / 24
    return {
      columns: Math.max(1, Math.floor((size?.minColumns ?? 1) * scale)),
      rows: Math.max(1, Math.floor((size?.minRows ?? 1) * scale)),
    }
  }

  /** The box whose edge is exactly where the pointer is, between cells, too. */
  const pulledTo = (now: Gesture, edge: Edge, to: { x: number; y: number }): Box | null => {
    const [id] = now.ids
    const box = id === undefined ? undefined : now.start.get(id)
    if (id === undefined || !box) return null
    const by = {
      columns: (to.x - now.from.x) / (measures.column + measures.gap),
      rows: (to.y - now.from.y) / (measures.row + measures.gap),
    }
    return pulled(box, edge, by, { columns: measures.columns, least: leastOf(id) })
  }

  const boxesFor = (now: Gesture, to: { x: number; y: number }): Boxes => {
    const by = {
      columns: Math.round((to.x - now.from.x) / (measures.column + measures.gap)),
      rows: Math.round((to.y - now.from.y) / (measures.row + measures.gap)),
    }
    const mine = new Map([...now.start].filter(([id]) => now.ids.includes(id)))
    const moved =
      now.kind === 'move'
        ? movedBy(mine, by, measures.columns)
        : new Map(
            [...mine].map(([id, box]) => [
              id,
              now.kind === 'marquee' || now.kind === 'move' || now.kind === 'tap'
                ? box
                : pulled(box, now.kind, by, { columns: measures.columns, least: leastOf(id) }),
            ]),
          )
    return isFree ? new Map([...now.start, ...moved]) : pushed(now.start, moved, { columns: measures.columns, locked })
  }

  /** Where a container stands, which would make room before what is dragged has reached it. */
  const isOnContainer = (now: Gesture, to: { x: number; y: number }): boolean => {
    const col = (to.x - measures.outer) / (measures.column + measures.gap)
    const row = (to.y - measures.outer) / (measures.row + measures.gap)
    return [...now.start].some(
      ([id, box]) =>
        containers.has(id) &&
        !now.ids.includes(id) &&
        col >= box.col &&
        col <= box.col + box.sizeX &&
        row >= box.row &&
        row <= box.row + box.sizeY,
    )
  }

  const marqueeFor = (now: Gesture, to: { x: number; y: number }): Box => {
    const [x, y] = [measures.column + measures.gap, measures.row + measures.gap]
    return {
      col: (Math.min(now.from.x, to.x) - measures.outer) / x,
      row: (Math.min(now.from.y, to.y) - measures.outer) / y,
      sizeX: Math.abs(to.x - now.from.x) / x,
      sizeY: Math.abs(to.y - now.from.y) / y,
    }
  }

  const track = (at: { clientX: number; clientY: number }) => {
    if (!gesture || gesture.kind === 'tap' || !root.current) return
    const to = inGrid(root.current, at)
    if (newest.current === nothing && Math.hypot(to.x - gesture.from.x, to.y - gesture.from.y) < leastDrag) return
    if (gesture.kind === 'marquee') {
      const marquee = marqueeFor(gesture, to)
      show({ boxes: null, marquee })
      const hit = within(gesture.start, marquee)
      const ids = [...new Set([...gesture.ids, ...hit])]
      const { selection } = store.get()
      if (ids.length !== selection.length || ids.some((id) => !selection.includes(id))) store.select(ids)
      return
    }
    if (gesture.kind === 'move') {
      follow(gesture.ids, { x: to.x - gesture.from.x, y: to.y - gesture.from.y })
      if (carry.over(at, gesture.ids) || isOnContainer(gesture, to)) return show(carried)
    }
    if (isEdge(gesture.kind)) stretch(gesture.ids, gesture.start, pulledTo(gesture, gesture.kind, to))
    const boxes = boxesFor(gesture, to)
    const before = newest.current.boxes
    if (!before || !isSame(before, boxes)) show({ boxes, marquee: null })
  }

  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (!gesture || event.pointerId !== gesture.pointerId) return
    const { clientX, clientY } = event
    pointer.current = { clientX, clientY }
    track(pointer.current)
  }
  const isResizing = gesture !== null && isEdge(gesture.kind)
  useScrolling(root, { isOn: gesture !== null && shown !== nothing, isResizing }, pointer, track)

  const up = (event: PointerEvent<HTMLDivElement>) => {
    if (!gesture || event.pointerId !== gesture.pointerId) return
    const { isChoosing } = store.get()
    const { boxes } = newest.current
    if (newest.current === nothing && gesture.pressed !== null) {
      if (isChoosing) toggle(gesture.pressed)
      else store.set({ selection: [gesture.pressed], side: 'widget' })
    } else if (gesture.kind === 'tap' && !isChoosing) store.select([])
    const target = carry.drop()
    if (target) store.run(carriedTo(store.document, { from: at, to: target, ids: gesture.ids }))
    else if (boxes)
      store.run(
        onOwnGrid(
          at,
          placeWidgets(at, boxesAmong(boxes, gesture.ids), gesture.ids, {
            key: gesture.kind === 'move' ? 'moveWidgets' : 'resizeWidgets',
          }),
        ),
      )
    end()
  }

  return {
    boxes: shown.boxes,
    marquee: shown.marquee,
    isPressed: gesture !== null,
    isResizing,
    cancel: end,
    moving: shown !== nothing && gesture && gesture.kind !== 'marquee' ? gesture.ids : none,
    handlers: { onPointerDown: down, onPointerMove: move, onPointerUp: up, onPointerCancel: end },
  }
}

/** As long as something is dragged: scrolls near the edges, and tells where the pointer is now whenever the board was scrolled. */
const useScrolling = (
  root: RefObject<HTMLElement | null>,
  { isOn, isResizing }: { isOn: boolean; isResizing: boolean },
  pointer: RefObject<{ clientX: number; clientY: number } | null>,
  track: (at: { clientX: number; clientY: number }) => void,
) => {
  const newest = useRef(track)
  useEffect(() => {
    newest.current = track
  })
  useEffect(() => {
    if (!isOn) return
    const scroller = root.current?.parentElement
    let seen = scroller?.scrollTop
    const look = () => {
      if (root.current && pointer.current) {
        scrollAlong(root.current, pointer.current.clientY, isResizing)
        if (scroller?.scrollTop !== seen) newest.current(pointer.current)
        seen = scroller?.scrollTop
      }
      frame = requestAnimationFrame(look)
    }
    let frame = requestAnimationFrame(look)
    return () => cancelAnimationFrame(frame)
  }, [root, isOn, isResizing, pointer])
}

const none: readonly string[] = []

const isSameBox = (a: Box | undefined, b: Box) =>
  a !== undefined && a.col === b.col && a.row === b.row && a.sizeX === b.sizeX && a.sizeY === b.sizeY

const isSame = (a: Boxes, b: Boxes): boolean =>
  a.size === b.size && [...b].every(([id, box]) => isSameBox(a.get(id), box))

/** Those that the person moved; the command itself lets others make room. */
const boxesAmong = (boxes: Boxes, ids: readonly string[]): Boxes =>
  new Map([...boxes].filter(([id]) => ids.includes(id)))

/** Escape gives a drag up. */
const useCancel = (isOn: boolean, cancel: () => void) => {
  useEffect(() => {
    if (!isOn) return
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape') cancel()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  })
}
