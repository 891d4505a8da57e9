import { z } from 'zod'
import { shared } from '../../settings/schema.ts'
import { layerSchemas, type Space } from './layer-settings.ts'

/** The lists of layers in the settings of a map. */
export type LayerKind = keyof ReturnType<typeof layerSchemas>
const sectionNames = ['look', 'way', 'points', 'gathering', 'texts', 'changes'] as const
export type LayerSection = { name: (typeof sectionNames)[number]; schema: z.ZodType }

const markerLook = [
  ...['markerType', 'markerShape', 'markerIcon', 'markerImage', 'markerOffsetX', 'markerOffsetY', 'positionFunction'],
]
const decoration = [
  ...['usePathDecorator', 'pathDecoratorSymbol', 'pathDecoratorSymbolSize', 'pathDecoratorSymbolColor'],
  ...['pathDecoratorOffset', 'pathEndDecoratorOffset', 'pathDecoratorRepeat'],
]
const stroke = ['strokeColor', 'strokeWeight']
const area = ['fillType', 'fillColor', 'fillImage', 'fillStripe', ...stroke]
const points = ['showPoints', 'pointSize', 'pointColor', 'pointTooltip']

type Names = Partial<Record<LayerSection['name'], readonly string[]>>
const own: Readonly<Record<LayerKind, Names>> = {
  trips: {
    look: ['showMarker', ...markerLook, 'rotateMarker', 'offsetAngle'],
    way: ['showPath', 'pathStrokeWeight', 'pathStrokeColor', ...decoration],
    points,
  },
  markers: { look: markerLook, gathering: ['markerClustering'] },
  polygons: { look: area },
  circles: { look: area },
  polylines: { look: [...stroke, ...decoration], points },
}

/** A setting of a layer that names the key of its places. */
type PlaceKey = 'xKey' | 'yKey' | 'polygonKey' | 'circleKey' | 'polylineKey'

/** Where they are from, which forms ask for by themselves. */
export const layerKeys: Readonly<Record<LayerKind, readonly PlaceKey[]>> = {
  trips: ['xKey', 'yKey'],
  markers: ['xKey', 'yKey'],
  polygons: ['polygonKey'],
  circles: ['circleKey'],
  polylines: ['polylineKey'],
}

/** What can be set about a layer beside its sources and keys, in the parts in which a form shows it; always the same ones. */
export const layerSections = (space: Space, kind: LayerKind): readonly LayerSection[] =>
  shared(['map layer form', space, kind], () => {
    const { shape }: z.ZodObject = layerSchemas(space)[kind]
    const picked = (names: readonly string[]) =>
      z.object(Object.fromEntries(names.flatMap((name) => (shape[name] ? [[name, shape[name]]] : []))))
    const sections: Names = { ...own[kind], texts: ['label', 'tooltip'], changes: ['click', 'groups', 'edit'] }
    return sectionNames.flatMap((name) => {
      const some = sections[name]
      return some ? [{ name, schema: picked(some) }] : []
    })
  })
