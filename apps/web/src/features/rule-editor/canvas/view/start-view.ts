import type { CanvasActions } from '../actions.ts'
import { afterPaint } from './after-paint.ts'
import { farZoom, opening } from './view.ts'

/**
 * Around the view so much is drawn beforehand, and after so many px of moving it is looked at again, well before what is
 * not drawn comes into view; px of the screen.
 */
const [around, step] = [400, 260]

/**
 * Where the chain is opened, and what follows the view from then on: what is drawn, and how plainly. Ends with the
 * function that it gives.
 */
export const startView = (
  { box, editor, flow, view, far, picture, boxOf }: CanvasActions,
  room: HTMLElement,
): (() => void) => {
  const measure = () => {
    view.size = { width: room.clientWidth, height: room.clientHeight }
  }
  let looked = { x: 0, y: 0 }
  /** What is in view is drawn first, and what surrounds it when that is seen. */
  let isSeen = false
  let next = 0
  const look = () => {
    cancelAnimationFrame(next)
    looked = view.now()
    const wasCovered = flow.isCovered()
    const isAll = flow.look(view.area(isSeen && !wasCovered ? around : 0), view.isHeld ? null : view.area())
    picture.set(flow.isCovered())
    // What surrounds the view comes once the picture is gone.
    if (!isAll || (wasCovered && !flow.isCovered())) next = requestAnimationFrame(look)
  }
  /** A picture of its own (3d), shifted by whole px: between two px it would be drawn anew in each step. */
  const shift = (viewport: HTMLElement) => {
    const { x, y, zoom } = view.now()
    viewport.style.transform = view.isHeld
      ? `translate3d(${Math.round(x)}px, ${Math.round(y)}px, 0) scale(${zoom})`
      : `translate(${x}px, ${y}px) scale(${zoom})`
  }
  const follow = () => {
    const viewport = box.current?.querySelector<HTMLElement>('.react-flow__viewport')
    if (viewport) shift(viewport)
    const { x, y, zoom } = view.now()
    const wasFar = far.get()
    far.set(zoom < farZoom)
    if (far.get() !== wasFar) look()
    // When it rests it is looked at in any case.
    if (view.isHeld && (Math.abs(x - looked.x) > step || Math.abs(y - looked.y) > step)) look()
  }
  measure()
  const { entry } = editor.document
  view.moved(opening(flow.bounds(), entry === null ? null : boxOf(entry), view.size))
  far.set(view.zoom() < farZoom)
  look()
  const seen = afterPaint(() => {
    isSeen = true
    look()
  })
  const resized = new ResizeObserver(() => {
    measure()
    look()
  })
  resized.observe(room)
  const asked = ['pointerdown', 'keydown', 'drop'] as const
  for (const type of asked) window.addEventListener(type, view.settle, { capture: true })
  const ends = [view.watch(follow), view.subscribe(look)]
  return () => {
    seen()
    cancelAnimationFrame(next)
    resized.disconnect()
    for (const type of asked) window.removeEventListener(type, view.settle, { capture: true })
    for (const end of ends) end()
  }
}
