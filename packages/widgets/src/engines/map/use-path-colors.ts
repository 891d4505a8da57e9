'use client'
import { type FunctionSource, readFunction } from '@thingwire/dashboards'
import { useEffect, useMemo, useState } from 'react'
import { createNewestOnly } from '../../functions/newest-only.ts'
import { useWidgetHost } from '../../host/host-context.tsx'
import type { FunctionsPort } from '../../host/host.ts'
import type { LayerColor } from './layer-settings.ts'
import { recordOf } from './places.ts'
import type { MapLayer } from './settings.ts'
import { type Trip, tripPlace } from './trips.ts'
import { functionArguments } from './use-layer-functions.ts'

/** Colours that functions made of each point of a way, by part and way. */
export type PathColors = { made: ReadonlyMap<string, readonly (string | null)[]>; problem: string | null }

export const pathColorId = (part: 'path' | 'point', trip: Pick<Trip, 'id'>): string => `${part} ${trip.id}`

/** Ways with more points keep the constant colour: every point is a call. */
const mostCalls = 20_000

const codeOf = ({ type, colorFunction }: LayerColor): FunctionSource | null =>
  type === 'function' ? readFunction(colorFunction) : null

const codesOf = (layer: MapLayer | undefined): ['path' | 'point', FunctionSource][] => {
  if (layer?.kind !== 'trip') return []
  const { showPath, showPoints, pathStrokeColor, pointColor } = layer.settings
  const [path, point] = [showPath ? codeOf(pathStrokeColor) : null, showPoints ? codeOf(pointColor) : null]
  return [
    ...(path ? [['path', path] as ['path', FunctionSource]] : []),
    ...(point ? [['point', point] as ['point', FunctionSource]] : []),
  ]
}

/** Arguments of a function for each point of a way; null: it has too many. */
export const callsAlong = (
  trip: Trip,
): [data: Record<string, unknown>, all: Record<string, unknown>[], index: number][] | null =>
  trip.points.length > mostCalls
    ? null
    : trip.points.map(({ ts }, index) => {
        const [place] = tripPlace(trip, ts, true, {})
        const record = place ? recordOf(place) : {}
        return [record, [record], index]
      })

type Question = { layers: readonly MapLayer[]; trips: readonly Trip[] }

const answer = async (functions: FunctionsPort, { layers, trips }: Question): Promise<PathColors> => {
  const made = new Map<string, readonly (string | null)[]>()
  let problem: string | null = null
  for (const trip of trips) {
    const codes = codesOf(layers[trip.layer])
    const calls = codes.length > 0 ? callsAlong(trip) : null
    if (calls === null) continue
    for (const [part, code] of codes) {
      const results = await functions.callMany(code, functionArguments, calls)
      const failed = results.find((one) => !one.ok)
      if (failed && !failed.ok) problem ??= failed.message
      made.set(
        pathColorId(part, trip),
        results.map((one) => (one.ok && typeof one.value === 'string' ? one.value : null)),
      )
    }
  }
  return { made, problem }
}

const nothing: PathColors = { made: new Map(), problem: null }

/** What functions of the file colour ways with; the former colours stay until the new ones are there. */
export const usePathColors = (layers: readonly MapLayer[], trips: readonly Trip[]): PathColors => {
  const { functions } = useWidgetHost()
  const [colors, setColors] = useState(nothing)
  const asking = useMemo(
    () => createNewestOnly((question: Question) => answer(functions, question), setColors),
    [functions],
  )
  const isNeeded = layers.some((layer) => codesOf(layer).length > 0)
  useEffect(() => {
    if (isNeeded) asking.ask({ layers, trips })
  }, [asking, isNeeded, layers, trips])
  useEffect(() => () => asking.stop(), [asking])
  return isNeeded ? colors : nothing
}
