'use client'
import { readFunction } from '@thingwire/dashboards'
import { IconButton } from '@thingwire/ui'
import { X } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { firstFailure, useFunction } from '../../functions/use-function.ts'
import { useWidgetHost } from '../../host/host-context.tsx'
import { useWords } from '../../texts/use-texts.ts'
import { createSanitizer, linkTarget, type Sanitize } from '../content/sanitize.ts'
import { type Place, tooltipMarkup } from './places.ts'
import type { MapLayer } from './settings.ts'
import { callsOf, functionArguments } from './use-layer-functions.ts'
import { mapWords } from './words.ts'

let sanitizer: Sanitize | null = null
const noCalls: readonly (readonly unknown[])[] = []

/** What the layer tells of one place, by its pattern or a function of the file, made harmless in a tree of its own. */
export const PlaceCard = (p: {
  place: Place
  layer: MapLayer
  /** All of the layer. */
  places: readonly Place[]
  /** Null: it goes by itself. */
  onClose: (() => void) | null
  onShown: () => void
}) => {
  const { links } = useWidgetHost()
  const words = useWords('map', mapWords)
  const { place, places, layer, onShown } = p
  const { tooltip } = layer.settings
  const code = tooltip.type === 'function' ? readFunction(tooltip.patternFunction) : null
  const isFunction = code !== null
  const calls = useMemo(() => (isFunction ? callsOf(places, place) : noCalls), [isFunction, places, place])
  const { results } = useFunction(code, functionArguments, calls)
  const [result] = results ?? []
  const pattern = isFunction ? (result?.ok ? String(result.value ?? '') : '') : tooltip.pattern
  const problem = firstFailure(results)
  const markup = tooltipMarkup(pattern, place)
  const body = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!body.current) return
    sanitizer ??= createSanitizer(window)
    const root = body.current.shadowRoot ?? body.current.attachShadow({ mode: 'open' })
    root.replaceChildren(sanitizer(markup))
  }, [markup])
  const id = place.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each place, as soon as there is something to be seen
  useEffect(() => onShown(), [id, markup !== ''])
  return (
    <div className="flex max-w-64 items-start gap-1 rounded-md border border-border bg-surface p-2 text-xs leading-normal text-ink shadow-md">
      <div className="max-h-40 min-w-0 overflow-auto break-words tabular-nums">
        {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: only links inside are followed, which keyboards click, too */}
        <div
          ref={body}
          onClick={(event) => {
            const link = event.nativeEvent.composedPath().find((one) => one instanceof HTMLAnchorElement)
            const href = link?.getAttribute('href')
            if (!href || linkTarget(href) !== 'inside' || href.startsWith('#')) return
            event.preventDefault()
            links.open(href)
          }}
        />
        {problem ? <p className="text-warn-text">{problem}</p> : null}
      </div>
      {p.onClose ? (
        <IconButton label={words('close')} size="icon-sm" className="-mt-1 -mr-1 shrink-0" onClick={p.onClose}>
          <X />
        </IconButton>
      ) : null}
    </div>
  )
}
