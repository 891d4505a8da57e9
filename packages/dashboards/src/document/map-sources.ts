import { isRecord, type JsonRecord, listOf } from '../read.ts'

/** Layers of a map in the order in which their sources are numbered. */
export const mapLayerKinds = ['markers', 'polygons', 'circles', 'polylines'] as const

const keyNames = {
  markers: ['xKey', 'yKey'],
  polygons: ['polygonKey'],
  circles: ['circleKey'],
  polylines: ['polylineKey'],
} as const

/**
 * The datasources that a map's layers bring in their settings, as datasources are written elsewhere: one for each layer, in
 * the order of `mapLayerKinds` and of the lists. Empty: the map has none, and reads from the widget's own.
 */
export const mapLayerSources = (settings: JsonRecord): JsonRecord[] =>
  mapLayerKinds.flatMap((kind) =>
    listOf(settings[kind])
      .filter(isRecord)
      .map((layer) => ({
        type: layer.dsType,
        name: layer.dsLabel,
        entityAliasId: layer.dsEntityAliasId,
        deviceId: layer.dsDeviceId,
        filterId: layer.dsFilterId,
        dataKeys: [...keyNames[kind].map((name) => layer[name]), ...listOf(layer.additionalDataKeys)].filter(isRecord),
      })),
  )
