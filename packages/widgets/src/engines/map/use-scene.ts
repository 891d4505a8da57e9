'use client'
import { useEffect, useMemo } from 'react'
import type { WidgetSeries, WidgetViewProps } from '../../widget.ts'
import { dateText } from '../../style/date-text.ts'
import type { Bounds, Position } from './coordinates.ts'
import { boundsOf } from './coordinates.ts'
import { type Drawing, type MarkerDrawing, moverDrawing, pathDrawing, placeDrawing } from './drawing.ts'
import type { PlaceMap } from './place-map.ts'
import type { PlayClock } from './play-clock.ts'
import { besidesOf, type Place, placesOf, positionsOf } from './places.ts'
import type { Plane } from './plane.ts'
import type { MapLayer, MapSettings } from './settings.ts'
import { momentOf, spanOfTrips, type Trip, tripPlace, tripsOf } from './trips.ts'
import { useLayerFunctions } from './use-layer-functions.ts'
import { usePathColors } from './use-path-colors.ts'
import { useStops } from './use-stops.ts'
import { useCoarseMoment, usePlayClock } from './use-play-clock.ts'

/** What data and settings say is where: before anybody looks, hides or changes. */
export const usePlaced = (layers: readonly MapLayer[], series: readonly WidgetSeries[], plane: Plane) => {
  const placed = useMemo(() => placesOf(layers, series, plane), [layers, series, plane])
  const beside = useMemo(() => besidesOf(layers, series), [layers, series])
  const gone = useMemo(() => tripsOf(layers, series, plane), [layers, series, plane])
  return { ...placed, beside, trips: gone.trips, unplaced: placed.unplaced + gone.unplaced }
}

/** Ways at the moment of their clock, as places. */
export const useTripPlaces = (
  all: readonly Trip[],
  settings: MapSettings,
  p: Pick<WidgetViewProps<unknown>, 'locale' | 'timeZone' | 'texts'>,
) => {
  const { trips, problem } = useStops(all, settings)
  const span = useMemo(() => spanOfTrips(trips), [trips])
  const clock = usePlayClock(span)
  const at = useCoarseMoment(clock)
  const { showTimelineControl, snapToRealLocation, timestampFormat } = settings.tripTimeline
  const { locale, timeZone, texts } = p
  const say = useMemo(
    () => (ts: number) => dateText(ts, timestampFormat, { locale, timeZone, texts }),
    [timestampFormat, locale, timeZone, texts],
  )
  const times = useMemo(
    () =>
      new Map(
        trips.map(
          ({ id, points }) => [id, { minTime: say(points[0]?.ts ?? 0), maxTime: say(points.at(-1)?.ts ?? 0) }] as const,
        ),
      ),
    [trips, say],
  )
  const moment = showTimelineControl ? at : Number.POSITIVE_INFINITY
  const tripPlaces = useMemo(
    () => trips.flatMap((trip) => tripPlace(trip, moment, snapToRealLocation, times.get(trip.id) ?? {})),
    [trips, moment, snapToRealLocation, times],
  )
  return { span, clock, say, times, tripPlaces, stopping: trips, problem }
}

/** Everything as it is drawn. */
export const useDrawing = (
  layers: readonly MapLayer[],
  places: readonly Place[],
  tripPlaces: readonly Place[],
  trips: readonly Trip[],
  beside: readonly Record<string, unknown>[],
) => {
  const all = useMemo(() => [...places, ...tripPlaces], [places, tripPlaces])
  const texts = useLayerFunctions(layers, all, beside)
  const colors = usePathColors(layers, trips)
  const still = useMemo(() => placeDrawing(layers, places, texts), [layers, places, texts])
  const movers = useMemo(() => moverDrawing(layers, tripPlaces, texts), [layers, tripPlaces, texts])
  const ways = useMemo(() => pathDrawing(layers, trips, colors), [layers, trips, colors])
  const points = useMemo(() => [...still.points, ...ways.points], [still.points, ways.points])
  const decorated = useMemo(() => [...still.decorated, ...ways.decorated], [still.decorated, ways.decorated])
  const drawing = useMemo(
    (): Drawing => ({ markers: still.markers, shapes: still.shapes, movers, paths: ways.paths, points, decorated }),
    [still.markers, still.shapes, movers, ways.paths, points, decorated],
  )
  return { all, texts, drawing, problem: texts.problem ?? colors.problem }
}

const movedAlong = (
  movers: readonly MarkerDrawing[],
  trips: ReadonlyMap<string, Trip>,
  layers: readonly MapLayer[],
  at: number,
  snap: boolean,
): MarkerDrawing[] =>
  movers.map((mover) => {
    const trip = trips.get(mover.id)
    const moment = trip && momentOf(trip, at, snap)
    const layer = trip && layers[trip.layer]
    if (!moment || layer?.kind !== 'trip') return mover
    const turn = layer.settings.rotateMarker ? moment.heading + layer.settings.offsetAngle : mover.turn
    return { ...mover, at: moment.at, turn }
  })

/** Moves what goes along ways with every frame of the clock, past React. */
export const useMoving = (p: {
  map: PlaceMap | null
  clock: PlayClock
  movers: readonly MarkerDrawing[]
  trips: readonly Trip[]
  layers: readonly MapLayer[]
  settings: MapSettings
}): void => {
  const { map, clock, movers, trips, layers } = p
  const { showTimelineControl, snapToRealLocation } = p.settings.tripTimeline
  useEffect(() => {
    if (!map || !showTimelineControl || movers.length === 0) return
    const byId = new Map(trips.map((trip) => [trip.id, trip] as const))
    return clock.subscribe(() => {
      if (clock.isPlaying) map.move(movedAlong(movers, byId, layers, clock.at, snapToRealLocation))
    })
  }, [map, clock, movers, trips, layers, showTimelineControl, snapToRealLocation])
}

/** Of places and of whole ways. */
export const boundsOfAll = (places: readonly Place[], trips: readonly Trip[]): Bounds | null => {
  const all = function* (): Generator<Position> {
    yield* positionsOf(places)
    for (const { points } of trips) for (const { at } of points) yield at
  }
  return boundsOf(all())
}
