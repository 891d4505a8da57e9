import type { TraceHop } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { marksOf } from './trace-path.ts'

const chain = { id: 'c', name: 'Chain' }
const hop = (id: string, to: readonly string[], rest: { error?: string; chain?: typeof chain } = {}): TraceHop => ({
  at: 1,
  elapsedMs: 2,
  chain: rest.chain ?? chain,
  node: { id, name: id, type: 'x' },
  via: '',
  isResumed: false,
  isBypassed: false,
  message: {
    ...{ id: 'm', ts: 0, type: 't', originator: { entityType: 'DEVICE' as const, id: 'd' } },
    ...{ dataType: 'JSON' as const, data: '{}', metadata: {} },
  },
  departures: [
    {
      connection: rest.error === undefined ? 'Success' : 'Failure',
      error: rest.error ?? null,
      changes: [],
      onward: to.map((nodeId) => ({ ruleChainId: (rest.chain ?? chain).id, nodeId, messageId: 'm' })),
    },
  ],
})

test('nodes and wires of the open chain are lit, with the first step at each', () => {
  const { nodes, wires } = marksOf([hop('a', ['b']), hop('b', ['a']), hop('a', [])], 'c', 3)
  expect(Object.fromEntries(nodes)).toEqual({
    a: { step: 1, isCurrent: true, hasFailed: false },
    b: { step: 2, isCurrent: false, hasFailed: false },
  })
  expect([...wires.keys()]).toEqual(['a>b', 'b>a'])
})

test('the wire by which a message comes back from a called chain is lit', () => {
  const called = { id: 's', name: 'Called' }
  const into = (id: string, to: { chain: string; node: string }, at = chain): TraceHop => {
    const made = hop(id, [], { chain: at })
    const onward = [{ ruleChainId: to.chain, nodeId: to.node, messageId: 'm' }]
    return { ...made, departures: [{ connection: null, error: null, changes: [], onward }] }
  }
  const way = [
    into('call', { chain: 's', node: 'x' }),
    into('x', { chain: 'c', node: 'after' }, called),
    hop('after', []),
  ]
  expect([...marksOf(way, 'c', 0).wires.keys()]).toEqual(['call>after'])
  expect([...marksOf(way, 's', 0).wires.keys()]).toEqual([])
})

test('a failure marks the node and the wire that it left by', () => {
  const { nodes, wires } = marksOf([hop('a', ['b'], { error: 'broken' }), hop('b', [])], 'c', 0)
  expect(nodes.get('a')?.hasFailed).toBe(true)
  expect(nodes.get('b')?.hasFailed).toBe(false)
  expect(wires.get('a>b')?.hasFailed).toBe(true)
})

test('hops of other chains light nothing here', () => {
  const { nodes, wires } = marksOf([hop('z', ['y'], { chain: { id: 'other', name: 'Other' } })], 'c', 1)
  expect([nodes.size, wires.size]).toEqual([0, 0])
})
