import { isRecord, type JsonRecord, listOf, recordOf } from '../read.ts'

/** Layers of a map in the order in which their sources are numbered. */
export const mapLayerKinds = ['trips', 'markers', 'polygons', 'circles', 'polylines'] as const

const keyNames = {
  trips: ['xKey', 'yKey'],
  markers: ['xKey', 'yKey'],
  polygons: ['polygonKey'],
  circles: ['circleKey'],
  polylines: ['polylineKey'],
} as const

const pathMaps = ['system.trip_map', 'system.route_map']
const placeMaps = ['system.map', 'system.image_map']

/** Whether the widget is a map whose layers bring their sources in its settings. */
export const hasLayerSources = (fqn: string): boolean => pathMaps.includes(fqn) || placeMaps.includes(fqn)

const sourceOf = (at: JsonRecord) => ({
  type: at.dsType,
  name: at.dsLabel,
  entityAliasId: at.dsEntityAliasId,
  deviceId: at.dsDeviceId,
  filterId: at.dsFilterId,
})

const records = (list: unknown): JsonRecord[] => listOf(list).filter(isRecord)

/**
 * The datasources that a map's layers bring in their settings, as datasources are written elsewhere: those of each layer, its
 * own first, in the order of `mapLayerKinds` and of the lists; then those that only functions look at; then that of the
 * picture of an image map. Empty: the map has none, and reads from the widget's own.
 *
 * On a map of ways only ways are read over time, of everything else the newest value.
 */
export const mapLayerSources = (settings: JsonRecord, fqn = 'system.map'): JsonRecord[] => {
  const isOfPaths = pathMaps.includes(fqn)
  const withKeys = (source: JsonRecord, keys: JsonRecord[], isPath: boolean): JsonRecord =>
    !isOfPaths || isPath || source.type === 'function'
      ? { ...source, dataKeys: keys }
      : { ...source, dataKeys: [], latestDataKeys: keys }
  const layers = mapLayerKinds.flatMap((kind) =>
    records(settings[kind]).flatMap((layer) => {
      const keys = [...keyNames[kind].map((name) => layer[name]), ...listOf(layer.additionalDataKeys)].filter(isRecord)
      return [layer, ...records(layer.additionalDataSources)].map((one) =>
        withKeys(sourceOf(one), keys, kind === 'trips'),
      )
    }),
  )
  const beside = records(settings.additionalDataSources).map((one) =>
    withKeys(sourceOf(one), records(one.dataKeys), false),
  )
  const image = recordOf(settings.imageSource)
  const picture =
    image.sourceType === 'entityKey' && isRecord(image.entityKey)
      ? [withKeys({ type: 'entity', entityAliasId: image.entityAliasId }, [image.entityKey], false)]
      : []
  return [...layers, ...beside, ...picture]
}
