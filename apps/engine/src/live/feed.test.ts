import type { LiveBusEvent } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import type { Change } from './change.ts'
import { createFeed } from './feed.ts'
import type { FeedSource } from './feed-source.ts'

const series = (...ts: number[]): Change => ({
  kind: 'timeseries',
  points: { t: ts.map((at): [number, unknown] => [at, at]) },
})
const event = (...ts: number[]): LiveBusEvent => ({
  kind: 'telemetry',
  tenantId: 't',
  entityId: 'e',
  points: { t: ts.map((at) => [at, at]) },
})

/** A store whose reads end when the test says so. */
const source = () => {
  const reads: { resolve(change: Change): void; reject(error: Error): void }[] = []
  const feedSource: FeedSource = {
    snapshot: () => new Promise((resolve, reject) => reads.push({ resolve, reject })),
    delta: (happened) => (happened.kind === 'telemetry' ? { kind: 'timeseries', points: happened.points } : null),
    news: (snapshot) => snapshot,
  }
  return { reads, feed: createFeed(feedSource) }
}
const member = () => {
  const changes: Change[] = []
  return { changes, deliver: (change: Change) => changes.push(change) }
}

test('what happens while the store is read is part of the first state, without repeats', async () => {
  const { feed, reads } = source()
  const one = member()
  const state = feed.join(one)
  feed.onEvent(event(3))
  feed.onEvent(event(2))
  reads[0]?.resolve(series(1, 2))
  expect(await state).toEqual(series(1, 2, 3))
  expect(one.changes).toEqual([])
  feed.onEvent(event(4))
  expect(one.changes).toEqual([series(4)])
})

test('members that join during a read share it, and one that joins later reads again', async () => {
  const { feed, reads } = source()
  const states = [feed.join(member()), feed.join(member())]
  expect(reads).toHaveLength(1)
  reads[0]?.resolve(series(1))
  expect(await Promise.all(states)).toEqual([series(1), series(1)])
  const third = feed.join(member())
  expect(reads).toHaveLength(2)
  reads[1]?.resolve(series(1, 2))
  expect(await third).toEqual(series(1, 2))
})

test('a read that fails fails its members and leaves nobody behind', async () => {
  const { feed, reads } = source()
  const state = feed.join(member())
  reads[0]?.reject(new Error('database away'))
  await expect(state).rejects.toThrow('database away')
  expect(feed.isEmpty()).toBe(true)
})

test('a member that leaves during the read hears nothing after it', async () => {
  const { feed, reads } = source()
  const one = member()
  const state = feed.join(one)
  feed.leave(one)
  reads[0]?.resolve(series(1))
  await state
  feed.onEvent(event(2))
  expect(one.changes).toEqual([])
  expect(feed.isEmpty()).toBe(true)
})

test('reading again tells the members that are there', async () => {
  const { feed, reads } = source()
  const one = member()
  const state = feed.join(one)
  reads[0]?.resolve(series(1))
  await state
  const again = feed.resync()
  reads[1]?.resolve(series(1, 2))
  await again
  expect(one.changes).toEqual([series(1, 2)])
})
