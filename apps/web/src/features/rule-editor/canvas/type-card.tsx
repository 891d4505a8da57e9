'use client'
import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { useCanvas } from './canvas-context.ts'
import { NodeGlyph } from './node-glyph.tsx'
import { lookOf } from './node-look.ts'

const cardHeight = 150

/** What a type does, beside its row in the palette. It says nothing that a screen reader has not been told with the row. */
export const TypeCard = () => {
  const t = useTranslations('chainCanvas.palette')
  const { described } = useCanvas()
  const shown = useSyncExternalStore(described.subscribe, described.get, described.get)
  if (!shown) return null
  const { manifest, at } = shown
  const labels = manifest.connections === 'custom' ? [] : manifest.connections
  return (
    <div
      aria-hidden
      className="pointer-events-none fixed z-40 grid w-72 animate-fade-in gap-2 rounded-lg bg-raised p-3 shadow-pop"
      style={{ left: at.right + 12, top: Math.min(at.top - 6, window.innerHeight - cardHeight) }}
    >
      <p className="flex items-center gap-2 text-sm font-medium text-ink">
        <NodeGlyph look={lookOf(manifest.className)} />
        {manifest.name}
      </p>
      <p className="text-xs text-ink-2">{manifest.description}</p>
      {labels.length > 0 ? (
        <p className="line-clamp-2 text-2xs text-ink-3">{t('emits', { labels: labels.join(', ') })}</p>
      ) : null}
      {manifest.needs ? <p className="text-2xs text-warn-text">{t('unavailable', { part: manifest.needs })}</p> : null}
    </div>
  )
}
