'use client'
import { cn } from '@thingwire/ui'
import { GripVertical } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type PointerEvent, useRef } from 'react'

/** The list with one element elsewhere. */
export const movedTo = <T,>(list: readonly T[], from: number, to: number): readonly T[] => {
  const moved = list.slice(from, from + 1)
  return list.toSpliced(from, 1).toSpliced(to, 0, ...moved)
}

const rowOf = (element: Element, y: number): number => {
  const rows = [...(element.closest('[data-rows]')?.children ?? [])]
  return rows.findIndex((row) => {
    const { top, bottom } = row.getBoundingClientRect()
    return y >= top && y <= bottom
  })
}

/**
 * What a row of a list is moved by: with the pointer, or by arrow keys. It stands in a child of an element with `data-rows`,
 * which has nothing else in it than rows.
 */
export const Grip = (p: {
  index: number
  count: number
  label: string
  onMove: (from: number, to: number) => void
}) => {
  const t = useTranslations('dashboardPanel')
  const held = useRef<number | null>(null)
  const onPointerDown = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    held.current = p.index
  }
  const onPointerMove = (event: PointerEvent<HTMLButtonElement>) => {
    if (held.current === null) return
    const over = rowOf(event.currentTarget, event.clientY)
    if (over < 0 || over === held.current) return
    p.onMove(held.current, over)
    held.current = over
  }
  const release = () => {
    held.current = null
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (step === 0) return
    event.preventDefault()
    event.stopPropagation()
    const to = p.index + step
    if (to >= 0 && to < p.count) p.onMove(p.index, to)
  }
  return (
    <button
      type="button"
      aria-label={t('move', { what: p.label })}
      title={t('moveHint')}
      disabled={p.count < 2}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={release}
      onPointerCancel={release}
      onKeyDown={onKeyDown}
      className={cn(
        'flex h-8 w-5 pointer-coarse:h-10 pointer-coarse:w-10 shrink-0 cursor-grab touch-none items-center justify-center rounded-sm text-ink-3 hover:text-ink active:cursor-grabbing disabled:cursor-default disabled:opacity-30',
      )}
    >
      <GripVertical aria-hidden className="size-4" />
    </button>
  )
}
