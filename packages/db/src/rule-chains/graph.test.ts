import type { NodeConnection, RuleNode } from '@thingwire/contracts'
import { describe, expect, test } from 'vitest'
import { toGraph, toStoredDebug } from './graph.ts'

const node = (name: string): RuleNode => ({
  type: 't',
  name,
  singletonMode: false,
  configurationVersion: 0,
  configuration: {},
})
const graph = (size: number, links: [number, number][], firstNodeIndex: number | null = null) =>
  toGraph(
    {
      nodes: Array.from({ length: size }, (_, n) => node(`n${n}`)),
      connections: links.map(([fromIndex, toIndex]): NodeConnection => ({ fromIndex, toIndex, type: 'Success' })),
      firstNodeIndex,
    },
    new Map(),
  )

describe('a chain to store', () => {
  test.each<[string, number, [number, number][], number | null, RegExp]>([
    ['a link to a node that is not there', 2, [[0, 2]], null, /points at node 2.*2 nodes/],
    ['a link of a node to itself', 1, [[0, 0]], null, /relation to yourself/],
    [
      'a circle',
      4,
      [
        [0, 1],
        [1, 2],
        [2, 1],
        [2, 3],
      ],
      0,
      /circling/,
    ],
    ['a first node that is not there', 1, [], 1, /first node is 1/],
  ])('is refused for %s', (_name, size, links, first, text) => {
    expect(() => graph(size, links, first)).toThrow(text)
  })

  test('may branch and join', () => {
    const links: [number, number][] = [
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 3],
    ]
    expect(graph(4, links, 0).connections).toHaveLength(4)
  })

  test('keeps one of equal links', () => {
    expect(
      graph(2, [
        [0, 1],
        [0, 1],
      ]).connections,
    ).toHaveLength(1)
  })
})

test('a debug time in the past stays, a far one is cut', () => {
  const now = 1_000_000
  const debug = (until: number) =>
    toStoredDebug(
      { ...node('n'), debugSettings: { failuresEnabled: true, allEnabled: false, allEnabledUntil: until } },
      now,
    )
  expect(debug(5)?.allEnabledUntil).toBe(5)
  expect(debug(now * 10)?.allEnabledUntil).toBe(now + 900_000)
})
