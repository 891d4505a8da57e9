import { describe, expect, it } from 'vitest'
import { caseSeries } from '../../case-data/series.ts'
import { upgradeOldMap } from './old-maps.ts'
import { besidesOf, labelText, layerColorOf, placesOf, tooltipMarkup } from './places.ts'
import { layersOf, mapSettings } from './settings.ts'

const value = (entity: string, key: string, one: unknown, datasource = 0) =>
  caseSeries({ entity, key, datasource, points: [[1, one]] })
const layers = (settings: unknown) => layersOf(mapSettings.parse(settings))

describe('what functions look at beside the places', () => {
  const series = [value('A', 'latitude', 1), value('Weather', 'wind', 9, 1)]
  it('are the values of sources that no layer shows', () => {
    expect(besidesOf(layers({ markers: [{}] }), series)).toMatchObject([{ entityName: 'Weather', wind: 9 }])
  })
  it('are none where a layer shows every source', () => expect(besidesOf(layers({}), series)).toEqual([]))
  it('are none where layers have all sources as their own', () => {
    expect(besidesOf(layers({ markers: [{ additionalDataSources: [{}] }] }), series)).toEqual([])
  })
})

describe('places', () => {
  it('are markers of every source on a map without layers', () => {
    const { places, unplaced } = placesOf(layers({}), [
      ...[value('A', 'latitude', '48'), value('A', 'longitude', 11)],
      ...[value('B', 'latitude', 10, 1), value('B', 'longitude', 20, 1)],
      ...[value('C', 'latitude', 'north'), value('C', 'longitude', 20)],
      value('D', 'temperature', 4),
    ])
    expect(places.map(({ entity, shape }) => [entity.name, shape.coordinates])).toEqual([
      ['A', [11, 48]],
      ['B', [20, 10]],
    ])
    expect(unplaced).toBe(1)
  })
  it('belong to the source of their layer', () => {
    const both = layers({ markers: [{}], circles: [{ circleKey: { name: 'zone', label: 'zone' } }] })
    const circle = { latitude: 1, longitude: 2, radius: 10 }
    const { places } = placesOf(both, [
      ...[value('A', 'latitude', 1), value('A', 'longitude', 2), value('A', 'zone', circle)],
      ...[value('B', 'zone', JSON.stringify(circle), 1), value('B', 'latitude', 1, 1), value('B', 'longitude', 1, 1)],
    ])
    expect(places.map(({ entity, shape }) => [entity.name, shape.type])).toEqual([
      ['A', 'Point'],
      ['B', 'MultiPolygon'],
    ])
  })
  it('of older maps are found by the names of their keys', () => {
    const old = layers(
      upgradeOldMap({ latKeyName: 'y', lngKeyName: 'x', showPolygon: true, polygonKeyName: 'area' }, 'places'),
    )
    const area = '[[0,0],[0,1],[1,1]]'
    const { places } = placesOf(old, [value('A', 'y', 1, 3), value('A', 'x', 2, 3), value('A', 'area', area, 3)])
    expect(places.map(({ shape }) => shape.type)).toEqual(['Point', 'MultiPolygon'])
    const [marker, polygon] = old
    expect(marker?.kind === 'marker' && marker.settings.markerShape.color.color).toBe('#fe7569')
    expect(polygon?.kind === 'polygon' && polygon.settings.fillColor.color).toBe('#3388ff33')
  })
})

describe('what is said of a place', () => {
  const { places } = placesOf(layers({}), [
    ...[value('<b>A</b>', 'latitude', 48.123456), value('<b>A</b>', 'longitude', 11), value('<b>A</b>', 't', '<i>')],
  ])
  const [place] = places
  it('is text in a label, and text within the markup of a tooltip', () => {
    expect(place && labelText('<b>${latitude:2}</b><br>${t}', place)).toBe('48.12\n<i>')
    expect(place && tooltipMarkup('<b>${entityName}</b> ${t}', place)).toBe('<b>&lt;b&gt;A&lt;/b&gt;</b> &lt;i&gt;')
  })
})

describe('colours by range', () => {
  const [layer] = layers({
    markers: [
      {
        markerShape: {
          color: { type: 'range', color: '#111', rangeKey: { name: 't' }, range: [{ from: 0, to: 10, color: '#222' }] },
        },
      },
    ],
  })
  const color = layer?.kind === 'marker' ? layer.settings.markerShape.color : null
  it.each([
    [5, '#222'],
    ['5', '#222'],
    [10, '#111'],
    ['warm', '#111'],
  ])('%s', (t, expected) => expect(color && layerColorOf(color, new Map([['t', t]]))).toBe(expected))
})
