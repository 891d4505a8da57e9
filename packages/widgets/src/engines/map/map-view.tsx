'use client'
import { readAction } from '@thingwire/dashboards'
import { cn, IconButton, Skeleton } from '@thingwire/ui'
import { List, Maximize, Minus, Plus } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useWidgetHost } from '../../host/host-context.tsx'
import { WidgetNotice } from '../../notice.tsx'
import { useWords } from '../../texts/use-texts.ts'
import type { WidgetState, WidgetViewProps } from '../../widget.ts'
import { drawingOf, labelOf, liftOf, middleOf } from './drawing.ts'
import { PlaceCard } from './place-card.tsx'
import { PlaceList } from './place-list.tsx'
import { type Place, placesOf } from './places.ts'
import { layersOf, type MapLayer, type MapSettings } from './settings.ts'
import { useLayerFunctions } from './use-layer-functions.ts'
import { usePlaceMap } from './use-place-map.ts'
import { mapWords } from './words.ts'

type Ready = Extract<WidgetState, { status: 'ready' }>

/** Places, areas and lines of newest values on a map that needs nothing from outside. */
export const MapView = (p: WidgetViewProps<MapSettings>) =>
  p.state.status === 'ready' ? <Board {...p} ready={p.state} /> : <WidgetNotice state={p.state} />

const corners = {
  topleft: 'top-2 left-2',
  topright: 'top-2 right-2',
  bottomleft: 'bottom-8 left-2',
  bottomright: 'right-2 bottom-2',
} as const
const button = { size: 'icon-sm', variant: 'secondary' } as const

/** The list covers so much; a map that is narrower than the second is hidden by it when a place was chosen. */
const listWidth = 240
const leastBesideList = 480

const clickSources = { marker: 'markerClick', polygon: 'polygonClick', circle: 'circleClick', polyline: '' } as const

/** Starts what a click on a place is meant to start. */
const usePlaceClick = (layers: readonly MapLayer[]) => {
  const { actions } = useWidgetHost()
  return (place: Place) => {
    const layer = layers[place.layer]
    if (!layer) return
    const own = readAction(layer.settings.click, 'click', 'click')
    const source = clickSources[layer.kind]
    for (const action of own ? [own] : source ? actions.of(source) : [])
      actions.run(action, { entity: place.entity, params: Object.fromEntries(place.values) })
  }
}

