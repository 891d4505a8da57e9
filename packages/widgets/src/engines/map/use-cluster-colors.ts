'use client'
import { readFunction } from '@thingwire/dashboards'
import { useEffect, useMemo } from 'react'
import { cssColor } from '../../style/rgb.ts'
import { firstFailure, useFunction } from '../../functions/use-function.ts'
import type { Cluster } from './cluster-colors.ts'
import type { PlaceMap } from './place-map.ts'
import { type Place, recordOf } from './places.ts'
import type { MapSettings } from './settings.ts'

const argumentNames = ['data', 'childCount'] as const

/** The function that colours gathered markers; null: they have the colour of the console. */
export const clusterCode = ({ markers }: Pick<MapSettings, 'markers'>) => {
  const { markerClustering } = markers.find((one) => one.markerClustering.enable) ?? {}
  return markerClustering?.useClusterMarkerColorFunction
    ? readFunction(markerClustering.clusterMarkerColorFunction)
    : null
}

/** Colours of gathered markers by a function of the file, for those that are seen. */
export const useClusterColors = (
  settings: MapSettings,
  map: PlaceMap | null,
  clusters: readonly Cluster[],
  places: ReadonlyMap<string, Place>,
): { problem: string | null } => {
  const code = clusterCode(settings)
  const isNeeded = code !== null
  const calls = useMemo(
    () =>
      isNeeded
        ? clusters.map(({ ids, count }) => [ids.flatMap((id) => places.get(id) ?? []).map(recordOf), count])
        : [],
    [isNeeded, clusters, places],
  )
  const { results, calls: answered } = useFunction(code, argumentNames, calls)
  useEffect(() => {
    // Answers to former clusters are of other numbers.
    if (!map || answered !== calls || !results) return
    const colors = clusters.flatMap(({ id }, index) => {
      const result = results[index]
      return result?.ok && typeof result.value === 'string' ? [[id, cssColor(result.value)] as const] : []
    })
    map.colorClusters(new Map(colors))
  }, [map, clusters, calls, answered, results])
  return { problem: firstFailure(results) }
}
