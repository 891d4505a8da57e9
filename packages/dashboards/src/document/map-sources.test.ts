import { describe, expect, it } from 'vitest'
import { readDashboard } from './read.ts'

const widget = (settings: unknown, datasources: unknown[] = []) => {
  const { document } = readDashboard({
    widgets: { m: { typeFullFqn: 'system.map', type: 'latest', config: { settings, datasources } } },
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
})
