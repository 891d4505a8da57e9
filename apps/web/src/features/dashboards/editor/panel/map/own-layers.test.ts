import { describe, expect, it } from 'vitest'
import { hasLayers, layerKeyNames, newLayer, withOwnSources } from './own-layers.ts'

const key = (name: string, type = 'attribute', label = name) => ({ name, type, label, settings: {} })
const source = (entityAliasId: string, ...dataKeys: unknown[]) => ({
  type: 'entity',
  name: '',
  entityAliasId,
  dataKeys,
})

describe('a map whose layers get sources of their own', () => {
  it('has a layer of markers of what the widget showed', () => {
    const sources = [
      source('a', key('lat', 'timeseries', 'latitude'), key('longitude'), key('temperature')),
      source('b'),
    ]
    const made = withOwnSources({ scales: ['metric'] }, sources, { space: 'geo', plain: 'markers' })
    expect(made).toMatchObject({
      scales: ['metric'],
      markers: [
        {
          dsType: 'entity',
          dsEntityAliasId: 'a',
          xKey: { name: 'lat', type: 'timeseries' },
          yKey: { name: 'longitude' },
          additionalDataKeys: [{ name: 'temperature' }],
          additionalDataSources: [{ dsEntityAliasId: 'b' }],
        },
      ],
    })
    expect(hasLayers(made)).toBe(true)
  })

  it('names keys by what layers of an older file call them, and keeps how they look', () => {
    const settings = {
      markers: [{ everySource: true, xKey: { name: 'la' }, yKey: { name: 'lo' }, label: { show: false } }],
    }
    const made = withOwnSources(settings, [source('a', key('la'), key('lo'))], { space: 'geo', plain: 'markers' })
    expect(made.markers).toEqual([
      expect.objectContaining({ xKey: key('la'), yKey: key('lo'), label: { show: false }, additionalDataKeys: [] }),
    ])
    expect(JSON.stringify(made)).not.toContain('everySource')
  })

  it('leaves layers alone that have sources, and makes none of nothing', () => {
    const own = { markers: [newLayer('markers', 'geo', undefined)] }
    expect(withOwnSources(own, [source('a')], { space: 'geo', plain: 'markers' })).toMatchObject(own)
    expect(hasLayers(withOwnSources({}, [], { space: 'geo', plain: 'trips' }))).toBe(false)
  })

  it('asks for positions where no key of the source is one', () => {
    const made = withOwnSources({}, [source('a', key('speed', 'timeseries'))], { space: 'image', plain: 'markers' })
    expect(made.markers).toMatchObject([{ xKey: { name: 'xPos' }, yKey: { name: 'yPos' } }])
  })
})

it('a new layer is of its neighbour’s alias; patterns may name all keys', () => {
  const layer = {
    ...newLayer('polygons', 'geo', { dsEntityAliasId: 'x' }),
    additionalDataKeys: [key('t', 'timeseries', 'T')],
  }
  expect(layer).toMatchObject({ dsEntityAliasId: 'x', polygonKey: { name: 'perimeter', type: 'attribute' } })
  expect(layerKeyNames({ polygons: [layer], markers: 'odd' })).toEqual(['perimeter', 'T'])
})
