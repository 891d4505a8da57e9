'use client'
import { IconButton } from '@thingwire/ui'
import { ViewportPortal } from '@xyflow/react'
import { Plus, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { useCanvas } from './canvas-context.ts'

/** Beside the wire that is pointed at: a node into it, or away with it. */
export const WireTools = () => {
  const t = useTranslations('chainCanvas.wire')
  const { pointed, openAdd, removeWire, isReadOnly, pointAt } = useCanvas()
  const wire = useSyncExternalStore(pointed.subscribe, pointed.get, pointed.get)
  if (!wire || isReadOnly()) return null
  return (
    <ViewportPortal>
      <div
        className="nopan nodrag pointer-events-auto absolute z-20 flex rounded-md border bg-raised p-px shadow-pop"
        style={{ transform: `translate(-50%, 0) translate(${wire.x}px, ${wire.y}px)` }}
        onPointerEnter={() => pointAt(wire)}
        onPointerLeave={() => pointAt(null)}
      >
        <IconButton
          label={t('insert')}
          tabIndex={-1}
          size="icon-sm"
          className="size-6"
          onClick={(event) => {
            pointed.set(null)
            openAdd({ wire: wire.id, at: { x: event.clientX, y: event.clientY } })
          }}
        >
          <Plus />
        </IconButton>
        <IconButton
          label={t('remove')}
          tabIndex={-1}
          size="icon-sm"
          className="size-6 hover:text-danger-text"
          onClick={() => {
            pointed.set(null)
            removeWire([wire.id])
          }}
        >
          <X />
        </IconButton>
      </div>
    </ViewportPortal>
  )
}
