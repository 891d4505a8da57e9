import { noParams, readDashboard } from '@thingwire/dashboards'
import { expect, it } from 'vitest'
import { deviceId } from '../data/fake-server.ts'
import { columns, readDensity, sharesOf, sourcesOf } from './density.ts'

const range = { startTs: 0, endTs: 1_200 }

it('tells in which parts of a range how much came', async () => {
  const shares = sharesOf(
    [
      [
        [0, 2],
        [15, '4'],
        [9_999, 1],
      ],
      [
        [5, 2],
        [-5, 'odd'],
      ],
    ],
    range,
    10,
  )
  expect(shares).toHaveLength(columns)
  expect([shares[0], shares[1], shares[2], shares.at(-1)]).toEqual([1, 1, 0, 0.25])
  expect(sharesOf([], range, 10)).toEqual([])
  const sample = { entityIds: [deviceId(1)], keys: ['a'] }
  expect(await readDensity(sample, range, async () => [{ ok: false, message: 'no' }])).toEqual([])
  const asked = await readDensity(sample, range, async ([question]) => {
    expect(question).toMatchObject({ aggregation: 'COUNT', group: 10, keys: ['a'] })
    return [{ ok: true, series: new Map([[deviceId(1).id, { a: [[20, 3]] }]]) }]
  })
  expect(asked[2]).toBe(1)
})

it('looks at the first sources that have series', () => {
  const id = deviceId(1).id
  const source = (name: string, type: string) => ({
    ...{ type: 'entity', entityAliasId: 'a' },
    dataKeys: [{ name, type, label: '', settings: {} }],
  })
  const { document } = readDashboard({
    widgets: {
      a: { typeFullFqn: 'system.x', type: 'latest', config: { datasources: [source('site', 'attribute')] } },
      b: { typeFullFqn: 'system.x', type: 'latest', config: { datasources: [source('level', 'timeseries')] } },
      c: { typeFullFqn: 'system.x', type: 'timeseries', config: { datasources: [source('load', 'timeseries')] } },
    },
    entityAliases: {
      a: { alias: 'A', filter: { type: 'singleEntity', singleEntity: { entityType: 'DEVICE', id } } },
    },
  })
  const context = { document, stack: [{ id: 'default', params: noParams }], filters: {}, picks: {} }
  expect(sourcesOf(context)?.keys).toEqual(['level', 'load'])
  expect(sourcesOf({ ...context, document: readDashboard({}).document })).toBeNull()
})
