'use client'
import { useStoreApi } from '@xyflow/react'
import { useTranslations } from 'next-intl'
import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { useLiveChain } from '../../live/live-chain.tsx'
import { useProblems } from '../../store/use-problems.ts'
import { useCanvas } from '../canvas-context.ts'
import type { FlowEdge, FlowNode } from '../flow.ts'
import { afterPaint } from '../view/after-paint.ts'
import { colorsIn } from './colors.ts'
import { isSameFacts, factsOf, type Facts } from './facts.ts'
import { startFraming } from './framing.ts'
import { NameTag } from './name-tag.tsx'
import type { Lit } from './paint.ts'
import { startPointing } from './pointing.ts'
import { Sheets } from './sheets.ts'

/** A picture that takes no longer than this to paint is painted in each step of a zoom; another when the zoom rests, ms. */
const [quickMs, restMs] = [7, 100]

/**
 * From afar the chain is one picture: what React Flow would draw of it are thousands of boxes and lines. It stays behind
 * what is drawn near by until all of that is there. One per theme.
 */
export const AfarPicture = () => {
  const { picture } = useCanvas()
  const isShown = useSyncExternalStore(picture.subscribe, picture.get, picture.get)
  return isShown ? <Picture /> : null
}

const Picture = () => {
  const t = useTranslations('chainCanvas')
  const canvas = useCanvas()
  const live = useLiveChain()
  const store = useStoreApi<FlowNode, FlowEdge>()
  const { byNode: problems } = useProblems()
  const below = useRef<HTMLCanvasElement>(null)
  const above = useRef<HTMLCanvasElement>(null)
  const known = useRef(problems)
  const changed = useRef<() => void>(undefined)
  const noTitle = t('noTitle')

  useLayoutEffect(() => {
    const { editor, far, flow, over, view } = canvas
    const room = canvas.box.current
    if (!below.current || !above.current || !room) return undefined
    const sheets = new Sheets(below.current, above.current, colorsIn(room), getComputedStyle(room).fontFamily)
    const factsNow = (): Facts =>
      factsOf(flow.whole(), { counters: live.counters, live: live.nodes.all(), problems: known.current })
    let facts = factsNow()
    const scene = (): Lit => ({
      drawing: flow.whole(),
      facts,
      dragged: flow.dragged(),
      pointed: over.get(),
      traced: { nodes: live.trace.nodes.all(), wires: live.trace.wires.all() },
      noTitle,
    })
    let painted = { document: editor.document, dragged: flow.dragged().size, ms: 0 }
    let isAll = false
    let frame = 0
    let rest: ReturnType<typeof setTimeout> | undefined
    const paint = () => {
      frame = 0
      clearTimeout(rest)
      if (!isAll) return sheets.paintLit(scene())
      isAll = false
      const began = performance.now()
      sheets.paint(view.now(), view.size, scene())
      painted = { document: editor.document, dragged: flow.dragged().size, ms: performance.now() - began }
      return undefined
    }
    const soon = (what: 'all' | 'lit') => {
      isAll ||= what === 'all'
      frame ||= requestAnimationFrame(paint)
    }
    const moved = () => {
      const fit = sheets.shift(view.now())
      if (fit === 'short' || (fit === 'blurred' && painted.ms < quickMs)) soon('all')
      else if (fit === 'blurred') {
        clearTimeout(rest)
        rest = setTimeout(() => soon('all'), restMs)
      }
    }
    /** A choice is lit above; only another chain, or other things being dragged, is another picture. */
    const drawn = () => {
      // Behind what is drawn near by it stands as it is.
      if (far.get())
        soon(editor.document !== painted.document || flow.dragged().size !== painted.dragged ? 'all' : 'lit')
    }
    const counted = () => {
      const now = factsNow()
      if (isSameFacts(now, facts)) return
      facts = now
      soon('all')
    }
    changed.current = counted
    isAll = true
    paint()
    const resized = new ResizeObserver(() => soon('all'))
    resized.observe(room)
    const lit = () => soon('lit')
    /** Another theme has its colours a moment after it was chosen. */
    const recolored = () => {
      if (sheets.recolor(colorsIn(room))) soon('all')
    }
    const ends = [
      afterPaint(recolored),
      view.watch(moved),
      flow.subscribe(drawn),
      flow.onDrag(drawn),
      over.subscribe(lit),
      live.trace.nodes.subscribeAll(lit),
      live.trace.wires.subscribeAll(lit),
      live.counters.nodes.subscribeAll(counted),
      live.counters.wires.subscribeAll(counted),
      live.nodes.subscribeAll(counted),
      startPointing(canvas, room),
      startFraming(canvas, store),
    ]
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(rest)
      resized.disconnect()
      for (const end of ends) end()
    }
  }, [canvas, live, store, noTitle])

  useEffect(() => {
    known.current = problems
    changed.current?.()
  }, [problems])

  const sheet = 'pointer-events-none absolute top-0 left-0 origin-top-left will-change-transform'
  return (
    <>
      <div aria-hidden className="afar-picture pointer-events-none absolute inset-0 overflow-hidden">
        <canvas ref={below} className={sheet} />
        <canvas ref={above} className={sheet} />
      </div>
      <NameTag />
    </>
  )
}
