'use client'
import { PopoverAt } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import type { Place } from '../model/places.ts'
import { useDocument } from '../store/use-editor.ts'
import { useCanvas } from './canvas-context.ts'
import { NodeGlyph } from './node-glyph.tsx'
import { lookOf } from './node-look.ts'
import { PickList } from './pick-list.tsx'
import { readingOrder } from './walk.ts'

/** The other end of a wire, without a mouse. */
export const TargetPicker = ({ at, from }: { at: Place; from: string }) => {
  const t = useTranslations('chainCanvas')
  const { closePopup, openLabels, refocus, reveal, screenOf } = useCanvas()
  const document = useDocument()
  const [query, setQuery] = useState('')
  const items = useMemo(() => {
    const wanted = query.trim().toLowerCase()
    return readingOrder(document).flatMap((id) => {
      const node = document.nodes[id]
      if (!node || id === from) return []
      const look = lookOf(node.className)
      const text = `${node.name} ${look.typeName} #${node.no ?? ''}`.toLowerCase()
      if (!look.hasInput || !text.includes(wanted)) return []
      return [{ id, label: node.name, detail: look.typeName, icon: <NodeGlyph look={look} /> }]
    })
  }, [document, query, from])
  const title = t('target.title', { name: document.nodes[from]?.name ?? '' })
  return (
    <PopoverAt at={at} label={title} onClose={closePopup} onClosed={refocus} className="w-80">
      <p className="truncate px-3 pt-2 text-2xs text-ink-3">{title}</p>
      <PickList
        items={items}
        query={query}
        onQuery={setQuery}
        onPick={(to) => {
          reveal(to)
          openLabels(from, to, screenOf(to))
        }}
        label={title}
        placeholder={t('target.search')}
        nothing={t('target.nothing')}
        className="max-h-80"
      />
    </PopoverAt>
  )
}
