'use client'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { boundsOf, centreOf } from './coordinates.ts'
import type { Drawing, PlaceMap, PlaceMapCalls, PlaceMapOptions } from './place-map.ts'
import { type Place, positionsOf } from './places.ts'
import type { MapSettings } from './settings.ts'

const usualZoom = 8

const optionsOf = (settings: MapSettings): PlaceMapOptions => {
  const clustered = settings.markers.find(({ markerClustering }) => markerClustering.enable)?.markerClustering
  const hasCentre = settings.useDefaultCenterPosition || !settings.fitMapBounds
  return {
    clustering: clustered
      ? { radius: Math.min(400, Math.max(1, clustered.maxClusterRadius)), maxZoom: clustered.maxZoom }
      : null,
    zoomsOnCluster: clustered?.zoomOnClick ?? true,
    hasScroll: settings.zoomActions.includes('scroll'),
    hasDoubleClick: settings.zoomActions.includes('doubleClick'),
    scales: (['metric', 'imperial'] as const).filter((one) => settings.scales.includes(one)),
    centre: hasCentre ? centreOf(settings.defaultCenterPosition) : null,
    zoom: settings.defaultZoomLevel ?? (hasCentre && !settings.fitMapBounds ? usualZoom : null),
  }
}

type Loaded = { map: PlaceMap | null; status: 'loading' | 'shown' | 'failed'; fit: () => void }

/** The map in its box: made when its code is there, drawn when places change, fitted until the person moves it. */
export const usePlaceMap = (p: {
  box: RefObject<HTMLDivElement | null>
  title: string
  settings: MapSettings
  theme: 'light' | 'dark'
  drawing: Drawing
  places: readonly Place[]
  calls: Omit<PlaceMapCalls, 'onMove'>
}): Loaded => {
  const { box, title, settings, drawing, places, theme } = p
  const [map, setMap] = useState<PlaceMap | null>(null)
  const [hasFailed, setHasFailed] = useState(false)
  const isMoved = useRef(false)
  const latest = useRef(p)
  useLayoutEffect(() => {
    latest.current = p
  })
  const options = JSON.stringify(optionsOf(settings))
  useEffect(() => {
    let isGone = false
    let made: PlaceMap | null = null
    import('./place-map.ts')
      .then(({ PlaceMap }) => {
        if (isGone || !box.current) return
        const onMove = () => {
          isMoved.current = true
        }
        made = new PlaceMap(box.current, title, JSON.parse(options), () => ({ ...latest.current.calls, onMove }))
        setMap(made)
      })
      .catch(() => !isGone && setHasFailed(true))
    return () => {
      isGone = true
      setMap(null)
      made?.destroy()
    }
  }, [box, title, options])
  useEffect(() => map?.draw(drawing), [map, drawing])
  const shownTheme = useRef(theme)
  useEffect(() => {
    if (shownTheme.current !== theme) map?.restyle()
    shownTheme.current = theme
  }, [map, theme])
  const { fitMapBounds, minZoomLevel, defaultZoomLevel } = settings
  const hasZoom = defaultZoomLevel !== null
  const fit = () => {
    const bounds = boundsOf(positionsOf(latest.current.places))
    if (bounds) map?.fit(bounds, minZoomLevel, false)
    isMoved.current = false
  }
  // Places that only move do not move the map under the person's eyes.
  const ids = places.map(({ id }) => id).join('\n')
  useEffect(() => {
    const bounds = ids !== '' && fitMapBounds && !isMoved.current ? boundsOf(positionsOf(latest.current.places)) : null
    if (bounds) map?.fit(bounds, minZoomLevel, hasZoom)
  }, [map, ids, fitMapBounds, minZoomLevel, hasZoom])
  return { map, status: hasFailed ? 'failed' : map ? 'shown' : 'loading', fit }
}
