import { Position } from '@xyflow/react'
import { expect, test } from 'vitest'
import { CounterStore } from '../../live/counter-store.ts'
import type { ChainDocument, DocNote } from '../../model/document.ts'
import { all, changeNode, changeNote, putNote } from '../../model/edits.ts'
import { onCanvas } from '../../model/places.ts'
import { aDocument, aNode } from '../../model/testing.ts'
import { EditorStore } from '../../store/editor-store.ts'
import { FlowStore } from '../flow-store.ts'
import { View } from '../view/view.ts'
import { wirePath } from '../wire-path.ts'
import { factsOf, isSameFacts } from './facts.ts'
import { chosenWith, hitAt, selectionIn } from './hit.ts'
import { apartFrom, roomOf, wayOf } from './shapes.ts'

const frame: DocNote = {
  ...{ id: 'g', x: 300, y: 0, width: 400, height: 300, content: 'Heat', color: null, rest: {} },
  group: { collapsed: false },
}
/** a → b → c in a row of the file, and c back to a; b and c in the open group g. */
const chain = all(
  putNote(frame),
  changeNode('b', { group: 'g' }),
  changeNode('c', { group: 'g' }),
)(
  aDocument(
    [aNode('a', { x: 0, y: 100 }), aNode('b', { x: 350, y: 100 }), aNode('c', { x: 350, y: 200 })],
    ['a>b:Success/Failure', 'b>c:Failure', 'c>a:Success'],
  ),
)

const open = (document: ChainDocument) => {
  const editor = new EditorStore({ document, published: document, version: 1, revision: null, isReadOnly: false })
  const view = new View()
  view.size = { width: 1_000, height: 600 }
  const flow = new FlowStore(editor, view, {
    ...{ node: (node) => node.name, note: (note) => note.content, group: (note) => note.content },
    ...{ entry: 'Entry', wire: (labels) => labels.join(), kinds: { node: 'node', wire: 'wire' } },
  })
  const stop = flow.start()
  const look = (zoom: number) => {
    view.moved({ x: 0, y: 0, zoom })
    return flow.look(view.area(), view.area())
  }
  const drawn = () => [...flow.get().nodes, ...flow.get().edges].map(({ id }) => id)
  return { editor, flow, look, drawn, stop, whole: flow.whole() }
}

const middleOf = (id: string, document = chain) => {
  const { x, y } = onCanvas(document.nodes[id] ?? { x: 0, y: 0 })
  return { x: x + 108, y: y + 28 }
}

test('wires lead where they do near by, forth and back', () => {
  const { nodes } = open(chain).whole
  const node = nodes.find(({ id }) => id === 'a')
  if (!node) throw new Error('a is not there')
  for (const to of [
    { x: 400, y: 90 },
    { x: 232, y: -300 },
    { x: 40, y: 500 },
    { x: -700, y: 0 },
  ]) {
    const way = wayOf(node, node, { from: { x: 0, y: 0 }, to })
    const sides = { sourcePosition: Position.Right, targetPosition: Position.Left }
    const ends = { sourceX: 220, sourceY: 28, targetX: to.x - 4, targetY: to.y + 28, ...sides }
    const drawn = wirePath(ends)
    expect(way?.points[0]).toEqual({ x: 220, y: 28 })
    expect(way?.points.at(-1)).toEqual({ x: ends.targetX, y: ends.targetY })
    if (!way) throw new Error('There is no way')
    if (way.isCurve) {
      const numbers = drawn.path.match(/-?[\d.]+/g)?.map(Number)
      expect(way.points.flatMap(({ x, y }) => [x, y])).toEqual(numbers)
    }
    expect(apartFrom({ x: drawn.x, y: drawn.y }, way)).toBeLessThan(1)
    expect(apartFrom({ x: drawn.x, y: drawn.y + 3_000 }, way)).toBeGreaterThan(1_000)
    const room = roomOf(way)
    expect(room.width).toBeGreaterThanOrEqual(Math.abs(ends.targetX - ends.sourceX))
  }
})

test('pointed at is the nearest node within reach, then a wire; an open group at its title', () => {
  const { whole, stop } = open(chain)
  expect(hitAt(whole, middleOf('b'), 1)).toEqual({ kind: 'node', id: 'b' })
  const beside = { ...middleOf('a'), y: middleOf('a').y + 28 + 10 }
  expect(hitAt(whole, beside, 4)).toBeNull()
  expect(hitAt(whole, beside, 20)).toEqual({ kind: 'node', id: 'a' })
  // Between the two the wire is straight.
  expect(hitAt(whole, { x: (middleOf('a').x + middleOf('b').x) / 2, y: middleOf('a').y + 3 }, 8)).toEqual({
    kind: 'wire',
    id: 'a>b',
  })
  const group = onCanvas(frame)
  expect(hitAt(whole, { x: group.x + 200, y: group.y + 10 }, 2)).toEqual({ kind: 'node', id: 'g' })
  expect(hitAt(whole, { x: group.x + 400, y: group.y + 60 }, 2)).toBeNull()
  stop()
})

test('what a collapsed group hides is not pointed at, its box is', () => {
  const { whole, stop } = open(changeNote('g', { group: { collapsed: true } })(chain))
  expect(hitAt(whole, middleOf('c'), 2)).toBeNull()
  const group = onCanvas(frame)
  expect(hitAt(whole, { x: group.x + 100, y: group.y + 50 }, 2)).toEqual({ kind: 'node', id: 'g' })
  stop()
})

