'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { categoryColor } from '../../catalogue.ts'
import type { Place } from '../../model/places.ts'
import { useCanvas } from '../canvas-context.ts'
import type { FlowNode } from '../flow.ts'
import { boundsOf, type Box } from '../guides.ts'
import { toneOf } from '../note-view.tsx'
import { afterPaint } from './after-paint.ts'

const size = { width: 150, height: 96 }
const room = 6

const colorOf = (node: FlowNode): { color: string; opacity: number } =>
  node.type === 'rule'
    ? { color: categoryColor(node.data.look.category), opacity: 1 }
    : node.type === 'entry'
      ? { color: 'var(--tw-ok)', opacity: 1 }
      : { color: toneOf(node.data.note.color), opacity: 0.22 }

/** Part of the canvas that the overview shows: the chain, and where one looks. */
const shownOf = (nodes: readonly FlowNode[], area: Box): Box =>
  boundsOf([area, ...nodes.map(({ position, width = 0, height = 0 }) => ({ ...position, width, height }))])

type Scale = { scale: number; left: number; top: number }
const scaleOf = (shown: Box): Scale => {
  const scale = Math.min((size.width - 2 * room) / shown.width, (size.height - 2 * room) / shown.height)
  return {
    scale,
    left: (size.width - shown.width * scale) / 2 - shown.x * scale,
    top: (size.height - shown.height * scale) / 2 - shown.y * scale,
  }
}

const paint = (picture: HTMLCanvasElement, nodes: readonly FlowNode[], area: Box, { scale, left, top }: Scale) => {
  const pen = picture.getContext('2d')
  if (!pen) return
  const colors = getComputedStyle(picture)
  const known = new Map<string, string>()
  const resolved = (color: string): string => {
    const name = /^var\((.+)\)$/.exec(color)?.[1]
    if (name === undefined) return color
    const value = known.get(name) ?? colors.getPropertyValue(name)
    known.set(name, value)
    return value
  }
  const density = window.devicePixelRatio
  const [wide, high] = [Math.round(size.width * density), Math.round(size.height * density)]
  if (picture.width !== wide) Object.assign(picture, { width: wide, height: high })
  pen.setTransform(density, 0, 0, density, 0, 0)
  pen.globalAlpha = 1
  pen.fillStyle = resolved('var(--tw-surface)')
  pen.fillRect(0, 0, size.width, size.height)
  for (const node of nodes) {
    const { color, opacity } = colorOf(node)
    pen.fillStyle = resolved(color)
    pen.globalAlpha = opacity
    const { position, width = 0, height = 0 } = node
    pen.fillRect(position.x * scale + left, position.y * scale + top, width * scale, height * scale)
  }
  // What lies outside of the view is dimmed.
  pen.globalAlpha = 0.7
  pen.fillStyle = resolved('var(--tw-sunken)')
  pen.beginPath()
  pen.rect(0, 0, size.width, size.height)
  pen.rect(area.x * scale + left, area.y * scale + top, area.width * scale, area.height * scale)
  pen.fill('evenodd')
}

/** The whole chain in the corner, with the part that is seen; dragging and the wheel move and zoom the view. One per theme. */
export const Overview = () => {
  const t = useTranslations('chainCanvas')
  const { flow, view, rf } = useCanvas()
  const picture = useRef<HTMLCanvasElement>(null)
  const held = useRef<{ at: Place; scale: number } | null>(null)

  useEffect(() => {
    let frame = 0
    const draw = () => {
      frame = 0
      const nodes = flow.whole().nodes.filter(({ hidden }) => !hidden)
      const area = view.area()
      if (picture.current) paint(picture.current, nodes, area, scaleOf(shownOf(nodes, area)))
    }
    const soon = () => {
      frame ||= requestAnimationFrame(draw)
    }
    const ends = [afterPaint(soon), flow.subscribe(soon), view.watch(soon)]
    return () => {
      cancelAnimationFrame(frame)
      for (const end of ends) end()
    }
  }, [flow, view])

  useEffect(() => {
    const box = picture.current
    const zoom = (event: WheelEvent) => {
      event.preventDefault()
      void rf.zoomTo(view.zoom() * 2 ** (-event.deltaY / 500))
    }
    box?.addEventListener('wheel', zoom, { passive: false })
    return () => box?.removeEventListener('wheel', zoom)
  }, [rf, view])

  const moveBy = (dx: number, dy: number) => {
    const { x, y, zoom } = view.now()
    void rf.setViewport({ x: x - dx * zoom, y: y - dy * zoom, zoom })
  }
  return (
    <canvas
      ref={picture}
      role="img"
      aria-label={t('minimap')}
      className="absolute right-3.5 bottom-3.5 z-5 cursor-grab touch-none overflow-hidden rounded-lg border bg-surface active:cursor-grabbing max-md:hidden"
      style={size}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        const area = view.area()
        const { scale, left, top } = scaleOf(
          shownOf(
            flow.whole().nodes.filter(({ hidden }) => !hidden),
            area,
          ),
        )
        held.current = { at: { x: event.clientX, y: event.clientY }, scale }
        const rect = event.currentTarget.getBoundingClientRect()
        const to = { x: (event.clientX - rect.left - left) / scale, y: (event.clientY - rect.top - top) / scale }
        const isOutside = to.x < area.x || to.y < area.y || to.x > area.x + area.width || to.y > area.y + area.height
        view.hold()
        if (isOutside) moveBy(to.x - area.x - area.width / 2, to.y - area.y - area.height / 2)
      }}
      onPointerMove={(event) => {
        if (!held.current) return
        const { at, scale } = held.current
        held.current = { at: { x: event.clientX, y: event.clientY }, scale }
        moveBy((event.clientX - at.x) / scale, (event.clientY - at.y) / scale)
      }}
      onLostPointerCapture={() => {
        held.current = null
        view.release()
      }}
    />
  )
}
