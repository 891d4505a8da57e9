'use client'
import { readAction, type WidgetAction } from '@thingwire/dashboards'
import { cn, IconButton, Skeleton } from '@thingwire/ui'
import { List, Maximize, Minus, Plus } from 'lucide-react'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { useWidgetHost } from '../../host/host-context.tsx'
import { WidgetNotice } from '../../notice.tsx'
import { useWords } from '../../texts/use-texts.ts'
import type { WidgetState, WidgetViewProps } from '../../widget.ts'
import type { Cluster } from './cluster-colors.ts'
import type { Position } from './coordinates.ts'
import { artsOf, labelOf, middleOf, pointId } from './drawing.ts'
import { DragButton, DrawButtons, EditBar } from './edit/edit-bar.tsx'
import { useChanges, useEdit } from './edit/use-edit.ts'
import type { TooltipSettings } from './layer-settings.ts'
import { LayersMenu } from './layers-menu.tsx'
import { ActionButtons, mapButton } from './map-buttons.tsx'
import { MarkerPictures } from './marker-pictures.tsx'
import { PlaceList } from './place-list.tsx'
import { PlacePopup, tooltipOf } from './place-popup.tsx'
import type { Place } from './places.ts'
import { geoPlane, imagePlane } from './plane.ts'
import { layersOf, type MapLayer, type MapSettings } from './settings.ts'
import { Timeline } from './timeline.tsx'
import { type Trip, valuesAt } from './trips.ts'
import { useClusterColors } from './use-cluster-colors.ts'
import { usePicture } from './use-picture.ts'
import { usePositionFunctions } from './use-position-functions.ts'
import { usePlaceMap } from './use-place-map.ts'
import { boundsOfAll, useDrawing, useMoving, usePlaced, useTripPlaces } from './use-scene.ts'
import { useTileGround } from './use-tile-ground.ts'
import { mapWords } from './words.ts'

type Ready = Extract<WidgetState, { status: 'ready' }>
type Props = WidgetViewProps<MapSettings>

const stateView = (plain: 'marker' | 'trip') => (p: Props) =>
  p.state.status === 'ready' ? <Board {...p} ready={p.state} plain={plain} /> : <WidgetNotice state={p.state} />

/** Places, areas and lines of newest values, on the globe or on a picture. */
export const MapView = stateView('marker')
/** The same with ways that were gone over the time window. */
export const WayMapView = stateView('trip')

const corners = {
  topleft: 'top-2 left-2',
  topright: 'top-2 right-2',
  bottomleft: 'bottom-8 left-2',
  bottomright: 'right-2 bottom-8',
} as const

/** The list covers so much; a map that is narrower than the second is hidden by it when a place was chosen. */
const listWidth = 240
const leastBesideList = 480

const clickSources = {
  ...{ trip: 'markerClick', marker: 'markerClick', polygon: 'polygonClick', circle: 'circleClick', polyline: '' },
} as const

/** Starts what a click on a place, or on a link of its text, is meant to start. */
const usePlaceActions = (layers: readonly MapLayer[]) => {
  const { actions } = useWidgetHost()
  const run = (action: WidgetAction, place: Place) =>
    actions.run(action, { entity: place.entity, params: Object.fromEntries(place.values) })
  const click = (place: Place) => {
    const layer = layers[place.layer]
    if (!layer) return
    const own = readAction(layer.settings.click, 'click', 'click')
    const source = clickSources[layer.kind]
    for (const action of own ? [own] : source ? actions.of(source) : []) run(action, place)
  }
  const link = (tooltip: TooltipSettings) => (name: string, place: Place) => {
    const own = tooltip.tagActions.flatMap((file, index) => readAction(file, 'tag', `tag-${index}`) ?? [])
    const action = [...own, ...actions.of('tooltipAction')].find((one) => one.name === name)
    if (action) run(action, place)
  }
  return { click, link }
}

/** A point of a way as a place of its own. */
const pointPlace = (
  id: string,
  trips: readonly Trip[],
  more: ReadonlyMap<string, Record<string, string>>,
): Place | null => {
  const index = Number(/^point (\d+) /.exec(id)?.[1] ?? Number.NaN)
  const trip = trips.find((one) => pointId(one, index) === id)
  const point = trip?.points[index]
  if (!trip || !point) return null
  const { layer, source, entity, alias } = trip
  const values = valuesAt(trip, point.ts, more.get(trip.id))
  return { id, layer, source, entity, alias, values, shape: { type: 'Point', coordinates: point.at } }
}

const groupsOf = (layers: readonly MapLayer[]) => [...new Set(layers.flatMap(({ settings }) => settings.groups))]

const useVisible = (layers: readonly MapLayer[]) => {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const groups = useMemo(() => groupsOf(layers), [layers])
  const isShown = useMemo(() => {
    const shown = layers.map(
      ({ settings }) => settings.groups.length === 0 || settings.groups.some((group) => !hidden.has(group)),
    )
    return ({ layer }: { layer: number }) => shown[layer] ?? true
  }, [layers, hidden])
  const onGroup = (group: string, isOn: boolean) =>
    setHidden((now) => new Set(isOn ? [...now].filter((one) => one !== group) : [...now, group]))
  return { groups, hidden, isShown, onGroup }
}

