'use client'
import { useTranslations } from 'next-intl'
import { type PointerEvent, useRef } from 'react'
import { Cell } from '../canvas/cell.ts'

/** On a phone the panel is a sheet from below: a good half of the room, or all of it. The next one opens as the last. */
export const isSheetFull = new Cell(false)

/** A finger that went less far meant to tap. */
const slopPx = 24

type Props = { isFull: boolean; close: () => void }

/** Pulls the sheet up and down, as far as closed; a tap and the keyboard change its height. */
export const SheetGrip = ({ isFull, close }: Props) => {
  const t = useTranslations('chainPanels')
  const pulled = useRef<{ y: number; isOver: boolean }>({ y: 0, isOver: false })
  const onUp = (event: PointerEvent) => {
    const by = event.clientY - pulled.current.y
    pulled.current.isOver = Math.abs(by) > slopPx
    if (by < -slopPx) isSheetFull.set(true)
    else if (by > slopPx && isFull) isSheetFull.set(false)
    else if (by > slopPx) close()
  }
  return (
    <button
      type="button"
      aria-expanded={isFull}
      aria-label={t(isFull ? 'lower' : 'raise')}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        pulled.current = { y: event.clientY, isOver: false }
      }}
      onPointerUp={onUp}
      onClick={() => {
        if (!pulled.current.isOver) isSheetFull.set(!isFull)
        pulled.current.isOver = false
      }}
      // What is hit reaches over the title below, whose buttons lie before it.
      className="relative flex h-6 w-full shrink-0 cursor-grab touch-none items-center justify-center rounded-t-xl before:absolute before:inset-x-0 before:top-0 before:-bottom-4 before:content-[''] sm:hidden"
    >
      <span aria-hidden className="h-1 w-9 rounded-full bg-line-strong" />
    </button>
  )
}
