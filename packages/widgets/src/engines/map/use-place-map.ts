'use client'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type Bounds, boundsOf, centreOf } from './coordinates.ts'
import { type Drawing, decorationsOf } from './drawing.ts'
import type { Ground, Picture } from './ground.ts'
import type { PlaceMap, PlaceMapCalls, PlaceMapOptions } from './place-map.ts'
import { clusterCode } from './use-cluster-colors.ts'
import { cornersOf } from './plane.ts'
import type { MapLayer, MapSettings } from './settings.ts'

const usualZoom = 8
/** Pictures are looked at as a whole, however small they lie in the world. */
const nearestPicture = 12

const optionsOf = (settings: MapSettings, layers: readonly MapLayer[]): PlaceMapOptions => {
  const isPicture = settings.space === 'image'
  const clustered = settings.markers.find(({ markerClustering }) => markerClustering.enable)?.markerClustering
  const hasCentre = !isPicture && (settings.useDefaultCenterPosition || !settings.fitMapBounds)
  return {
    clustering: clustered
      ? { radius: Math.min(400, Math.max(1, clustered.maxClusterRadius)), maxZoom: clustered.maxZoom }
      : null,
    decorations: decorationsOf(layers),
    zoomsOnCluster: clustered?.zoomOnClick ?? true,
    spreads: clustered?.spiderfyOnMaxZoom ?? false,
    zoomsSmoothly: clustered?.zoomAnimation ?? true,
    tellsClusters: clusterCode(settings) !== null,
    hasScroll: settings.zoomActions.includes('scroll'),
    hasDoubleClick: settings.zoomActions.includes('doubleClick'),
    scales: isPicture ? [] : (['metric', 'imperial'] as const).filter((one) => settings.scales.includes(one)),
    centre: hasCentre ? centreOf(settings.defaultCenterPosition) : null,
    zoom: isPicture ? null : (settings.defaultZoomLevel ?? (hasCentre && !settings.fitMapBounds ? usualZoom : null)),
    isPicture,
  }
}

type Loaded = {
  map: PlaceMap | null
  /** `shown`: its places are drawn; without a graphics card that may take many seconds. */
  status: 'loading' | 'shown' | 'failed'
  fit: () => void
}

/** The map in its box: made when its code is there, drawn when places change, fitted until the person moves it. */
export const usePlaceMap = (p: {
  box: RefObject<HTMLDivElement | null>
  title: string
  settings: MapSettings
  layers: readonly MapLayer[]
  theme: 'light' | 'dark'
  ground: Ground
  picture: Picture | null
  drawing: Drawing
  /** Of everything that is drawn, when it is asked. */
  bounds: () => Bounds | null
  /** What is drawn, by names; when they change the map is fitted anew. */
  fitKey: string
  calls: Omit<PlaceMapCalls, 'onMove' | 'onShown'>
}): Loaded => {
  const { box, title, settings, layers, drawing, theme, picture } = p
  const [map, setMap] = useState<PlaceMap | null>(null)
  const [shown, setShown] = useState<PlaceMap | null>(null)
  const [hasFailed, setHasFailed] = useState(false)
  const isMoved = useRef(false)
  const latest = useRef(p)
  useLayoutEffect(() => {
    latest.current = p
  })
  const options = JSON.stringify(optionsOf(settings, layers))
  const ground = JSON.stringify(p.ground)
  useEffect(() => {
    let isGone = false
    let made: PlaceMap | null = null
    import('./place-map.ts')
      .then(({ PlaceMap }) => {
        if (isGone || !box.current) return
        const onMove = () => {
          isMoved.current = true
        }
        const parts = { options: JSON.parse(options), ground: latest.current.ground }
        const onShown = () => setShown(made)
        made = new PlaceMap(box.current, title, parts, () => ({ ...latest.current.calls, onMove, onShown }))
        setMap(made)
      })
      .catch(() => !isGone && setHasFailed(true))
    return () => {
      isGone = true
      setMap(null)
      made?.destroy()
    }
  }, [box, title, options])
  useEffect(() => map?.setPicture(picture), [map, picture])
  useEffect(() => map?.draw(drawing), [map, drawing])
  const look = `${theme} ${ground}`
  const shownLook = useRef(look)
  useEffect(() => {
    if (shownLook.current !== look) map?.restyle(latest.current.ground)
    shownLook.current = look
  }, [map, look])
  const { fitMapBounds, minZoomLevel, defaultZoomLevel } = settings
  const isPicture = settings.space === 'image'
  const hasZoom = defaultZoomLevel !== null && !isPicture
  const boundsNow = () => {
    const { picture: shown } = latest.current
    return isPicture ? shown && boundsOf(cornersOf(shown.plane)) : latest.current.bounds()
  }
  const nearest = isPicture ? nearestPicture : minZoomLevel
  const fit = () => {
    const bounds = boundsNow()
    if (bounds) map?.fit(bounds, nearest, false)
    isMoved.current = false
  }
  // Places that only move do not move the map under the person's eyes.
  const wanted = isPicture ? (picture ? 'picture' : '') : p.fitKey
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked is the newest; when is said by its names
  useEffect(() => {
    const bounds = wanted !== '' && (fitMapBounds || isPicture) && !isMoved.current ? boundsNow() : null
    if (bounds) map?.fit(bounds, nearest, hasZoom)
  }, [map, wanted, picture, fitMapBounds, nearest, hasZoom])
  return { map, status: hasFailed ? 'failed' : map !== null && shown === map ? 'shown' : 'loading', fit }
}
