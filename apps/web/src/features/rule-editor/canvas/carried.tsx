'use client'
import { cn } from '@thingwire/ui'
import { useSyncExternalStore } from 'react'
import { useCanvas } from './canvas-context.ts'
import { NodeGlyph } from './node-glyph.tsx'
import { lookOf } from './node-look.ts'

/** The type that a finger carries out of the palette, above the finger so that it can be seen. */
export const Carried = () => {
  const { carried } = useCanvas()
  const shown = useSyncExternalStore(carried.subscribe, carried.get, carried.get)
  if (!shown) return null
  const { manifest, at } = shown
  return (
    <div
      aria-hidden
      className={cn(
        'pointer-events-none fixed z-50 flex h-10 items-center gap-2 rounded-lg border border-accent bg-raised px-2.5',
        '-translate-x-1/2 -translate-y-14 text-sm font-medium text-ink shadow-pop',
      )}
      style={{ left: at.x, top: at.y }}
    >
      <NodeGlyph look={lookOf(manifest.className)} />
      {manifest.name}
    </div>
  )
}
