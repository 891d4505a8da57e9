import { describe, expect, it } from 'vitest'
import { mergeReplay } from './replay.ts'

describe('the known state of a subscription', () => {
  it('forgets deleted attributes and keeps the newest of each scope and key', () => {
    const attribute = (key: string, value: number) => ({ scope: 'SERVER_SCOPE' as const, key, ts: value, value })
    const first = mergeReplay(null, {
      kind: 'attributes',
      changed: [attribute('a', 1), attribute('b', 1)],
      deleted: [],
    })
    const second = mergeReplay(first, {
      kind: 'attributes',
      changed: [attribute('b', 2)],
      deleted: [{ scope: 'SERVER_SCOPE', key: 'a' }],
    })
    expect(second).toEqual({ kind: 'attributes', changed: [attribute('b', 2)], deleted: [] })
  })

  it('keeps counters of nodes that did not change', () => {
    const node = (nodeId: string, processed: number) => ({ nodeId, processed, failed: 0, perSecond: 0, averageMs: 0 })
    const first = mergeReplay(null, { kind: 'rule-chain', nodes: [node('a', 1), node('b', 1)], connections: [] })
    const second = mergeReplay(first, {
      kind: 'rule-chain',
      nodes: [node('b', 2)],
      connections: [{ fromNodeId: 'a', type: 'Success', messages: 3 }],
    })
    expect(second).toMatchObject({ nodes: [node('a', 1), node('b', 2)], connections: [{ messages: 3 }] })
  })

  it('is not touched by points of a time series', () => {
    expect(mergeReplay(null, { kind: 'timeseries', points: { a: [[1, 1]] } })).toBeNull()
  })
})
