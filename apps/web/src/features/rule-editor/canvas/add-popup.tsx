'use client'
import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import type { NodeManifest } from '@thingwire/rules'
import { cn, PopoverAt } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { findManifest } from '../catalogue.ts'
import type { Place } from '../model/places.ts'
import { useDocument } from '../store/use-editor.ts'
import { useCanvas } from './canvas-context.ts'
import { likelyLabel } from './labels.ts'
import { NodeGlyph } from './node-glyph.tsx'
import { lookOf } from './node-look.ts'
import { categories } from './palette-groups.ts'
import { type PickItem, PickList } from './pick-list.tsx'
import { rankTypes } from './quick-add.ts'
import { recentTypes, rememberType } from './recent-types.ts'
import { useOfferedLabels } from './use-offered-labels.ts'

const inOrder = categories.flatMap((category) => nodeManifests.filter((manifest) => manifest.category === category))

/** A node by its name, where one asked for it. */
export const AddPopup = (p: { at: Place; place: Place | null; from: string | null; wire: string | null }) => {
  const t = useTranslations('chainCanvas')
  const { add, closePopup, refocus } = useCanvas()
  const source = useDocument().nodes[p.from ?? '']
  const [query, setQuery] = useState('')
  const offered = useOfferedLabels(p.from ?? '')
  const [label, setLabel] = useState<string | null>(null)
  const along = label ?? likelyLabel(offered)
  const items = useItems(query)
  const title = source ? t('add.after', { name: source.name }) : t(p.wire === null ? 'add.title' : 'add.between')
  const pick = (id: string) => {
    const manifest = findManifest(id.slice(id.indexOf(' ') + 1))
    if (!manifest) return
    rememberType(manifest.className)
    closePopup()
    add(manifest, { place: p.place, from: p.from, wire: p.wire, labels: along === null ? [] : [along] })
  }
  return (
    <PopoverAt at={p.at} label={title} onClose={closePopup} onClosed={refocus} className="w-84">
      {source ? (
        <Along labels={offered.labels} chosen={along} onChoose={setLabel} title={title} />
      ) : (
        <p className="px-3 pt-2 text-2xs text-ink-3">{title}</p>
      )}
      <PickList
        items={items}
        query={query}
        onQuery={setQuery}
        onPick={pick}
        label={t('add.search')}
        placeholder={t('add.search')}
        nothing={t('add.nothing')}
        className="max-h-84"
      />
    </PopoverAt>
  )
}

const mostChips = 5

/** The label of the wire to the new node. */
const Along = (p: {
  labels: readonly string[]
  chosen: string | null
  onChoose: (label: string) => void
  title: string
}) => {
  const t = useTranslations('chainCanvas')
  const isLong = p.labels.length > mostChips
  return (
    <div className="grid gap-1.5 px-3 pt-2 pb-1.5">
      <p className="truncate text-2xs text-ink-3">{p.title}</p>
      {isLong ? (
        <select
          aria-label={t('add.along')}
          value={p.chosen ?? ''}
          onChange={(event) => p.onChoose(event.target.value)}
          className="h-7 rounded-md border border-line-strong bg-surface px-2 text-xs text-ink pointer-coarse:h-10"
        >
          {p.labels.map((label) => (
            <option key={label}>{label}</option>
          ))}
        </select>
      ) : (
        <div role="radiogroup" aria-label={t('add.along')} className="flex flex-wrap gap-1">
          {p.labels.map((label) => (
            <label
              key={label}
              className={cn(
                'cursor-pointer rounded-full border px-2 text-2xs leading-5 text-ink-2 pointer-coarse:px-3.5 pointer-coarse:text-xs pointer-coarse:leading-[38px] has-focus-visible:outline-2 has-focus-visible:outline-accent',
                label === p.chosen ? 'border-accent bg-accent-soft font-medium text-accent-text' : 'hover:bg-hover',
              )}
            >
              <input
                type="radio"
                name="along"
                className="sr-only"
                checked={label === p.chosen}
                onChange={() => p.onChoose(label)}
              />
              {label}
            </label>
          ))}
        </div>
      )}
    </div>
  )
}

const useItems = (query: string): readonly PickItem[] => {
  const t = useTranslations('chainCanvas')
  const category = useTranslations('ruleChain.category')
  return useMemo(() => {
    const item = (manifest: NodeManifest, group: string, heading?: string): PickItem => ({
      id: `${group} ${manifest.className}`,
      label: manifest.name,
      detail: heading === undefined ? category(manifest.category) : undefined,
      heading,
      icon: <NodeGlyph look={lookOf(manifest.className)} />,
    })
    if (query.trim() !== '') return rankTypes(inOrder, query).map((manifest) => item(manifest, 'found'))
    const recent = recentTypes().flatMap((className) => findManifest(className) ?? [])
    return [
      ...recent.map((manifest) => item(manifest, 'recent', t('add.recent'))),
      ...inOrder.map((manifest) => item(manifest, 'all', category(manifest.category))),
    ]
  }, [query, t, category])
}
