import { type LayerKind, layerKeys } from '@thingwire/widgets/manifests'
import { isJson, type Json, jsonOf } from '../../side/json.ts'

export const layerKinds = ['trips', 'markers', 'polygons', 'circles', 'polylines'] as const satisfies LayerKind[]

const jsonsIn = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : [])
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

export const layersIn = (settings: Json, kind: LayerKind): readonly Json[] => jsonsIn(settings[kind])

/** Whether the map has layers that bring their own sources. */
export const hasLayers = (settings: Json): boolean => layerKinds.some((kind) => layersIn(settings, kind).length > 0)

export const usualKeys: Readonly<Record<'geo' | 'image', Readonly<Record<string, string>>>> = {
  geo: {
    xKey: 'latitude',
    yKey: 'longitude',
    polygonKey: 'perimeter',
    circleKey: 'perimeter',
    polylineKey: 'perimeter',
  },
  image: { xKey: 'xPos', yKey: 'yPos', polygonKey: 'perimeter', circleKey: 'perimeter', polylineKey: 'perimeter' },
}

/** A key as layers have it. */
export const layerKey = (name: string, type: string): Json => ({ name, label: name, type, settings: {} })

/** A layer that nothing is said about yet, of the alias of a neighbour where it has one. */
export const newLayer = (kind: LayerKind, space: 'geo' | 'image', beside: Json | undefined): Json => ({
  dsType: 'entity',
  dsLabel: '',
  ...(typeof beside?.dsEntityAliasId === 'string' ? { dsEntityAliasId: beside.dsEntityAliasId } : {}),
  ...Object.fromEntries(
    layerKeys[kind].map((name) => [
      name,
      layerKey(usualKeys[space][name] ?? name, kind === 'trips' ? 'timeseries' : 'attribute'),
    ]),
  ),
})

const sourceMembers = (source: Json): Json => ({
  dsType: source.type === 'device' || source.type === 'function' ? source.type : 'entity',
  dsLabel: textOf(source.name),
  ...Object.fromEntries(
    [
      ['dsEntityAliasId', source.entityAliasId],
      ['dsDeviceId', source.deviceId],
      ['dsFilterId', source.filterId],
    ].filter(([, value]) => typeof value === 'string'),
  ),
})

const isNamed = (key: Json, name: string) => key.label === name || key.name === name

/** A layer with the sources of the widget as its own: their keys are its place and what its texts may name. */
const withSources = (layer: Json, kind: LayerKind, space: 'geo' | 'image', sources: readonly Json[]): Json => {
  const [first, ...others] = sources
  if (!first) return layer
  const keys = sources.flatMap((source) => [...jsonsIn(source.dataKeys), ...jsonsIn(source.latestDataKeys)])
  const places = layerKeys[kind].map((member) => {
    const wanted = textOf(jsonOf(layer[member]).name) || (usualKeys[space][member] ?? member)
    const found = keys.find((key) => isNamed(key, wanted))
    return [member, found ?? layerKey(wanted, kind === 'trips' ? 'timeseries' : 'attribute')] as const
  })
  const taken = places.map(([, key]) => key)
  const rest = keys.filter((key) => !taken.some((one) => one.name === key.name && one.type === key.type))
  const more = rest.filter((key, at) => rest.findIndex((one) => one.name === key.name && one.type === key.type) === at)
  const { everySource: _, ...own } = layer
  return {
    ...own,
    ...sourceMembers(first),
    ...Object.fromEntries(places),
    additionalDataKeys: more,
    additionalDataSources: others.map(sourceMembers),
  }
}

/**
 * Settings in which every layer has sources of its own: those of the widget, for layers that were drawn of all of them and
 * for a map that had no layers.
 */
export const withOwnSources = (
  settings: Json,
  sources: readonly Json[],
  { space, plain }: { space: 'geo' | 'image'; plain: 'markers' | 'trips' },
): Json => {
  if (!hasLayers(settings)) {
    const layers = sources.length > 0 ? [withSources({}, plain, space, sources)] : []
    return { ...settings, [plain]: layers }
  }
  const kept = layerKinds.map((kind) => [
    kind,
    layersIn(settings, kind).map((layer) =>
      layer.everySource === true ? withSources(layer, kind, space, sources) : layer,
    ),
  ])
  return { ...settings, ...Object.fromEntries(kept) }
}

/** Names by which texts and functions of a map's layers know their keys. */
export const layerKeyNames = (settings: Json): readonly string[] =>
  layerKinds.flatMap((kind) =>
    layersIn(settings, kind).flatMap((layer) =>
      [...layerKeys[kind].map((name) => jsonOf(layer[name])), ...jsonsIn(layer.additionalDataKeys)].flatMap((key) => {
        const name = textOf(key.label) || textOf(key.name)
        return name === '' ? [] : [name]
      }),
    ),
  )
