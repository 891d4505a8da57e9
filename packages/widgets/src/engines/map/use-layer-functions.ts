'use client'
import { type FunctionSource, readFunction } from '@thingwire/dashboards'
import { useEffect, useMemo, useState } from 'react'
import { createNewestOnly } from '../../functions/newest-only.ts'
import { useWidgetHost } from '../../host/host-context.tsx'
import type { FunctionsPort } from '../../host/host.ts'
import { type Place, recordOf } from './places.ts'
import { type MapLayer, markerLook } from './settings.ts'

type Part = 'label' | 'fill' | 'stroke'

/** What functions of the file made of places, by part and place. */
export type LayerTexts = { made: ReadonlyMap<string, string>; problem: string | null }

export const textId = (part: Part, place: Pick<Place, 'id'>): string => `${part} ${place.id}`

export const functionArguments = ['data', 'dsData', 'dsIndex'] as const

/** Up to so many places each function gets all of its layer; above, only its own: lists of lists would be too much. */
const mostTogether = 200

/** Arguments of the functions of a layer, one list for each place. */
export const callsOf = (places: readonly Place[], only?: Place): unknown[][] => {
  const records = places.length > mostTogether ? null : places.map(recordOf)
  const wanted = only ? [only] : places
  return wanted.map((place) => {
    const index = records ? places.indexOf(place) : 0
    const own = records?.[index] ?? recordOf(place)
    return [own, records ?? [own], index]
  })
}

const codesOf = (layer: MapLayer): [Part, FunctionSource][] => {
  const { label } = layer.settings
  const colors =
    layer.kind === 'marker'
      ? { fill: markerLook(layer.settings).color }
      : { fill: layer.settings.fillColor, stroke: layer.settings.strokeColor }
  const asked: [Part, unknown][] = [
    ...(label.show && label.type === 'function' ? [['label', label.patternFunction] as [Part, unknown]] : []),
    ...Object.entries(colors).flatMap(([part, color]) =>
      color.type === 'function' && (part === 'fill' || part === 'stroke')
        ? [[part, color.colorFunction] as [Part, unknown]]
        : [],
    ),
  ]
  return asked.flatMap(([part, source]) => {
    const code = readFunction(source)
    return code ? [[part, code] as [Part, FunctionSource]] : []
  })
}

type Question = { layers: readonly MapLayer[]; places: readonly Place[] }

const answer = async (functions: FunctionsPort, { layers, places }: Question): Promise<LayerTexts> => {
  const made = new Map<string, string>()
  let problem: string | null = null
  for (const [index, layer] of layers.entries()) {
    const own = places.filter((place) => place.layer === index)
    if (own.length === 0) continue
    for (const [part, code] of codesOf(layer)) {
      const results = await functions.callMany(code, functionArguments, callsOf(own))
      own.forEach((place, at) => {
        const result = results[at]
        if (!result) return
        if (!result.ok) problem ??= result.message
        else if (typeof result.value === 'string') made.set(textId(part, place), result.value)
      })
    }
  }
  return { made, problem }
}

const nothing: LayerTexts = { made: new Map(), problem: null }

/** Labels and colours that functions make; what they made stays until they made it anew. */
export const useLayerFunctions = (layers: readonly MapLayer[], places: readonly Place[]): LayerTexts => {
  const { functions } = useWidgetHost()
  const [texts, setTexts] = useState(nothing)
  const asking = useMemo(
    () => createNewestOnly((question: Question) => answer(functions, question), setTexts),
    [functions],
  )
  const isNeeded = layers.some((layer) => codesOf(layer).length > 0)
  useEffect(() => {
    if (isNeeded) asking.ask({ layers, places })
  }, [asking, isNeeded, layers, places])
  useEffect(() => () => asking.stop(), [asking])
  return isNeeded ? texts : nothing
}
