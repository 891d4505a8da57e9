import type { JsonRecord } from '../read.ts'

/** Of lines and keys; they come again after that. */
export const keyColors = [
  '#4361d8',
  '#0d8f7c',
  '#c2670c',
  '#a844b8',
  '#c93a52',
  '#4c8a1f',
  '#1783b8',
  '#7a6a2c',
] as const

/** A data key as files have it, with a colour by its place. */
export const keyJson = (name: string, index: number, more: JsonRecord = {}): JsonRecord => ({
  name,
  type: 'timeseries',
  label: name,
  color: keyColors[index % keyColors.length],
  settings: {},
  ...more,
})

/** As many as a value of that size needs. */
export const decimalsOf = (value: number): number => (Number.isInteger(value) ? 0 : Math.abs(value) >= 100 ? 1 : 2)

/** States of a chart of truths. */
export const truthStates: readonly JsonRecord[] = [
  { label: 'On', value: 1, sourceType: 'constant', sourceValue: true },
  { label: 'Off', value: 0, sourceType: 'constant', sourceValue: false },
]

/** Settings of a map that shows where the entities of an alias are. */
export const mapSettings = (
  aliasId: string,
  place: { latitude: string; longitude: string },
  type: 'timeseries' | 'attribute' = 'timeseries',
): JsonRecord => ({
  mapType: 'geoMap',
  markers: [
    {
      dsType: 'entity',
      dsEntityAliasId: aliasId,
      xKey: { name: place.latitude, label: 'latitude', type },
      yKey: { name: place.longitude, label: 'longitude', type },
    },
  ],
})
