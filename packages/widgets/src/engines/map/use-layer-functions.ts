'use client'
import { type FunctionSource, readFunction } from '@thingwire/dashboards'
import { useEffect, useMemo, useState } from 'react'
import { type FunctionContext, useFunctionContext } from '../../functions/function-context.ts'
import { createNewestOnly } from '../../functions/newest-only.ts'
import { useWidgetHost } from '../../host/host-context.tsx'
import type { FunctionResult, FunctionsPort } from '../../host/host.ts'
import type { LayerColor } from './layer-settings.ts'
import { type Place, recordOf } from './places.ts'
import { type MapLayer, markerLook } from './settings.ts'

type Part = 'label' | 'fill' | 'stroke' | 'stripe' | 'space' | 'image' | 'size'

/** What functions of the file made of places, by part and place. */
export type LayerTexts = { made: ReadonlyMap<string, string>; problem: string | null }

export const textId = (part: Part, place: Pick<Place, 'id'>): string => `${part} ${place.id}`

export const functionArguments = ['data', 'dsData', 'dsIndex'] as const
/** Functions of pictures get those of the settings, too. */
const imageArguments = ['data', 'images', 'dsData', 'dsIndex', 'ctx'] as const

/** Up to so many places each function gets all of its layer; above, only its own: lists of lists would be too much. */
const mostTogether = 200

type Records = readonly Record<string, unknown>[]

/**
 * Arguments of the functions of a layer, one list for each place.
 * @param beside what the map knows of others
 */
export const callsOf = (places: readonly Place[], beside: Records, only?: Place): unknown[][] => {
  const records = places.length > mostTogether ? null : places.map(recordOf)
  const others = beside.slice(0, mostTogether)
  const all = records && [...records, ...others]
  const wanted = only ? [only] : places
  return wanted.map((place) => {
    const index = records ? places.indexOf(place) : 0
    const own = records?.[index] ?? recordOf(place)
    return [own, all ?? [own, ...others], index]
  })
}

type Code = { part: Part; code: FunctionSource; images: readonly string[] | null }

const colorsOf = (layer: MapLayer): [Part, LayerColor][] => {
  if (layer.kind === 'trip' || layer.kind === 'marker') return [['fill', markerLook(layer.settings).color]]
  const { fillColor, strokeColor, fillStripe, fillType } = layer.settings
  const striped: [Part, LayerColor][] =
    fillType === 'stripe'
      ? [
          ['stripe', fillStripe.color],
          ['space', fillStripe.spaceColor],
        ]
      : []
  return [['fill', fillColor], ['stroke', strokeColor], ...striped]
}

/** What the layer is drawn with, where that is a picture. */
const pictureOf = (layer: MapLayer) => {
  if (layer.kind === 'trip' || layer.kind === 'marker')
    return layer.settings.markerType === 'image' ? layer.settings.markerImage : null
  return layer.settings.fillType === 'image' && layer.kind !== 'polyline' ? layer.settings.fillImage : null
}

const codesOf = (layer: MapLayer): Code[] => {
  const { label } = layer.settings
  const asked: [Part, unknown][] = [
    ...(label.show && label.type === 'function' ? [['label', label.patternFunction] as [Part, unknown]] : []),
    ...colorsOf(layer).flatMap(([part, { type, colorFunction }]): [Part, unknown][] =>
      type === 'function' ? [[part, colorFunction]] : [],
    ),
  ]
  const codes = asked.flatMap(([part, source]): Code[] => {
    const code = readFunction(source)
    return code ? [{ part, code, images: null }] : []
  })
  const picture = pictureOf(layer)
  const code = picture?.type === 'function' ? readFunction(picture.imageFunction) : null
  return picture && code ? [...codes, { part: 'image', code, images: picture.images }] : codes
}

type Question = { context: FunctionContext; layers: readonly MapLayer[]; places: readonly Place[]; beside: Records }

/** A picture is `{ url, size }`; everything else is text. */
const keep = (made: Map<string, string>, part: Part, place: Place, value: unknown) => {
  if (part !== 'image') {
    if (typeof value === 'string') made.set(textId(part, place), value)
    return
  }
  const { url, size } =
    typeof value === 'object' && value !== null ? { url: null, size: null, ...value } : { url: value, size: null }
  if (typeof url === 'string') made.set(textId('image', place), url)
  if (typeof size === 'number' && Number.isFinite(size)) made.set(textId('size', place), String(size))
}

const answer = async (functions: FunctionsPort, { context, layers, places, beside }: Question): Promise<LayerTexts> => {
  const made = new Map<string, string>()
  let problem: string | null = null
  for (const [index, layer] of layers.entries()) {
    const own = places.filter((place) => place.layer === index)
    if (own.length === 0) continue
    for (const { part, code, images } of codesOf(layer)) {
      const calls = callsOf(own, beside)
      const results = images
        ? await functions.callMany(
            code,
            imageArguments,
            calls.map(([data, ...rest]) => [data, images, ...rest, context]),
          )
        : await functions.callMany(
            code,
            [...functionArguments, 'ctx'],
            calls.map((call) => [...call, context]),
          )
      own.forEach((place, at) => {
        const result: FunctionResult | undefined = results[at]
        if (!result) return
        if (result.ok) keep(made, part, place, result.value)
        else problem ??= result.message
      })
    }
  }
  return { made, problem }
}

const nothing: LayerTexts = { made: new Map(), problem: null }

/** Labels, colours and pictures that functions make; what they made stays until they made it anew. */
export const useLayerFunctions = (
  layers: readonly MapLayer[],
  places: readonly Place[],
  beside: Records,
): LayerTexts => {
  const { functions } = useWidgetHost()
  const context = useFunctionContext()
  const [texts, setTexts] = useState(nothing)
  const asking = useMemo(
    () => createNewestOnly((question: Question) => answer(functions, question), setTexts),
    [functions],
  )
  const isNeeded = layers.some((layer) => codesOf(layer).length > 0)
  useEffect(() => {
    if (isNeeded) asking.ask({ context, layers, places, beside })
  }, [asking, isNeeded, context, layers, places, beside])
  useEffect(() => () => asking.stop(), [asking])
  return isNeeded ? texts : nothing
}
