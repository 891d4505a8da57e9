import type { LiveBusEvent } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import type { ShownSeries } from '../entity-values/shown-series.ts'
import { createSeriesRelay, relayedEvent } from './series-relay.ts'

const view = '018f2f3a-0000-7000-8000-000000000001'
const target = '018f2f3a-0000-7000-8000-000000000002'
const tenantId = '018f2f3a-0000-7000-8000-000000000003'
const shown = (more: Partial<ShownSeries> = {}): ShownSeries => ({
  entityId: { entityType: 'DEVICE', id: target },
  keys: new Set(['a', '__proto__']),
  fromTs: null,
  toTs: null,
  ...more,
})
const telemetry = (points: [string, [number, unknown][]][]): LiveBusEvent => ({
  kind: 'telemetry',
  tenantId,
  entityId: target,
  points: Object.fromEntries(points),
})

test('points of listed keys come under the id of the view, from the start to just before the end', () => {
  const event = telemetry([
    ['a', [10, 20, 30].map((ts) => [ts, ts])],
    ['b', [[20, 1]]],
  ])
  expect(relayedEvent(event, view, shown({ fromTs: 20, toTs: 30 }))).toEqual({
    ...telemetry([['a', [[20, 20]]]]),
    entityId: view,
  })
  expect(relayedEvent(event, view, shown({ fromTs: 31 }))).toBeNull()
  expect(relayedEvent(event, view, shown({ keys: new Set() }))).toBeNull()
})

test('deleted keys are told when they are shown; attributes of the device are none of the view', () => {
  const deleted: LiveBusEvent = { kind: 'telemetry-deleted', tenantId, entityId: target, keys: ['b', 'a'] }
  expect(relayedEvent(deleted, view, shown())).toEqual({ ...deleted, entityId: view, keys: ['a'] })
  expect(relayedEvent({ ...deleted, keys: ['b'] }, view, shown())).toBeNull()
  const attributes: LiveBusEvent = {
    ...{ kind: 'attributes', tenantId, entityId: target, scope: 'SERVER_SCOPE' },
    ...{ changed: [{ key: 'a', ts: 1, value: 1 }], deleted: [] },
  }
  expect(relayedEvent(attributes, view, shown())).toBeNull()
})

test('a view that shows something else is followed there; one that did not change stays where it is', async () => {
  let current = shown()
  const followed: string[] = []
  const stopped: string[] = []
  const relay = createSeriesRelay({
    viewId: view,
    find: async () => current,
    follow: (id) => {
      followed.push(id)
      return { isReady: Promise.resolve(), stop: () => stopped.push(id) }
    },
    onEvent: () => {},
    onGap: () => {},
  })
  await relay.isReady
  expect(await relay.renew()).toBe(false)
  current = shown({ entityId: { entityType: 'ASSET', id: tenantId } })
  expect(await relay.renew()).toBe(true)
  expect([followed, stopped]).toEqual([[target, tenantId], [target]])
  current = shown({ keys: new Set() })
  expect(await relay.renew()).toBe(true)
  expect(stopped).toEqual([target, tenantId])
  current = { entityId: { entityType: 'ENTITY_VIEW', id: view }, keys: new Set(), fromTs: null, toTs: null }
  expect(await relay.renew(), 'a view that is gone').toBe(false)
  current = shown()
  const renewing = relay.renew()
  relay.close()
  expect(await renewing).toBe(false)
  expect(followed).toHaveLength(2)
})

test('what a deletion leaves of a window is read again', async () => {
  let gaps = 0
  const told: LiveBusEvent[] = []
  let hear: (event: LiveBusEvent) => void = () => {}
  const relay = createSeriesRelay({
    viewId: view,
    find: async () => shown({ toTs: 50 }),
    follow: (_id, listener) => {
      hear = listener.onEvent
      return { isReady: Promise.resolve(), stop: () => {} }
    },
    onEvent: (event) => told.push(event),
    onGap: () => gaps++,
  })
  await relay.isReady
  hear({ kind: 'telemetry-deleted', tenantId, entityId: target, keys: ['a'] })
  expect([told.length, gaps]).toEqual([1, 1])
})
