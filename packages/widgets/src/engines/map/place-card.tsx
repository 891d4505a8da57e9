'use client'
import { readFunction } from '@thingwire/dashboards'
import { Button, IconButton } from '@thingwire/ui'
import { Move, Pencil, Trash2, X } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useFunctionContext } from '../../functions/function-context.ts'
import { firstFailure, useFunction } from '../../functions/use-function.ts'
import { useWidgetHost } from '../../host/host-context.tsx'
import { useWords } from '../../texts/use-texts.ts'
import { createSanitizer, linkTarget, type Sanitize } from '../content/sanitize.ts'
import type { Edit } from './edit/use-edit.ts'
import type { TooltipSettings } from './layer-settings.ts'
import { type Place, tooltipMarkup } from './places.ts'
import { actionOfLink, withActionLinks } from './tooltip-markup.ts'
import { callsOf, functionArguments } from './use-layer-functions.ts'
import { mapWords } from './words.ts'

let sanitizer: Sanitize | null = null
const noCalls: readonly (readonly unknown[])[] = []

const linkStyle =
  'a { color: var(--tw-accent-text, var(--tw-accent)); } a:focus-visible { outline: 2px solid currentColor; }'

const cardArguments = [...functionArguments, 'ctx']

/**
 * What the layer tells of one place, by its pattern or a function of the file, made harmless in a tree of its own; and what
 * the viewer may change of it.
 */
export const PlaceCard = (p: {
  place: Place
  tooltip: TooltipSettings
  /** All of the layer. */
  places: readonly Place[]
  /** What the map knows of others, for functions. */
  beside: readonly Record<string, unknown>[]
  edit: Edit | null
  onAction: (name: string, place: Place) => void
  /** Null: it goes by itself. */
  onClose: (() => void) | null
  onShown: () => void
}) => {
  const { links } = useWidgetHost()
  const words = useWords('map', mapWords)
  const { place, places, beside, tooltip, onShown } = p
  const code = tooltip.show && tooltip.type === 'function' ? readFunction(tooltip.patternFunction) : null
  const isFunction = code !== null
  const context = useFunctionContext()
  const calls = useMemo(
    () => (isFunction ? callsOf(places, beside, place).map((call) => [...call, context]) : noCalls),
    [isFunction, places, beside, place, context],
  )
  const { results } = useFunction(code, cardArguments, calls)
  const [result] = results ?? []
  const pattern = isFunction ? (result?.ok ? String(result.value ?? '') : '') : tooltip.show ? tooltip.pattern : ''
  const problem = firstFailure(results)
  // Values are text by now, so only the file's own words can start actions.
  const markup = withActionLinks(tooltipMarkup(pattern, place))
  const body = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!body.current) return
    sanitizer ??= createSanitizer(window)
    const root = body.current.shadowRoot ?? body.current.attachShadow({ mode: 'open' })
    const style = document.createElement('style')
    style.textContent = linkStyle
    root.replaceChildren(style, sanitizer(markup))
  }, [markup])
  const id = place.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each place, as soon as there is something to be seen
  useEffect(() => onShown(), [id, markup !== ''])
  return (
    <div className="grid max-w-64 gap-1.5 rounded-md border border-border bg-surface p-2 text-xs leading-normal text-ink shadow-md">
      <div className="flex items-start gap-1">
        <div className="max-h-40 min-w-0 flex-1 overflow-auto break-words tabular-nums">
          {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: only links inside are followed, which keyboards click, too */}
          <div
            ref={body}
            onClick={(event) => {
              const link = event.nativeEvent.composedPath().find((one) => one instanceof HTMLAnchorElement)
              const href = link?.getAttribute('href')
              if (!href) return
              const action = actionOfLink(href)
              if (action !== null) {
                event.preventDefault()
                p.onAction(action, place)
              } else if (linkTarget(href) === 'inside' && !href.startsWith('#')) {
                event.preventDefault()
                links.open(href)
              }
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
      {p.edit && p.onClose ? <ChangeButtons edit={p.edit} place={place} /> : null}
    </div>
  )
}

const ChangeButtons = ({ edit, place }: { edit: Edit; place: Place }) => {
  const words = useWords('map', mapWords)
  const [isSure, setIsSure] = useState(false)
  const canChange = edit.can(place, 'move') || edit.can(place, 'edit')
  const canRemove = edit.can(place, 'remove')
  if (!canChange && !canRemove) return null
  if (isSure)
    return (
      <div className="flex flex-wrap items-center gap-1.5">
        <span>{words('removeSure')}</span>
        <Button size="sm" variant="danger" onClick={() => edit.remove(place)}>
          {words('removeYes')}
        </Button>
        <Button size="sm" onClick={() => setIsSure(false)}>
          {words('cancel')}
        </Button>
      </div>
    )
  const isPoint = place.shape.type === 'Point'
  return (
    <div className="flex flex-wrap gap-1">
      {canChange ? (
        <IconButton label={words(isPoint ? 'move' : 'edit')} size="icon-sm" onClick={() => edit.change(place)}>
          {isPoint ? <Move /> : <Pencil />}
        </IconButton>
      ) : null}
      {canRemove ? (
        <IconButton label={words('remove')} size="icon-sm" onClick={() => setIsSure(true)}>
          <Trash2 />
        </IconButton>
      ) : null}
    </div>
  )
}