const Board = (p: Props & { ready: Ready; plain: 'marker' | 'trip' }) => {
  const { settings, ready } = p
  const words = useWords('map', mapWords)
  const box = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [hovered, setHovered] = useState<{ id: string; at: Position } | null>(null)
  const [together, setTogether] = useState<readonly string[] | null>(null)
  const [isListed, setIsListed] = useState(false)
  const [clusters, setClusters] = useState<readonly Cluster[]>([])
  const listButton = useRef<HTMLButtonElement>(null)
  const closeList = () => {
    setIsListed(false)
    setTogether(null)
    listButton.current?.focus()
  }
  const layers = useMemo(() => layersOf(settings, p.plain), [settings, p.plain])
  const visible = useVisible(layers)
  const isPicture = settings.space === 'image'
  const { picture, status: pictureStatus } = usePicture(settings, ready)
  const plane = useMemo(() => (isPicture ? (picture?.plane ?? imagePlane(1)) : geoPlane), [isPicture, picture])
  const placed = usePlaced(layers, ready.series, plane)
  const seen = useMemo(() => placed.places.filter(visible.isShown), [placed.places, visible.isShown])
  const trips = useMemo(() => placed.trips.filter(visible.isShown), [placed.trips, visible.isShown])
  const { span, clock, say, times, tripPlaces, stopping, problem: stopProblem } = useTripPlaces(trips, settings, p)
  const changes = useChanges(layers)
  const aspect = picture ? picture.canvas.width / picture.canvas.height : 1
  const put = usePositionFunctions({ layers, places: seen, plane, aspect, beside: placed.beside })
  const places = useMemo(() => changes.apply(put.places), [changes.apply, put.places])
  const { all, texts, drawing, problem } = useDrawing(layers, places, tripPlaces, trips, placed.beside)
  const byId = useMemo(() => new Map(all.map((place) => [place.id, place] as const)), [all])
  const placeOf = (id: string | null): Place | undefined =>
    id === null ? undefined : (byId.get(id) ?? pointPlace(id, trips, times) ?? undefined)
  const actions = usePlaceActions(layers)
  const tiles = useTileGround(settings, p.theme)
  const isHovering = (place: Place | undefined) => {
    const layer = place && layers[place.layer]
    return layer !== undefined && tooltipOf(layer, place as Place).trigger === 'hover'
  }
  const { map, status, fit } = usePlaceMap({
    ...{ box, settings, layers, drawing, picture },
    ground: isPicture ? { kind: 'picture' } : tiles.ground,
    bounds: () => boundsOfAll(seen, trips),
    fitKey: useMemo(() => [...seen, ...trips].map(({ id }) => id).join('\n'), [seen, trips]),
    title: words('map'),
    theme: p.theme,
    calls: {
      onClick: (id, at) => {
        if (changes.draft) return edit.add(at)
        const place = placeOf(id)
        if (place) actions.click(place)
        const before = placeOf(chosen)
        const layer = before && layers[before.layer]
        const stays = !place && layer && !tooltipOf(layer, before).autoclose
        if (!stays && !isHovering(place)) setChosen(id)
        if (isListed && together) closeList()
      },
      onHover: (id, at) => setHovered(id !== null && isHovering(placeOf(id)) ? { id, at } : null),
      onClusters: (clusters) => setClusters(clusters),
      onCluster: (ids) => {
        setTogether(ids)
        setIsListed(true)
      },
    },
  })
  const clustered = useClusterColors(settings, map, clusters, byId)
  const edit = useEdit({
    ...{ map, layers, free: placed.free, plane, changes, series: ready.series },
    ...{ places, hasDragButton: settings.dragModeButton },
  })
  useMoving({ map, clock, movers: drawing.movers, trips: stopping, layers, settings })
  const arts = useMemo(() => artsOf(drawing), [drawing])
  // Pictures load by what they are, not by which list they stand in.
  const artKey = JSON.stringify(arts)
  const stableArts = useMemo((): typeof arts => JSON.parse(artKey), [artKey])
  const onPicture = useMemo(() => map?.addPicture.bind(map) ?? null, [map])

  const shown = changes.draft ? undefined : placeOf(hovered?.id ?? chosen)
  const nameOf = (place: Place) => {
    const layer = layers[place.layer]
    return (layer && labelOf(layer, place, texts)) || place.entity.name
  }
  const hasTimeline = settings.tripTimeline.showTimelineControl && span !== null && span.endTs > span.startTs
  const note =
    problem ??
    put.problem ??
    stopProblem ??
    clustered.problem ??
    (pictureStatus === 'none' && isPicture
      ? words('noPicture')
      : pictureStatus === 'failed'
        ? words('badPicture')
        : all.length === 0
          ? words(layers.every(({ kind }) => kind === 'trip') ? 'noWay' : 'nothing')
          : placed.unplaced > 0
            ? words(isPicture ? 'outside' : 'unplaced', { count: placed.unplaced })
            : null)
  const listed = together ? all.filter(({ id }) => together.includes(id)) : all
  return (
    <div className={cn('flex size-full flex-col overflow-hidden', ready.staleSince !== null && 'grayscale')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys that end a drawing, wherever the focus is in the map */}
      <div
        className="relative min-h-0 flex-1 overflow-hidden"
        onKeyDown={(event) => {
          if (!changes.draft || !(event.target instanceof HTMLElement)) return
          if (event.key === 'Escape') edit.cancel()
          else if (event.key === 'Enter' && event.target instanceof HTMLCanvasElement && map) edit.add(map.middle())
        }}
      >
        <div ref={box} className="place-map size-full" />
        {onPicture ? <MarkerPictures arts={stableArts} onPicture={onPicture} /> : null}
        {status === 'loading' ? (
          <div aria-busy className="pointer-events-none absolute inset-0">
            <Skeleton className="size-full rounded-none opacity-70" />
          </div>
        ) : null}
        {status === 'failed' ? (
          <WidgetNoticeOver reason={words('failed')} />
        ) : (
          <div className={cn('absolute z-5 grid gap-1', corners[settings.controlsPosition])}>
            {settings.zoomActions.includes('controlButtons') ? (
              <>
                <IconButton label={words('zoomIn')} {...mapButton} onClick={() => map?.zoom(1)}>
                  <Plus />
                </IconButton>
                <IconButton label={words('zoomOut')} {...mapButton} onClick={() => map?.zoom(-1)}>
                  <Minus />
                </IconButton>
              </>
            ) : null}
            <IconButton label={words('fit')} {...mapButton} onClick={fit}>
              <Maximize />
            </IconButton>
          </div>
        )}
        <div
          className={cn(
            'absolute z-5 flex max-w-[calc(100%-4rem)] flex-wrap justify-end gap-1',
            corners[settings.controlsPosition === 'topright' ? 'topleft' : 'topright'],
          )}
        >
          <ActionButtons settings={settings} onSketch={edit.sketch} />
          <DragButton edit={edit} />
          <DrawButtons edit={edit} />
          {(!isPicture && tiles.grounds.length > 0) || visible.groups.length > 0 ? (
            <LayersMenu
              tiles={isPicture ? null : tiles}
              groups={visible.groups}
              hidden={visible.hidden}
              onGroup={visible.onGroup}
            />
          ) : null}
          <IconButton
            ref={listButton}
            label={words('list')}
            {...mapButton}
            aria-expanded={isListed}
            onClick={() => {
              setTogether(null)
              setIsListed(!isListed)
            }}
          >
            <List />
          </IconButton>
        </div>
        {changes.draft?.step === 'sketch' ? (
          <span
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-1/2 z-5 size-3 -translate-1/2 rounded-full border border-accent"
          />
        ) : null}
        {note && !changes.draft ? <Note lifted={tiles.attribution !== '' && !isPicture}>{note}</Note> : null}
        {!isPicture && tiles.attribution ? (
          <p className="pointer-events-none absolute right-0 bottom-0 z-5 max-w-full truncate bg-surface/75 px-1.5 text-2xs text-ink-2">
            {tiles.attribution}
          </p>
        ) : null}
        {map && shown ? (
          <PlacePopup
            key={shown.id}
            {...{ map, layers, edit }}
            places={all}
            beside={placed.beside}
            place={shown}
            at={hovered?.at ?? null}
            onAction={actions.link}
            onClose={hovered === null ? () => setChosen(null) : null}
          />
        ) : null}
        <EditBar
          edit={edit}
          isBesideList={(isListed || changes.draft?.step === 'choose') && p.size.width >= leastBesideList}
        />
        {changes.draft?.step === 'choose' ? (
          <PlaceList
            title={words('whose')}
            places={edit.candidates(changes.draft.kind)}
            labelOf={({ entity }) => entity.label || entity.name}
            nothing={words('allPlaced')}
            chosen={null}
            onChoose={edit.choose}
            onClose={edit.cancel}
          />
        ) : isListed ? (
          <PlaceList
            title={together ? words('here', { count: listed.length }) : words('list')}
            places={listed}
            labelOf={nameOf}
            nothing={words('nothing')}
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
      {hasTimeline && span ? (
        <Timeline {...{ clock, span, say }} width={p.size.width} settings={settings.tripTimeline} />
      ) : null}
    </div>
  )
}

const Note = ({ children, lifted }: { children: ReactNode; lifted: boolean }) => (
  <p
    className={cn(
      'pointer-events-none absolute left-1/2 z-5 line-clamp-2 w-max max-w-[90%] -translate-x-1/2 rounded-md border border-border bg-surface px-2 py-1 text-center text-xs text-ink-2',
      lifted ? 'bottom-6' : 'bottom-2',
    )}
  >
    {children}
  </p>
)

const WidgetNoticeOver = ({ reason }: { reason: string }) => (
  <div className="absolute inset-0 bg-surface">
    <WidgetNotice state={{ status: 'failed', reason }} />
  </div>
)
