'use client'
import { GripVertical } from 'lucide-react'
import type { Offer } from './drawn-from.ts'
import type { Place } from './incoming.ts'
import { useLibraryDrag } from './use-library-drag.ts'
import { WidgetPreview } from './widget-preview.tsx'

/** One widget of the library: its picture, its name, and what it is for. */
export const OfferCard = (p: {
  offer: Offer
  title: string
  text: string
  add: (offer: Offer, to: Place | null) => void
}) => {
  const drag = useLibraryDrag(p.offer, p.add)
  return (
    <li
      className="group/offer relative flex flex-col rounded-lg border bg-canvas hover:border-line-strong"
      onPointerDown={drag.onPointerDown}
    >
      <div className="px-3 pt-3">
        <WidgetPreview offer={p.offer} />
      </div>
      <button
        type="button"
        onClick={drag.onClick}
        className="flex flex-1 cursor-grab flex-col items-start px-3 pt-2 pb-2.5 text-left select-none after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
      >
        <span className="w-full truncate text-sm font-medium">{p.title}</span>
        <span className="mt-0.5 line-clamp-2 text-xs text-ink-3">{p.text}</span>
      </button>
      <span
        aria-hidden
        data-grip
        className="absolute top-1 right-1 z-10 touch-none rounded-sm p-1.5 text-ink-3 opacity-0 group-hover/offer:opacity-100 pointer-coarse:opacity-100"
      >
        <GripVertical className="size-4" />
      </span>
    </li>
  )
}
