'use client'
import { type FunctionSource, readFunction } from '@thingwire/dashboards'
import { useEffect, useMemo, useState } from 'react'
import { createNewestOnly } from '../../functions/newest-only.ts'
import { useWidgetHost } from '../../host/host-context.tsx'
import type { FunctionsPort } from '../../host/host.ts'
import type { MapSettings } from './settings.ts'
import type { Trip } from './trips.ts'
import { functionArguments } from './use-layer-functions.ts'
import { callsAlong } from './use-path-colors.ts'

/** What files have where nobody wrote a filter. */
const everyPoint = /^\s*return\s+true\s*;?\s*$/

type Question = { code: FunctionSource; trips: readonly Trip[] }
/** Times of points by way. */
type Stops = { made: ReadonlyMap<string, readonly number[]>; problem: string | null }

const answer = async (functions: FunctionsPort, { code, trips }: Question): Promise<Stops> => {
  const made = new Map<string, readonly number[]>()
  let problem: string | null = null
  for (const trip of trips) {
    const calls = callsAlong(trip)
    if (calls === null) continue
    const results = await functions.callMany(code, functionArguments, calls)
    const failed = results.find((one) => !one.ok)
    if (failed && !failed.ok) problem ??= failed.message
    const stops = trip.points.flatMap(({ ts }, index) => {
      const result = results[index]
      return result?.ok && result.value ? [ts] : []
    })
    made.set(trip.id, stops)
  }
  return { made, problem }
}

/** The function of the file that says at which points a marker stops; null: at each. */
export const snapFilterOf = ({ tripTimeline }: Pick<MapSettings, 'tripTimeline'>): FunctionSource | null => {
  const { showTimelineControl, snapToRealLocation, locationSnapFilter } = tripTimeline
  const code = showTimelineControl && snapToRealLocation ? readFunction(locationSnapFilter) : null
  const body = typeof code === 'string' ? code : (code?.body ?? '')
  return everyPoint.test(body) ? null : code
}

const nothing: Stops = { made: new Map(), problem: null }

/** Ways with the points at which their markers stop, where a function of the file chooses among them. */
export const useStops = (
  trips: readonly Trip[],
  settings: MapSettings,
): { trips: readonly Trip[]; problem: string | null } => {
  const { functions } = useWidgetHost()
  const [stops, setStops] = useState(nothing)
  const asking = useMemo(
    () => createNewestOnly((question: Question) => answer(functions, question), setStops),
    [functions],
  )
  const code = useMemo(() => snapFilterOf(settings), [settings])
  useEffect(() => {
    if (code !== null) asking.ask({ code, trips })
  }, [asking, code, trips])
  useEffect(() => () => asking.stop(), [asking])
  const stopping = useMemo(
    () =>
      code === null
        ? trips
        : trips.map((trip) => {
            const own = stops.made.get(trip.id)
            return own && own.length > 0 ? { ...trip, stops: own } : trip
          }),
    [code, trips, stops],
  )
  return { trips: stopping, problem: code === null ? null : stops.problem }
}
