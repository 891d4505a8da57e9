import { rangeUnits } from '@thingwire/rules'
import { z } from 'zod'

const text = (title: string, description: string) =>
  z
    .string()
    .nullish()
    .transform((given) => given ?? '')
    .meta({ title, description })

const number = (title: string, description: string) =>
  z
    .number()
    .nullish()
    .transform((given) => given ?? null)
    .meta({ title, description })

const ofCircle = { when: { fetchPerimeterInfoFromMessageMetadata: [false], perimeterType: ['CIRCLE'] } }

/** Settings of the nodes that look where something is. */
export const perimeterSettings = {
  latitudeKeyName: text('Latitude key', 'In the data, else in the metadata.').meta({ suggest: 'data-keys' }),
  longitudeKeyName: text('Longitude key', 'In the data, else in the metadata.').meta({ suggest: 'data-keys' }),
  perimeterType: z
    .enum(['POLYGON', 'CIRCLE'])
    .nullish()
    .transform((type) => type ?? 'POLYGON')
    .meta({ title: 'Perimeter', description: 'Its form.' }),
  fetchPerimeterInfoFromMessageMetadata: z
    .boolean()
    .default(false)
    .meta({ title: 'Perimeter from the metadata', description: 'Not from the settings below.' }),
  perimeterKeyName: text(
    'Perimeter key',
    'Of the metadata. Without it: perimeter, else centerLatitude, centerLongitude, range and rangeUnit.',
  ).meta({ when: { fetchPerimeterInfoFromMessageMetadata: [true] }, suggest: 'metadata-keys' }),
  polygonsDefinition: text('Polygon', 'Corners as [[latitude, longitude], …], or several such lists in a list.').meta({
    editor: 'polygon',
    when: { fetchPerimeterInfoFromMessageMetadata: [false], perimeterType: ['POLYGON', null] },
  }),
  centerLatitude: number('Latitude of the centre', 'Of a circle, degrees.').meta({
    editor: 'circle',
    covers: ['centerLongitude', 'range', 'rangeUnit'],
    ...ofCircle,
  }),
  centerLongitude: number('Longitude of the centre', 'Of a circle, degrees.').meta({ ...ofCircle }),
  range: number('Radius', 'Of a circle.').meta({ unit: 'rangeUnit', ...ofCircle }),
  rangeUnit: z
    .enum(rangeUnits)
    .nullish()
    .transform((unit) => unit ?? null)
    .meta({ title: 'Unit', description: 'Of the radius.', ...ofCircle }),
}

export const perimeterDefaults = {
  latitudeKeyName: 'latitude',
  longitudeKeyName: 'longitude',
  perimeterType: 'POLYGON',
  fetchPerimeterInfoFromMessageMetadata: true,
  perimeterKeyName: 'ss_perimeter',
  polygonsDefinition: null,
  centerLatitude: null,
  centerLongitude: null,
  range: null,
  rangeUnit: null,
} as const

const schema = z.object(perimeterSettings)
export type PerimeterSettings = z.output<typeof schema>
