import type { NodeCase } from '../node-case.ts'

const square = '[[0,0],[0,4],[4,4],[4,0]]'
const at = (latitude: unknown, longitude: unknown, metadata: Record<string, string> = {}) => ({
  data: JSON.stringify({ latitude, longitude }),
  metadata,
})
const polygon = { fetchPerimeterInfoFromMessageMetadata: false, polygonsDefinition: square }
const circle = {
  fetchPerimeterInfoFromMessageMetadata: false,
  perimeterType: 'CIRCLE',
  centerLatitude: 0,
  centerLongitude: 0,
  range: 112,
  rangeUnit: 'KILOMETER',
}

export const cases: NodeCase[] = [
  {
    title: 'tells inside and outside of its polygon',
    config: polygon,
    messages: [at(1, 1), at(5, 1)],
    leaves: [{ by: 'True', data: '{"latitude":1,"longitude":1}' }, { by: 'False' }],
  },
  {
    title: 'the boundary is outside',
    config: polygon,
    messages: [at(0, 2), at(4, 4)],
    leaves: [{ by: 'False' }, { by: 'False' }],
  },
  {
    title: 'tells inside and outside of its circle',
    config: circle,
    messages: [at(1, 0), at(0, -1), at(1, 1)],
    leaves: [{ by: 'True' }, { by: 'True' }, { by: 'False' }],
  },
  {
    title: 'what is exactly as far as the radius is outside',
    config: { ...circle, range: 0 },
    messages: [at(0, 0)],
    leaves: [{ by: 'False' }],
  },
  {
    title: 'takes a polygon from the metadata',
    messages: [at(1, 1, { ss_perimeter: square }), at(9, 9, { ss_perimeter: square })],
    leaves: [{ by: 'True' }, { by: 'False' }],
  },
  {
    title: 'a hole of the polygon is outside',
    messages: [at(2, 2, { ss_perimeter: `[${square},[[1,1],[1,3],[3,3],[3,1]]]` })],
    leaves: [{ by: 'False' }],
  },
  {
    title: 'takes a circle from the metadata; without a unit it is metres',
    config: { perimeterType: 'CIRCLE' },
    messages: [
      at(0, 0.001, { ss_perimeter: '{"latitude":0,"longitude":0,"radius":112}' }),
      at(0, 0.001, { ss_perimeter: '{"latitude":0,"longitude":0,"radius":111}' }),
      at(0, 0.001, { ss_perimeter: '{"latitude":0,"longitude":0,"radius":0.1,"radiusUnit":"MILE"}' }),
    ],
    leaves: [{ by: 'True' }, { by: 'False' }, { by: 'True' }],
  },
  {
    title: 'without a key of the metadata the old names count, whatever form is set',
    config: { perimeterKeyName: '', perimeterType: 'CIRCLE' },
    messages: [
      at(1, 1, { perimeter: square }),
      at(1, 0, { centerLatitude: '0', centerLongitude: '0', range: '112', rangeUnit: 'KILOMETER' }),
      at(2, 0, { centerLatitude: '0', centerLongitude: '0', range: '112', rangeUnit: 'KILOMETER' }),
    ],
    leaves: [{ by: 'True' }, { by: 'True' }, { by: 'False' }],
  },
  {
    title: 'coordinates may be text, or stand in the metadata',
    config: polygon,
    messages: [
      at('1', '1.5'),
      { data: '{"latitude":1}', metadata: { longitude: '2' } },
      at(1, null, { longitude: '9' }),
    ],
    leaves: [{ by: 'True' }, { by: 'True' }, { by: 'False' }],
  },
  {
    title: 'coordinates have the names that are set',
    config: { ...polygon, latitudeKeyName: 'lat', longitudeKeyName: 'lon' },
    messages: [{ data: '{"lat":1,"lon":1}' }],
    leaves: [{ by: 'True' }],
  },
  {
    title: 'coordinates that are missing or no numbers fail, and take no neighbour along',
    config: polygon,
    messages: [{ data: '{"latitude":1}', metadata: {} }, at('north', 1), at(true, 1), at({ deg: 1 }, 1), at(1, 1)],
    leaves: [
      { by: 'Failure', error: 'The message has no "longitude"' },
      { by: 'Failure', error: 'latitude is no number: "north"' },
      { by: 'Failure', error: 'latitude is no number: "true"' },
      { by: 'Failure', error: 'The message has no "latitude"' },
      { by: 'True' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered', 'dead-lettered', 'dead-lettered', 'finished'],
  },
  {
    title: 'data that is no object fails',
    config: polygon,
    messages: [{ data: '[1,1]' }, { data: 'text', dataType: 'TEXT' }],
    leaves: [
      { by: 'Failure', error: 'Message body is not an object!' },
      { by: 'Failure', error: 'Message body is not an object!' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered'],
  },
  {
    title: 'a perimeter that is missing or cannot be read fails',
    messages: [
      at(1, 1),
      at(1, 1, { ss_perimeter: '' }),
      at(1, 1, { ss_perimeter: 'here' }),
      at(1, 1, { ss_perimeter: '[[1,2],"x"]' }),
    ],
    leaves: [
      { by: 'Failure', error: 'Missing perimeter definition!' },
      { by: 'Failure', error: 'Missing perimeter definition!' },
      { by: 'Failure', error: 'The perimeter is no JSON' },
      { by: 'Failure', error: 'The perimeter is no list of corners' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered', 'dead-lettered', 'dead-lettered'],
  },
  {
    title: 'a circle that cannot be read fails',
    config: { perimeterType: 'CIRCLE' },
    messages: [
      at(1, 1, { ss_perimeter: '[1]' }),
      at(1, 1, { ss_perimeter: '{"latitude":0,"longitude":0}' }),
      at(1, 1, { ss_perimeter: '{"latitude":0,"longitude":0,"radius":5,"radiusUnit":"YARD"}' }),
    ],
    leaves: [
      { by: 'Failure', error: 'The perimeter is no JSON object' },
      { by: 'Failure', error: 'radius is no number: undefined' },
      { by: 'Failure', error: 'There is no unit "YARD"' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered', 'dead-lettered'],
  },
  {
    title: 'a perimeter that is not set fails',
    config: { fetchPerimeterInfoFromMessageMetadata: false },
    messages: [at(1, 1)],
    leaves: [{ by: 'Failure', error: 'Missing perimeter definition!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'old names that are not all there are no perimeter',
    config: { perimeterKeyName: null },
    messages: [at(1, 1, { centerLatitude: '0', centerLongitude: '0', range: '112' })],
    leaves: [{ by: 'Failure', error: 'Missing perimeter definition!' }],
    outcomes: ['dead-lettered'],
  },
]
