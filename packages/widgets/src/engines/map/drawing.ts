import { cssColor } from '../../style/rgb.ts'
import { boundsOf, type Position } from './coordinates.ts'
import type { Drawing } from './place-map.ts'
import { labelText, layerColorOf, type Place, positionsOf } from './places.ts'
import { type MapLayer, markerLook } from './settings.ts'
import { type LayerTexts, textId } from './use-layer-functions.ts'

const longestLabel = 40

/** What the layer calls the place; empty where it shows no label. */
export const labelOf = (layer: MapLayer, place: Place, { made }: LayerTexts): string => {
  const { label } = layer.settings
  if (!label.show) return ''
  const text = label.type === 'function' ? (made.get(textId('label', place)) ?? '') : label.pattern
  const filled = labelText(text, place)
  return filled.length > longestLabel ? `${filled.slice(0, longestLabel)}…` : filled
}

/** Where a label or a card stands. */
export const middleOf = (place: Place): Position => {
  if (place.shape.type === 'Point') return place.shape.coordinates
  const [west, south, east, north] = boundsOf(positionsOf([place])) ?? [0, 0, 0, 0]
  return [(west + east) / 2, (south + north) / 2]
}

/** How far above its position a place reaches, px. */
export const liftOf = (layer: MapLayer): number => (layer.kind === 'marker' ? markerSize(layer) + 4 : 0)

const markerSize = (layer: Extract<MapLayer, { kind: 'marker' }>) =>
  Math.min(128, Math.max(12, markerLook(layer.settings).size))

/** Places with the colours and labels of their layers. */
export const drawingOf = (layers: readonly MapLayer[], places: readonly Place[], texts: LayerTexts): Drawing => {
  const markers: Drawing['markers'][number][] = []
  const shapes: Drawing['shapes'][number][] = []
  for (const place of places) {
    const layer = layers[place.layer]
    if (!layer) continue
    const [id, label] = [place.id, labelOf(layer, place, texts)]
    const made = (part: 'fill' | 'stroke') => texts.made.get(textId(part, place))
    if (layer.kind === 'marker') {
      if (place.shape.type !== 'Point') continue
      const color = cssColor(made('fill') ?? layerColorOf(markerLook(layer.settings).color, place.values))
      markers.push({ id, at: place.shape.coordinates, color, size: markerSize(layer), label })
    } else if (place.shape.type !== 'Point') {
      const { fillColor, strokeColor, strokeWeight } = layer.settings
      shapes.push({
        ...{ id, geometry: place.shape, label, middle: middleOf(place) },
        fill: cssColor(made('fill') ?? layerColorOf(fillColor, place.values)),
        stroke: cssColor(made('stroke') ?? layerColorOf(strokeColor, place.values)),
        weight: Math.min(40, Math.max(0, strokeWeight)),
      })
    }
  }
  return { markers, shapes }
}
