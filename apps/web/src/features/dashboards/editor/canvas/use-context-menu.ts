'use client'
import { type MouseEvent, type PointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { useEditorStore } from '../store/use-editor.ts'
import { isOfGrid } from './grid-under.ts'
import { restMs, slip } from './use-rest.ts'

/** Where the menu stands in the window, px, the widget that it was opened on (null: the ground), and whether by a finger. */
export type OpenMenu = { x: number; y: number; widgetId: string | null; isTouched: boolean }

/** A right click, the menu key, or a finger that rests, open the menu of what is there. */
export const useContextMenu = (root: RefObject<HTMLElement | null>, cancelDrag: () => void) => {
  const store = useEditorStore()
  const [menu, setMenu] = useState<OpenMenu | null>(null)
  const rest = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null)
  const stop = useCallback(() => {
    if (rest.current) clearTimeout(rest.current.timer)
    rest.current = null
  }, [])
  useEffect(() => stop, [stop])
  const open = (target: Element, { x, y, isTouched }: Omit<OpenMenu, 'widgetId'>) => {
    const widgetId = target.closest('[data-widget]')?.getAttribute('data-widget') ?? null
    const { selection, isChoosing } = store.get()
    if (widgetId === null ? !isChoosing : !selection.includes(widgetId))
      store.select(widgetId === null ? [] : isChoosing ? [...selection, widgetId] : [widgetId])
    setMenu({ x, y, widgetId, isTouched })
  }
  const onContextMenu = (event: MouseEvent<HTMLElement>) => {
    if (!root.current || !isOfGrid(root.current, event.target) || !(event.target instanceof Element)) return
    event.preventDefault()
    const isTouched = rest.current !== null
    stop()
    cancelDrag()
    // The menu key comes as an event of the grid itself.
    if (event.target === root.current && store.get().selection.length > 0) return openByKey()
    open(event.target, { x: event.clientX, y: event.clientY, isTouched })
  }
  /** Beside what is selected, else in the upper left of the grid. */
  const openByKey = () => {
    const id = store.get().selection.at(-1)
    const cell = id === undefined ? null : root.current?.querySelector(`[data-widget="${CSS.escape(id)}"]`)
    const box = (cell ?? root.current)?.getBoundingClientRect()
    if (box)
      setMenu({
        x: box.left + 24,
        y: Math.max(0, box.top) + 24,
        widgetId: cell ? (id ?? null) : null,
        isTouched: false,
      })
  }
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const { target, clientX: x, clientY: y } = event
    if (event.pointerType !== 'touch' || !root.current || !isOfGrid(root.current, target)) return
    stop()
    const timer = setTimeout(() => {
      cancelDrag()
      if (!(target instanceof Element)) return
      skipClick(target)
      open(target, { x, y, isTouched: true })
    }, restMs)
    rest.current = { timer, x, y }
  }
  const onPointerMove = ({ clientX, clientY }: PointerEvent<HTMLElement>) => {
    if (rest.current && Math.hypot(clientX - rest.current.x, clientY - rest.current.y) > slip) stop()
  }
  return {
    menu,
    close: () => setMenu(null),
    openByKey,
    handlers: { onContextMenu, onPointerDown, onPointerMove, onPointerUp: stop, onPointerCancel: stop },
  }
}

/** The finger that opened a menu is still down. When it is lifted that is no click, which would take the focus and close the menu. */
const skipClick = (target: Element) => {
  const done = new AbortController()
  target.addEventListener('touchend', (event) => event.preventDefault(), { passive: false, signal: done.signal })
  for (const type of ['touchend', 'touchcancel'])
    target.addEventListener(type, () => done.abort(), { signal: done.signal })
}
