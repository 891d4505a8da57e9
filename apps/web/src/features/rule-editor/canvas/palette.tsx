'use client'
import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import type { NodeCategory, NodeManifest } from '@thingwire/rules'
import { cn, IconButton, SearchInput } from '@thingwire/ui'
import { ChevronDown, PanelLeftClose, PanelLeftOpen, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState, useSyncExternalStore } from 'react'
import { categoryColor } from '../catalogue.ts'
import { useEditor } from '../store/use-editor.ts'
import { useCanvas } from './canvas-context.ts'
import { dragType } from './drag-type.ts'
import { NodeGlyph } from './node-glyph.tsx'
import { lookOf } from './node-look.ts'
import { categories } from './palette-groups.ts'
import { rankTypes } from './quick-add.ts'
import { rememberType } from './recent-types.ts'
import { carryByTouch } from './touch.ts'

const openKey = 'thingwire.rule-editor.palette'
const widePx = 1024

const storedOpen = (): boolean => {
  try {
    const stored = window.localStorage.getItem(openKey)
    return stored === null ? window.innerWidth >= widePx : stored === 'open' && window.innerWidth >= 640
  } catch {
    return window.innerWidth >= widePx
  }
}

/** All types of nodes, to be dragged or clicked into the chain. */
export const Palette = () => {
  const t = useTranslations('chainCanvas.palette')
  const [isOpen, setOpen] = useState(storedOpen)
  const isReadOnly = useEditor((state) => state.isReadOnly)
  const { carried } = useCanvas()
  const isCarrying = useSyncExternalStore(
    carried.subscribe,
    () => carried.get() !== null,
    () => false,
  )
  const show = (open: boolean) => {
    setOpen(open)
    try {
      window.localStorage.setItem(openKey, open ? 'open' : 'closed')
    } catch {
      // It opens as usual next time.
    }
  }
  if (isReadOnly) return null
  if (!isOpen)
    return (
      <IconButton
        label={t('open')}
        variant="secondary"
        className="absolute top-3 left-3 z-10 pointer-coarse:size-10 pointer-coarse:before:inset-0"
        onClick={() => show(true)}
      >
        <PanelLeftOpen />
      </IconButton>
    )
  return (
    <aside
      data-palette
      aria-label={t('title')}
      className={cn(
        'flex w-58 shrink-0 flex-col border-r bg-surface max-lg:absolute max-lg:inset-y-0 max-lg:left-0 max-lg:z-20 max-lg:shadow-pop',
        // What is carried is to land on the canvas that lies under it.
        isCarrying && 'max-lg:pointer-events-none max-lg:opacity-0',
      )}
    >
      <PaletteList close={() => show(false)} />
    </aside>
  )
}

const PaletteList = ({ close }: { close: () => void }) => {
  const t = useTranslations('chainCanvas.palette')
  const [query, setQuery] = useState('')
  const [closed, setClosed] = useState<ReadonlySet<NodeCategory>>(new Set())
  const found = useMemo(() => rankTypes(nodeManifests, query), [query])
  const isSearching = query.trim() !== ''
  const toggle = (category: NodeCategory) => {
    const next = new Set(closed)
    if (!next.delete(category)) next.add(category)
    setClosed(next)
  }
  return (
    <>
      <div className="flex items-center gap-1 p-2">
        <SearchInput
          aria-label={t('search')}
          placeholder={t('search')}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && query !== '') {
              event.stopPropagation()
              setQuery('')
            }
          }}
          className="min-w-0 flex-1"
        />
        <IconButton label={t('close')} size="icon-sm" onClick={close}>
          <PanelLeftClose />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        {isSearching ? (
          <ul>
            {found.map((manifest) => (
              <Type key={manifest.type} manifest={manifest} />
            ))}
          </ul>
        ) : (
          categories.map((category) => (
            <Category
              key={category}
              category={category}
              isOpen={!closed.has(category)}
              onToggle={() => toggle(category)}
            />
          ))
        )}
        {found.length === 0 ? <p className="px-2 py-8 text-center text-sm text-ink-3">{t('nothing')}</p> : null}
      </div>
      <p className="border-t px-3 py-2 text-2xs text-ink-3">{t('hint')}</p>
    </>
  )
}

const Category = (p: { category: NodeCategory; isOpen: boolean; onToggle: () => void }) => {
  const name = useTranslations('ruleChain.category')
  const types = useMemo(() => nodeManifests.filter((manifest) => manifest.category === p.category), [p.category])
  return (
    <section>
      <h3 className="sticky top-0 z-1 bg-surface">
        <button
          type="button"
          aria-expanded={p.isOpen}
          onClick={p.onToggle}
          className="flex h-8 w-full items-center gap-2 rounded-md px-1.5 text-xs font-medium text-ink-2 hover:bg-hover pointer-coarse:h-10"
        >
          <span aria-hidden className="size-2 rounded-[3px]" style={{ background: categoryColor(p.category) }} />
          {name(p.category)}
          <span className="ml-auto font-normal text-ink-3 tabular-nums">{types.length}</span>
          <ChevronDown
            aria-hidden
            className={cn('size-3.5 text-ink-3 transition-transform duration-100', !p.isOpen && '-rotate-90')}
          />
        </button>
      </h3>
      {p.isOpen ? (
        <ul className="pb-1">
          {types.map((manifest) => (
            <Type key={manifest.type} manifest={manifest} />
          ))}
        </ul>
      ) : null}
    </section>
  )
}

const Type = ({ manifest }: { manifest: NodeManifest }) => {
  const t = useTranslations('chainCanvas.palette')
  const canvas = useCanvas()
  const { add, describe } = canvas
  const look = lookOf(manifest.className)
  const explain = (event: { currentTarget: HTMLElement }) =>
    describe({ manifest, at: event.currentTarget.getBoundingClientRect() })
  return (
    <li>
      <button
        type="button"
        draggable
        onPointerDown={(event) => {
          // A finger carries by itself; the browser's own dragging knows the mouse.
          event.currentTarget.draggable = event.pointerType !== 'touch'
          describe(null)
          carryByTouch(canvas, manifest, event.currentTarget, event.nativeEvent)
        }}
        onContextMenu={(event) => {
          if (!event.currentTarget.draggable) event.preventDefault()
        }}
        onPointerEnter={(event) => event.pointerType !== 'touch' && explain(event)}
        onPointerLeave={() => describe(null)}
        onFocus={explain}
        onBlur={() => describe(null)}
        onDragStart={(event) => {
          describe(null)
          event.dataTransfer.setData(dragType, manifest.className)
          event.dataTransfer.effectAllowed = 'copy'
        }}
        onClick={() => {
          describe(null)
          rememberType(manifest.className)
          add(manifest, { place: null, from: null, wire: null, labels: [] })
        }}
        aria-description={manifest.description}
        className="flex h-8 w-full pointer-coarse:h-10 cursor-grab touch-pan-y items-center gap-2.5 rounded-md px-1.5 text-left text-sm text-ink hover:bg-hover active:cursor-grabbing"
      >
        <NodeGlyph look={look} />
        <span className="min-w-0 flex-1 truncate">{manifest.name}</span>
        {manifest.needs ? (
          <span title={t('unavailable', { part: manifest.needs })}>
            <TriangleAlert aria-hidden className="size-3.5 text-warn-text" />
          </span>
        ) : null}
      </button>
    </li>
  )
}
