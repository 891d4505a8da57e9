import { describe, expect, test } from 'vitest'
import type { Change } from './change.ts'
import { createOutbox } from './outbox.ts'

const points = (key: string, ...ts: number[]): Change => ({
  kind: 'timeseries',
  points: { [key]: ts.map((at): [number, unknown] => [at, at]) },
})
const latest = (values: Record<string, [number, unknown]>): Change => ({ kind: 'latest', values })

describe('what waits for a slow client', () => {
  test('latest values overwrite each other, and an older one does not win', () => {
    const outbox = createOutbox()
    outbox.add('a', latest({ t: [1, 'old'], u: [1, 'kept'] }))
    outbox.add('a', latest({ t: [3, 'new'] }))
    outbox.add('a', latest({ t: [2, 'late'] }))
    expect(outbox.take()).toEqual([{ id: 'a', kind: 'latest', values: { t: [3, 'new'], u: [1, 'kept'] } }])
    expect(outbox.take()).toEqual([])
  })

  test('points add up in order, subscriptions stay apart', () => {
    const outbox = createOutbox()
    outbox.add('a', points('t', 1, 2))
    outbox.add('b', points('t', 1))
    outbox.add('a', points('t', 3))
    expect(outbox.take()).toEqual([
      { id: 'a', ...points('t', 1, 2, 3) },
      { id: 'b', ...points('t', 1) },
    ])
  })

  test('too many points become a gap from the earliest of them, whatever comes after', () => {
    const outbox = createOutbox(3)
    outbox.add('a', points('t', 5, 6))
    outbox.add('a', points('u', 4, 7))
    outbox.add('a', points('t', 8))
    outbox.add('a', points('t', 2))
    expect(outbox.take()).toEqual([{ id: 'a', kind: 'gap', sinceTs: 2 }])
    outbox.add('a', points('t', 9))
    expect(outbox.take()).toEqual([{ id: 'a', ...points('t', 9) }])
  })

  test('one change with too many points is a gap at once', () => {
    const outbox = createOutbox(3)
    outbox.add('a', points('t', 1, 2, 3, 4))
    expect(outbox.take()).toEqual([{ id: 'a', kind: 'gap', sinceTs: 1 }])
  })

  test('an attribute is either changed or deleted, as it was last', () => {
    const outbox = createOutbox()
    const attributes = (changed: [string, number][], deleted: string[]): Change => ({
      kind: 'attributes',
      changed: changed.map(([key, ts]) => ({ scope: 'SERVER_SCOPE', key, ts, value: ts })),
      deleted: deleted.map((key) => ({ scope: 'SERVER_SCOPE', key })),
    })
    outbox.add(
      'a',
      attributes(
        [
          ['x', 1],
          ['y', 1],
        ],
        ['z'],
      ),
    )
    outbox.add(
      'a',
      attributes(
        [
          ['z', 2],
          ['y', 2],
        ],
        ['x'],
      ),
    )
    expect(outbox.take()).toEqual([
      {
        id: 'a',
        ...attributes(
          [
            ['y', 2],
            ['z', 2],
          ],
          ['x'],
        ),
      },
    ])
  })

  test('counters of a node are replaced', () => {
    const outbox = createOutbox()
    const counters = (processed: number): Change => ({
      kind: 'rule-chain',
      nodes: [{ nodeId: 'n', processed, failed: 0, perSecond: 0, averageMs: 0 }],
      connections: [{ fromNodeId: 'n', type: 'Success', messages: processed }],
    })
    outbox.add('a', counters(1))
    outbox.add('a', counters(2))
    expect(outbox.take()).toEqual([{ id: 'a', ...counters(2) }])
  })

  test('what was given in is never changed, since others hold it too', () => {
    const outbox = createOutbox()
    const shared = points('t', 1)
    outbox.add('a', shared)
    outbox.add('a', points('t', 2))
    expect(shared).toEqual(points('t', 1))
  })

  test('a removed subscription leaves nothing behind', () => {
    const outbox = createOutbox()
    outbox.add('a', points('t', 1))
    outbox.remove('a')
    expect(outbox.isEmpty()).toBe(true)
  })
})

describe('a page of entities that waits', () => {
  const id = { entityType: 'DEVICE' as const, id: '784f394c-42b6-435a-983c-b7beff2784f9' }
  const news = (key: string, ...ts: number[]): Change => ({
    kind: 'entity-data',
    page: null,
    changed: [{ entityId: id, latest: { TIME_SERIES: { [key]: { ts: ts.at(-1) ?? 0, value: '1' } } } }],
    points: [{ entityId: id, points: { [key]: ts.map((at): [number, unknown] => [at, at]) } }],
  })

  test('gathers its points, and leaves what it was told as it was', () => {
    const outbox = createOutbox()
    const first = news('t', 1, 2)
    for (const change of [first, news('t', 3), news('u', 4)]) outbox.add('a', change)
    expect(outbox.take()).toMatchObject([
      {
        points: [
          {
            entityId: id,
            points: {
              t: [
                [1, 1],
                [2, 2],
                [3, 3],
              ],
              u: [[4, 4]],
            },
          },
        ],
      },
    ])
    expect(first).toEqual(news('t', 1, 2))
  })

  test('loses only its points when they are too many, and says so', () => {
    const outbox = createOutbox(3)
    outbox.add('a', news('t', 1, 2))
    outbox.add('a', news('u', 3, 4))
    outbox.add('a', news('t', 5))
    const latest = { t: { ts: 5, value: '1' }, u: { ts: 4, value: '1' } }
    const [update] = outbox.take()
    expect(update).toMatchObject({ isMissing: true, changed: [{ latest: { TIME_SERIES: latest } }] })
    outbox.add('b', news('t', 1, 2, 3, 4))
    expect(outbox.take()).toMatchObject([{ isMissing: true, changed: [{ entityId: id }] }])
  })
})