const Board = (p: WidgetViewProps<MapSettings> & { ready: Ready }) => {
  const { settings, ready } = p
  const words = useWords('map', mapWords)
  const box = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [hovered, setHovered] = useState<string | null>(null)
  const [isListed, setIsListed] = useState(false)
  const listButton = useRef<HTMLButtonElement>(null)
  const closeList = () => {
    setIsListed(false)
    listButton.current?.focus()
  }
  const layers = useMemo(() => layersOf(settings), [settings])
  const { places, unplaced } = useMemo(() => placesOf(layers, ready.series), [layers, ready.series])
  const texts = useLayerFunctions(layers, places)
  const drawing = useMemo(() => drawingOf(layers, places, texts), [layers, places, texts])
  const byId = useMemo(() => new Map(places.map((place) => [place.id, place] as const)), [places])
  const click = usePlaceClick(layers)
  const isHovering = (id: string | null) => {
    const place = byId.get(id ?? '')
    return place !== undefined && layers[place.layer]?.settings.tooltip.trigger === 'hover'
  }
  const { map, status, fit } = usePlaceMap({
    ...{ box, settings, drawing, places },
    title: words('map'),
    theme: p.theme,
    calls: {
      onClick: (id) => {
        const place = byId.get(id ?? '')
        if (place) click(place)
        const before = byId.get(chosen ?? '')
        const stays = !place && before && layers[before.layer]?.settings.tooltip.autoclose === false
        if (!stays && !isHovering(id)) setChosen(id)
      },
      onHover: (id) => setHovered(isHovering(id) ? id : null),
    },
  })
  const shown = byId.get(hovered ?? chosen ?? '')
  const nameOf = (place: Place) => {
    const layer = layers[place.layer]
    return (layer && labelOf(layer, place, texts)) || place.entity.name
  }
  const note =
    texts.problem ??
    (places.length === 0 ? words('nothing') : unplaced > 0 ? words('unplaced', { count: unplaced }) : null)
  return (
    <div className={cn('relative size-full overflow-hidden', ready.staleSince !== null && 'grayscale')}>
      <div ref={box} className="place-map size-full" />
      {status === 'loading' ? <Skeleton className="absolute inset-0 rounded-none" /> : null}
      {status === 'failed' ? (
        <WidgetNoticeOver reason={words('failed')} />
      ) : (
        <div className={cn('absolute z-5 grid gap-1', corners[settings.controlsPosition])}>
          {settings.zoomActions.includes('controlButtons') ? (
            <>
              <IconButton label={words('zoomIn')} {...button} onClick={() => map?.zoom(1)}>
                <Plus />
              </IconButton>
              <IconButton label={words('zoomOut')} {...button} onClick={() => map?.zoom(-1)}>
                <Minus />
              </IconButton>
            </>
          ) : null}
          <IconButton label={words('fit')} {...button} onClick={fit}>
            <Maximize />
          </IconButton>
        </div>
      )}
      <div className={cn('absolute z-5', corners[settings.controlsPosition === 'topright' ? 'topleft' : 'topright'])}>
        <IconButton
          ref={listButton}
          label={words('list')}
          {...button}
          aria-expanded={isListed}
          onClick={() => setIsListed(!isListed)}
        >
          <List />
        </IconButton>
      </div>
      {note ? (
        <p className="pointer-events-none absolute bottom-2 left-1/2 z-5 max-w-[90%] -translate-x-1/2 truncate rounded-md border border-border bg-surface px-2 py-1 text-xs text-ink-2">
          {note}
        </p>
      ) : null}
      {map && shown ? (
        <Card
          key={shown.id}
          {...{ map, layers, places }}
          place={shown}
          onClose={hovered === null ? () => setChosen(null) : null}
        />
      ) : null}
      {isListed ? (
        <PlaceList
          places={places}
          labelOf={nameOf}
          chosen={chosen}
          onChoose={(place) => {
            map?.visit(middleOf(place), p.size.width < leastBesideList ? 0 : listWidth)
            setChosen(place.id)
            if (p.size.width < leastBesideList) closeList()
          }}
          onClose={closeList}
        />
      ) : null}
    </div>
  )
}

const WidgetNoticeOver = ({ reason }: { reason: string }) => (
  <div className="absolute inset-0 bg-surface">
    <WidgetNotice state={{ status: 'failed', reason }} />
  </div>
)

const Card = (p: {
  map: NonNullable<ReturnType<typeof usePlaceMap>['map']>
  layers: readonly MapLayer[]
  places: readonly Place[]
  place: Place
  onClose: (() => void) | null
}) => {
  const { map, place } = p
  const layer = p.layers[place.layer]
  const [target, setTarget] = useState<HTMLElement | null>(null)
  const hasTooltip = layer?.settings.tooltip.show === true
  const lift = layer ? liftOf(layer) : 0
  useEffect(() => {
    if (hasTooltip) setTarget(map.showCard(middleOf(place), lift))
  }, [map, place, lift, hasTooltip])
  useEffect(() => () => map.hideCard(), [map])
  const own = useMemo(() => p.places.filter((one) => one.layer === place.layer), [p.places, place.layer])
  return target && layer && hasTooltip
    ? createPortal(
        <PlaceCard
          {...{ place, layer }}
          places={own}
          onClose={p.onClose}
          onShown={() => p.onClose && map.revealCard()}
        />,
        target,
      )
    : null
}
