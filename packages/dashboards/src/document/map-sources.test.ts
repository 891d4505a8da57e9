import { describe, expect, it } from 'vitest'
import { readDashboard } from './read.ts'

const widget = (settings: unknown, datasources: unknown[] = [], typeFullFqn = 'system.map') => {
  const { document } = readDashboard({
    widgets: { m: { typeFullFqn, type: 'latest', config: { settings, datasources } } },
  })
  return document.widgets.get('m')
}
const key = (name: string) => ({ name, label: name, type: 'attribute' })

describe('sources of the layers of a map', () => {
  it('come one for each layer, markers first, with the keys of places and those beside them', () => {
    const made = widget({
      mapPageSize: 500,
      polygons: [{ dsType: 'entity', dsEntityAliasId: 'areas', polygonKey: key('perimeter') }],
      markers: [
        'no layer',
        {
          ...{ dsType: 'device', dsDeviceId: 'd1', xKey: key('lat'), yKey: key('lon') },
          additionalDataKeys: [{ ...key('speed'), type: 'timeseries' }],
        },
      ],
    })
    expect(made?.pageSize).toBe(500)
    expect(
      made?.datasources.map((one) => [
        one.type,
        one.entityAliasId ?? one.deviceId,
        one.dataKeys.map(({ name }) => name),
      ]),
    ).toEqual([
      ['device', 'd1', ['lat', 'lon', 'speed']],
      ['entity', 'areas', ['perimeter']],
    ])
  })
  it('leave a map without layers its own', () => {
    const made = widget({}, [{ type: 'entity', entityAliasId: 'k', dataKeys: [key('latitude')] }])
    expect(made?.datasources.map((one) => one.entityAliasId)).toEqual(['k'])
  })
  it('are those of the layer, of its additional sources, of functions, and of the picture', () => {
    const made = widget(
      {
        markers: [
          {
            ...{ dsType: 'entity', dsEntityAliasId: 'a', xKey: key('x'), yKey: key('y') },
            additionalDataSources: [{ dsType: 'entity', dsEntityAliasId: 'b' }],
          },
        ],
        additionalDataSources: [{ dsType: 'entity', dsEntityAliasId: 'c', dataKeys: [key('load')] }],
        imageSource: { sourceType: 'entityKey', entityAliasId: 'floor', entityKey: key('plan') },
      },
      [],
      'system.image_map',
    )
    expect(made?.datasources.map((one) => [one.entityAliasId, one.dataKeys.map(({ name }) => name)])).toEqual([
      ['a', ['x', 'y']],
      ['b', ['x', 'y']],
      ['c', ['load']],
      ['floor', ['plan']],
    ])
  })
  it('of a map of ways are read over time where they are ways', () => {
    const made = widget(
      {
        markers: [{ dsType: 'entity', dsEntityAliasId: 'depots', xKey: key('x'), yKey: key('y') }],
        trips: [{ dsType: 'entity', dsEntityAliasId: 'cars', xKey: key('lat'), yKey: key('lon') }],
      },
      [],
      'system.trip_map',
    )
    const names = (keys: readonly { name: string }[] | undefined) => keys?.map(({ name }) => name)
    expect(made?.datasources.map((one) => [one.entityAliasId, names(one.dataKeys), names(one.latestDataKeys)])).toEqual(
      [
        ['cars', ['lat', 'lon'], []],
        ['depots', [], ['x', 'y']],
      ],
    )
  })
})