test('a frame chooses what lies in it as a whole, with the wires at it', () => {
  const { whole, stop } = open(chain)
  const from = onCanvas({ x: 340, y: 90 })
  const chosen = selectionIn(whole, { ...from, width: 300, height: 100 })
  expect({ nodes: [...chosen.nodes], notes: [...chosen.notes], wires: [...chosen.wires] }).toEqual({
    ...{ nodes: ['b'], notes: [], wires: ['a>b', 'b>c'] },
  })
  const everything = selectionIn(whole, { x: -5_000, y: -5_000, width: 20_000, height: 20_000 })
  expect([everything.nodes.size, everything.notes.size, everything.wires.size]).toEqual([3, 1, 3])
  stop()
})

test('a click chooses one thing; with a key held it comes to what is chosen, or goes', () => {
  const { whole, stop } = open(chain)
  const one = chosenWith(whole, { kind: 'node', id: 'a' }, null)
  expect([...one.nodes]).toEqual(['a'])
  const two = chosenWith(whole, { kind: 'wire', id: 'b>c' }, one)
  expect([[...two.nodes], [...two.wires]]).toEqual([['a'], ['b>c']])
  expect([...chosenWith(whole, { kind: 'node', id: 'a' }, two).nodes]).toEqual([])
  expect([...chosenWith(whole, { kind: 'node', id: 'g' }, two).notes]).toEqual(['g'])
  stop()
})

/** So many that not all of it is drawn at once. */
const large = aDocument(
  [...'abc']
    .map((id, index) => aNode(id, { x: index * 300, y: -200 }))
    .concat(
      Array.from({ length: 160 }, (_, index) =>
        aNode(`n${index}`, { x: (index % 20) * 30, y: Math.floor(index / 20) * 60 }),
      ),
    ),
  ['a>b:Success', 'b>c:Success'],
)

test('from afar only what is chosen or pointed at is drawn; what was chosen before stays for the focus', () => {
  const { editor, flow, look, drawn, stop } = open(large)
  look(1)
  expect(drawn().length).toBeGreaterThan(50)
  expect(look(0.2)).toBe(true)
  expect(flow.isCovered()).toBe(true)
  expect(drawn()).toEqual([])
  expect(flow.whole().nodes).toHaveLength(164)
  flow.point('c')
  expect(drawn()).toEqual(['c'])
  flow.point(null)
  editor.select({ nodes: new Set(['c']) })
  expect(drawn()).toEqual(['c'])
  editor.select({ wires: new Set(['a>b']) })
  expect(drawn()).toEqual(['a', 'b', 'c', 'a>b'])
  stop()
})

test('a small chain is there as a whole also from afar, for who does not see the picture', () => {
  const { flow, look, stop } = open(chain)
  expect(look(0.2)).toBe(true)
  expect(flow.isCovered()).toBe(true)
  expect(flow.get()).toBe(flow.whole())
  expect(look(1)).toBe(true)
  expect(flow.isCovered()).toBe(false)
  stop()
})

test('coming near, all is drawn a few nodes at a time, and the picture stays until then', () => {
  const { flow, look, drawn, stop } = open(large)
  look(0.1)
  expect(drawn()).toEqual([])
  const counts: number[] = []
  let isAll = look(0.5)
  while (!isAll) {
    expect(flow.isCovered()).toBe(true)
    counts.push(drawn().length)
    isAll = look(0.5)
  }
  expect(counts.length).toBeGreaterThan(2)
  expect(counts).toEqual(counts.toSorted((a, b) => a - b))
  expect(flow.isCovered()).toBe(false)
  stop()
})

test('while a frame is drawn on the picture React Flow has no say in what is chosen', () => {
  const { editor, flow, look, stop } = open(large)
  const unselect = () => flow.nodesChanged([{ type: 'select', id: 'b', selected: false }])
  look(0.2)
  editor.select({ nodes: new Set(['b']) })
  flow.frame(true)
  unselect()
  expect([...editor.get().selection.nodes]).toEqual(['b'])
  flow.frame(false)
  unselect()
  expect([...editor.get().selection.nodes]).toEqual([])
  look(1)
  flow.frame(true)
  expect(flow.isFramed).toBe(false)
  stop()
})

test('shown are traffic, the part that fails, and what is the matter', () => {
  const { whole, stop } = open(chain)
  const counters = new CounterStore()
  const node = (nodeId: string, processed: number, failed: number, perSecond: number) => ({
    ...{ nodeId, processed, failed, perSecond, averageMs: 1 },
  })
  counters.take(
    [node('a', 1_000, 1, 5), node('b', 100, 50, 0), node('c', 10, 0, 0)],
    [{ fromNodeId: 'a', type: 'Success', messages: 1 }],
    1_000,
  )
  counters.take(
    [node('a', 1_000, 1, 5), node('b', 100, 50, 0), node('c', 10, 0, 0)],
    [{ fromNodeId: 'a', type: 'Success', messages: 9 }],
    2_000,
  )
  const sources = { counters, live: new Map(), problems: new Map() }
  const plain = factsOf(whole, sources)
  expect(plain).toEqual({
    nodes: new Map([
      ['a', { isBusy: true, failing: 1, mark: null }],
      ['b', { isBusy: false, failing: 3, mark: null }],
    ]),
    busyWires: new Set(['a>b']),
  })
  expect(isSameFacts(plain, factsOf(whole, sources))).toBe(true)
  const state = {
    nodeId: 'c',
    state: 'suspended' as const,
    reason: 'no answer',
    since: 0,
    attempts: 3,
    nextAttempt: null,
  }
  const odd = factsOf(whole, { ...sources, live: new Map([['c', { state, script: null }]]) })
  expect(odd.nodes.get('c')?.mark).toBe('warning')
  expect(isSameFacts(plain, odd)).toBe(false)
  counters.settle()
  expect(factsOf(whole, sources).busyWires.size).toBe(0)
  stop()
})
