'use client'
import { type FunctionSource, readFunction } from '@thingwire/dashboards'
import { useEffect, useMemo, useState } from 'react'
import { createNewestOnly } from '../../functions/newest-only.ts'
import { useWidgetHost } from '../../host/host-context.tsx'
import type { FunctionsPort } from '../../host/host.ts'
import type { Position } from './coordinates.ts'
import { type Place, valueAt } from './places.ts'
import type { Plane } from './plane.ts'
import type { MapLayer } from './settings.ts'
import { callsOf } from './use-layer-functions.ts'

const argumentNames = ['origXPos', 'origYPos', 'data', 'dsData', 'dsIndex', 'aspect'] as const

/** What every file has, and what changes nothing. */
const unchanged = /^\s*return\s*\{\s*x:\s*origXPos,\s*y:\s*origYPos\s*,?\s*\}\s*;?\s*$/

/** Null: places stand where their keys say. */
export const positionCode = (layer: MapLayer): FunctionSource | null => {
  const code = layer.kind === 'marker' ? readFunction(layer.settings.positionFunction) : null
  return typeof code === 'string' && unchanged.test(code) ? null : code
}

type Question = {
  layers: readonly MapLayer[]
  places: readonly Place[]
  plane: Plane
  aspect: number
  beside: readonly Record<string, unknown>[]
}
type Answer = { made: ReadonlyMap<string, Position>; problem: string | null }

const answer = async (functions: FunctionsPort, question: Question): Promise<Answer> => {
  const made = new Map<string, Position>()
  let problem: string | null = null
  for (const [index, layer] of question.layers.entries()) {
    const code = positionCode(layer)
    if (!code || layer.kind !== 'marker') continue
    const own = question.places.filter((place) => place.layer === index)
    const { xKey, yKey } = layer.settings
    const calls = callsOf(own, question.beside).map((call, at) => {
      const { values } = own[at] ?? { values: new Map() }
      return [Number(valueAt(values, xKey)), Number(valueAt(values, yKey)), ...call, question.aspect]
    })
    const results = await functions.callMany(code, argumentNames, calls)
    own.forEach((place, at) => {
      const result = results[at]
      if (result && !result.ok) problem ??= result.message
      if (!result?.ok || typeof result.value !== 'object' || result.value === null) return
      const position = question.plane.place(Reflect.get(result.value, 'x'), Reflect.get(result.value, 'y'))
      if (position) made.set(place.id, position)
    })
  }
  return { made, problem }
}

const nothing: Answer = { made: new Map(), problem: null }

/** Places of an image map where functions of the file put them; until they answered, where their keys say. */
export const usePositionFunctions = ({
  layers,
  places,
  plane,
  aspect,
  beside,
}: Question): { places: readonly Place[]; problem: string | null } => {
  const { functions } = useWidgetHost()
  const [answered, setAnswered] = useState(nothing)
  const asking = useMemo(
    () => createNewestOnly((question: Question) => answer(functions, question), setAnswered),
    [functions],
  )
  const isNeeded = plane.kind === 'image' && layers.some((layer) => positionCode(layer) !== null)
  useEffect(() => {
    if (isNeeded) asking.ask({ layers, places, plane, aspect, beside })
  }, [asking, isNeeded, layers, places, plane, aspect, beside])
  useEffect(() => () => asking.stop(), [asking])
  const { made, problem } = isNeeded ? answered : nothing
  const put = useMemo(
    () =>
      made.size === 0
        ? places
        : places.map((place) => {
            const coordinates = made.get(place.id)
            return coordinates ? { ...place, shape: { type: 'Point' as const, coordinates } } : place
          }),
    [places, made],
  )
  return { places: put, problem }
}
