import type { Message } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import type { Departure, NodeHandler } from './node.ts'
import { runBatch } from './run-batch.ts'
import { drawnChain, testMessage } from './testing.ts'

/** mulberry32: small, seeded, good enough to draw graphs. */
const randomOf = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const labels = ['Success', 'True', 'False', 'Failure']

/** Follows every branch by hand: what the router must agree with. */
type Expected = { visits: Map<string, string[]>; deadLetters: number }

const randomChain = (random: () => number) => {
  const nodeCount = 2 + Math.floor(random() * 10)
  const edges = new Map<string, number[]>()
  const lines = ['n0']
  for (let from = 0; from < nodeCount - 1; from++) {
    for (const label of labels) {
      const targets = Array.from(
        { length: Math.floor(random() * 3) },
        () => from + 1 + Math.floor(random() * (nodeCount - from - 1)),
      )
      const distinct = [...new Set(targets)]
      if (distinct.length === 0) continue
      edges.set(`${from} ${label}`, distinct)
      lines.push(`n${from} --${label}--> ${distinct.map((to) => `n${to}`).join(', ')}`)
    }
  }
  return { nodeCount, edges, drawing: lines.join('\n') }
}

/** What node `n` does with data `d`, decided by both alone: 0 to 2 departures. */
const behaviour = (node: number, data: string): string[] => {
  const mix = randomOf(node * 1_000 + Number(data))
  return Array.from({ length: Math.floor(mix() * 2.4) }, () => labels[Math.floor(mix() * labels.length)] ?? 'Success')
}

const walk = (edges: Map<string, number[]>, messages: readonly Message[]): Expected => {
  const expected: Expected = { visits: new Map(), deadLetters: 0 }
  const visit = (node: number, data: string): void => {
    expected.visits.set(`n${node}`, [...(expected.visits.get(`n${node}`) ?? []), data])
    const emitted = behaviour(node, data)
    for (const label of emitted) {
      const targets = edges.get(`${node} ${label}`) ?? []
      // Beside others Failure is a label like any other.
      const fails = emitted.every((one) => one === 'Failure')
      if (targets.length === 0 && fails) expected.deadLetters++
      for (const target of targets) visit(target, data)
    }
  }
  for (const { data } of messages) visit(0, data)
  return expected
}

describe('random chains', () => {
  it.each(Array.from({ length: 150 }, (_, seed) => seed))(
    'settle every message and branch exactly once (seed %i)',
    async (seed) => {
      const random = randomOf(seed)
      const { nodeCount, edges, drawing } = randomChain(random)
      const messages = Array.from({ length: 1 + Math.floor(random() * 20) }, (_, n) => testMessage({ data: String(n) }))
      const visits = new Map<string, string[]>()
      const ids: string[] = []
      const calls = new Map<string, number>()
      const handler = (node: number): NodeHandler => ({
        handle: (batch) => {
          const name = `n${node}`
          calls.set(name, (calls.get(name) ?? 0) + 1)
          visits.set(name, [...(visits.get(name) ?? []), ...batch.map(({ data }) => data)])
          ids.push(...batch.map(({ id }) => `${name} ${id}`))
          return batch.flatMap((message) =>
            behaviour(node, message.data).map((connection): Departure => ({ message, connection })),
          )
        },
      })
      const handlers = Object.fromEntries(Array.from({ length: nodeCount }, (_, node) => [`n${node}`, handler(node)]))
      const result = await runBatch({
        ...drawnChain(drawing, handlers),
        messages,
        signal: new AbortController().signal,
      })

      const expected = walk(edges, messages)
      expect(result.outcomes).toHaveLength(messages.length)
      expect(result.deadLetters).toHaveLength(expected.deadLetters)
      expect(result.outcomes.map((outcome) => outcome === 'dead-lettered')).toEqual(
        messages.map((_, root) => result.deadLetters.some((letter) => letter.root === root)),
      )
      expect(new Set(ids).size).toBe(ids.length)
      for (const [name, data] of visits) {
        expect(calls.get(name)).toBe(1)
        expect(data).toEqual([...data].sort((a, b) => Number(a) - Number(b)))
        expect(data).toEqual(expected.visits.get(name)?.sort((a, b) => Number(a) - Number(b)))
      }
      expect(visits.size).toBe(expected.visits.size)
    },
  )
})
