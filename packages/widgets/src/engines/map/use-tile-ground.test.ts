import { expect, it } from 'vitest'
import type { TileSource } from '../../host/host.ts'
import { mapSettings } from './settings.ts'
import { wantedGround } from './use-tile-ground.ts'

const source = (id: string, isOverlay = false): TileSource => ({
  ...{ id, name: `The ${id}`, attribution: '', maxZoom: 19, template: `/${id}/{z}/{x}/{y}`, isOverlay },
})
const names = source('openstreetmap_hybrid', true)
const sources = [names, source('OpenStreetMap.Mapnik'), source('Esri.WorldImagery')]
const wanted = (layers: unknown, among = sources) => {
  const { ground, overlays } = wantedGround(mapSettings.parse({ layers }).layers, among)
  return [ground?.id, ...overlays.map(({ id }) => id)]
}

it.each([
  ['nothing', [], ['OpenStreetMap.Mapnik']],
  ['a ground', [{ layerType: 'Esri.WorldImagery' }], ['Esri.WorldImagery']],
  ['one by the name that viewers see', [{ label: 'The Esri.WorldImagery' }], ['Esri.WorldImagery']],
  [
    'names over it',
    [{ layerType: 'Esri.WorldImagery', referenceLayer: 'openstreetmap_hybrid' }],
    ['Esri.WorldImagery', 'openstreetmap_hybrid'],
  ],
  ['names that there are not', [{ layerType: 'Esri.WorldImagery', referenceLayer: 'world' }], ['Esri.WorldImagery']],
  ['a ground that lies over others', [{ layerType: 'openstreetmap_hybrid' }], ['OpenStreetMap.Mapnik']],
  ['no list', 'x', ['OpenStreetMap.Mapnik']],
])('a file that wants %s', (_, layers, expected) => expect(wanted(layers)).toEqual(expected))

it('outlines are drawn where there are names alone', () => expect(wanted([], [names])).toEqual([undefined]))
