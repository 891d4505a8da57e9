import { describe, expect, test } from 'vitest'
import { contentsOf, searchTextOf } from './dashboard-contents.ts'

const id = (n: number) => `0193d5a0-0000-7000-8000-00000000000${n}`
const termsOf = (configuration: unknown, where: string) =>
  contentsOf(configuration).terms.flatMap(([place, text]) => (place === where ? [text] : []))

describe('what a dashboard uses', () => {
  test('are keys of sources, of settings that read one key, and of filters', () => {
    const configuration = {
      widgets: {
        a: {
          config: {
            datasources: [
              {
                dataKeys: [
                  { name: 'speed', type: 'timeseries' },
                  { name: 'name', type: 'entityField' },
                ],
                latestDataKeys: [{ name: 'limit', type: 'attribute' }],
              },
            ],
            settings: {
              markers: [{ xKey: { name: 'lat', type: 'timeseries' } }],
              initialState: { action: 'GET_ATTRIBUTE', getAttribute: { scope: 'SHARED_SCOPE', key: 'setpoint' } },
            },
          },
        },
      },
      filters: {
        f: {
          keyFilters: [
            { key: { type: 'TIME_SERIES', key: 'pressure' } },
            { key: { type: 'ENTITY_FIELD', key: 'label' } },
          ],
        },
      },
    }
    expect(termsOf(configuration, 'key').sort()).toEqual(['lat', 'limit', 'pressure', 'setpoint', 'speed'])
  })

  test('are entities wherever they are named by their ids, each once', () => {
    const configuration = {
      widgets: [
        {
          config: {
            datasources: [{ deviceId: id(1) }],
            targetDevice: { type: 'device', deviceId: id(1).toUpperCase() },
          },
        },
        { config: { actions: { click: [{ targetDashboardId: id(2) }] }, alarmSource: { deviceId: { id: id(3) } } } },
      ],
      entityAliases: {
        a: { alias: 'A', filter: { type: 'entityList', entityType: 'ASSET', entityList: [id(4), 'nonsense', 7] } },
        b: { alias: 'B', filter: { type: 'relationsQuery', rootEntity: { entityType: 'ASSET', id: id(5) } } },
      },
    }
    expect(contentsOf(configuration).entityIds.sort()).toEqual([1, 2, 3, 4, 5].map(id))
  })

  test('is nothing where a file is nothing that can be read', () => {
    for (const odd of [null, 7, 'text', [], { widgets: 7, states: [1], entityAliases: 'x', tags: {}, description: [] }])
      expect(contentsOf(odd)).toMatchObject({
        description: null,
        tags: [],
        widgets: 0,
        entityIds: [],
        aliases: [],
        terms: [],
      })
  })

  test('is bounded, and deep nesting ends nobody', () => {
    const widgets = Object.fromEntries(
      Array.from({ length: 9_000 }, (_, n) => [`w${n}`, { config: { title: `t${n}` } }]),
    )
    expect(contentsOf({ widgets }).terms).toHaveLength(5_000)
    expect(contentsOf({ description: 'x'.repeat(1e6) }).terms[0]?.[1]).toHaveLength(255)
    let deep: unknown = { name: 'far down', type: 'timeseries' }
    for (let n = 0; n < 100_000; n++) deep = { deep }
    expect(termsOf({ deep }, 'key')).toEqual(['far down'])
  })

  test('is searched line by line, without what no text column holds', () => {
    const contents = contentsOf({
      tags: ['one\ntwo', 'nul\u0000', 'one two'],
      widgets: { w: { typeFullFqn: 'system.maps.trip_map' } },
    })
    expect(contents.tags).toEqual(['one two', 'nul\uFFFD'])
    expect(searchTextOf(contents)).toBe('one two\nnul\uFFFD\ntrip map')
  })
})
