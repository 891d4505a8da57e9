import type { EntityId } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { createEntityChanges } from './entity-changes.ts'

const entityId: EntityId = { entityType: 'DEVICE', id: 'd' }
const latest = (key: string, ts: number) => ({
  entityId,
  latest: { TIME_SERIES: { [key]: { ts, value: String(ts) } } },
  series: null,
})
const series = (key: string, ...times: number[]) => ({
  entityId,
  latest: null,
  series: { [key]: times.map((ts) => ({ ts, value: String(ts) })) },
})

test('newest values overwrite, points add up newest first, and both are told apart', () => {
  const changes = createEntityChanges()
  const shared = latest('a', 1)
  for (const change of [shared, latest('a', 2), latest('b', 3), series('a', 1), series('a', 3, 2)]) changes.add(change)
  expect(changes.pointCount()).toBe(3)
  expect(changes.take()).toEqual([
    {
      entityId,
      latest: { TIME_SERIES: { a: { ts: 2, value: '2' }, b: { ts: 3, value: '3' } } },
      timeseries: null,
      aggLatest: null,
    },
    {
      entityId,
      latest: null,
      timeseries: { a: [3, 2, 1].map((ts) => ({ ts, value: String(ts) })) },
      aggLatest: null,
    },
  ])
  // The change is shared with other members of the page.
  expect(shared).toEqual(latest('a', 1))
  expect(changes.isEmpty()).toBe(true)
  expect(changes.pointCount()).toBe(0)
})

test('what a whole page told need not be told again', () => {
  const changes = createEntityChanges()
  changes.add(latest('a', 1))
  changes.add(series('a', 1))
  changes.dropLatest()
  expect(changes.take()).toMatchObject([{ latest: null, timeseries: { a: [{ ts: 1 }] } }])
  changes.add(latest('a', 2))
  changes.dropLatest()
  expect(changes.isEmpty()).toBe(true)
})

test('points that a history had are left out, and given up points leave the newest values', () => {
  const changes = createEntityChanges()
  changes.add(series('a', 3, 2, 1))
  changes.keepSeries((_entityId, _key, ts) => ts > 1)
  expect(changes.pointCount()).toBe(2)
  changes.add(latest('a', 3))
  changes.keepSeries(() => false)
  expect(changes.pointCount()).toBe(0)
  expect(changes.take()).toMatchObject([{ latest: { TIME_SERIES: { a: { ts: 3 } } }, timeseries: null }])
})
