import { expect, test } from 'vitest'
import { arrange } from './arrange.ts'
import type { ChainDocument } from './document.ts'
import * as edits from './edits.ts'
import { nodeSize, onCanvas, sizeOnCanvas } from './places.ts'
import { aDocument, aNode } from './testing.ts'

const ids = ['a', 'b', 'c', 'd', 'e', 'f']
const scattered = aDocument(
  ids.map((id, index) => aNode(id, { x: 500 - index * 30, y: (index * 97) % 60 })),
  ['a>b:True', 'a>c:False', 'b>d:Success', 'c>d:Success', 'd>e:Success'],
)

const boxes = ({ nodes }: ChainDocument) => Object.values(nodes).map((node) => ({ id: node.id, ...onCanvas(node) }))
const overlaps = (document: ChainDocument) =>
  boxes(document).some((one) =>
    boxes(document).some(
      (other) =>
        one.id < other.id && Math.abs(one.x - other.x) < nodeSize.width && Math.abs(one.y - other.y) < nodeSize.height,
    ),
  )
const middle = (document: ChainDocument) => {
  const all = Object.values(document.nodes)
  const of = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2
  return { x: of(all.map(({ x }) => x)), y: of(all.map(({ y }) => y)) }
}

test('messages run from left to right, nothing covers anything, and the middle stays', async () => {
  expect(overlaps(scattered)).toBe(true)
  const document = (await arrange(scattered))(scattered)
  for (const { from, to } of Object.values(document.wires))
    expect(onCanvas(document.nodes[to] ?? { x: 0, y: 0 }).x).toBeGreaterThan(
      onCanvas(document.nodes[from] ?? { x: 0, y: 0 }).x + nodeSize.width + 60,
    )
  expect(overlaps(document)).toBe(false)
  expect(middle(document).x).toBeCloseTo(middle(scattered).x, -1)
  expect(middle(document).y).toBeCloseTo(middle(scattered).y, -1)
  expect((await arrange(document))(document)).toEqual(document)
})

test('only what is chosen moves', async () => {
  const document = (await arrange(scattered, new Set(['a', 'b'])))(scattered)
  for (const id of ['c', 'd', 'e', 'f']) expect(document.nodes[id]).toBe(scattered.nodes[id])
  expect(document.nodes.b?.x).toBeGreaterThan(document.nodes.a?.x ?? 0)
})

test('groups stay together, in a frame that holds them and nothing else', async () => {
  const grouped = edits.all(
    edits.putNote({
      ...{ id: 'g', x: 0, y: 0, width: 10, height: 10, content: 'Group', color: null, rest: {} },
      group: { collapsed: false },
    }),
    edits.changeNode('b', { group: 'g' }),
    edits.changeNode('d', { group: 'g' }),
  )(scattered)
  const document = (await arrange(grouped))(grouped)
  const note = document.notes.g
  if (!note) throw new Error('the group is gone')
  const frame = { ...onCanvas(note), ...sizeOnCanvas(note) }
  const inside = boxes(document)
    .filter(
      ({ x, y }) =>
        x + nodeSize.width > frame.x &&
        x < frame.x + frame.width &&
        y + nodeSize.height > frame.y &&
        y < frame.y + frame.height,
    )
    .map(({ id }) => id)
  expect(inside.sort()).toEqual(['b', 'd'])
})

test('circles and single nodes are arranged, too', async () => {
  const circle = edits.connect('e', 'a', ['Success'])(scattered)
  expect(overlaps((await arrange(circle))(circle))).toBe(false)
  const one = aDocument([aNode('a', { x: 7, y: 9 })])
  expect((await arrange(one))(one)).toBe(one)
})

test('groups stay together in a chain that is too large for the better layout', async () => {
  const count = 1_200
  const names = Array.from({ length: count }, (_, index) => `n${index}`)
  const groupOf = (index: number) => (index % 100 < 12 ? `g${Math.floor(index / 100)}` : null)
  const groups = [...new Set(names.flatMap((_, index) => groupOf(index) ?? []))]
  const document: ChainDocument = {
    ...aDocument([]),
    order: names,
    nodes: Object.fromEntries(names.map((id, index) => [id, aNode(id, { group: groupOf(index) })])),
    wires: Object.fromEntries(
      names.flatMap((from, index) =>
        [index + 1, index + 7].flatMap((to) =>
          to < count ? [[`${from}>n${to}`, { from, to: `n${to}`, labels: ['Success'] }]] : [],
        ),
      ),
    ),
    notes: Object.fromEntries(
      groups.map((id) => [
        id,
        {
          ...{ id, x: 0, y: 0, width: 10, height: 10, content: id, color: null, rest: {} },
          group: { collapsed: false },
        },
      ]),
    ),
    entry: 'n0',
  }
  const arranged = (await arrange(document))(document)
  expect(groups).toHaveLength(12)
  expect(overlaps(arranged)).toBe(false)
  for (const id of groups) {
    const note = arranged.notes[id]
    if (!note) throw new Error('the group is gone')
    const frame = { ...onCanvas(note), ...sizeOnCanvas(note) }
    const within = boxes(arranged).filter(
      ({ x, y }) =>
        x + nodeSize.width > frame.x &&
        x < frame.x + frame.width &&
        y + nodeSize.height > frame.y &&
        y < frame.y + frame.height,
    )
    expect(within.map((one) => arranged.nodes[one.id]?.group)).toEqual(Array.from({ length: 12 }, () => id))
  }
})

test('a line of 2,000 nodes and a chain of 1,500 with crossing wires are arranged, without covering anything', async () => {
  const big = (count: number, wires: (index: number) => number[]): ChainDocument => {
    const names = Array.from({ length: count }, (_, index) => `n${index}`)
    return {
      order: names,
      nodes: Object.fromEntries(names.map((id) => [id, aNode(id)])),
      wires: Object.fromEntries(
        names.flatMap((from, index) =>
          wires(index)
            .filter((to) => to < count)
            .map((to) => [`${from}>n${to}`, { from, to: `n${to}`, labels: ['Success'] }]),
        ),
      ),
      notes: {},
      entry: 'n0',
      tests: [],
    }
  }
  for (const document of [big(2_000, (index) => [index + 1]), big(1_500, (index) => [index * 2 + 1, index * 2 + 2])]) {
    const arranged = (await arrange(document))(document)
    const spots = new Set(Object.values(arranged.nodes).map(({ x, y }) => `${x} ${y}`))
    expect(spots.size).toBe(document.order.length)
    for (const { from, to } of Object.values(arranged.wires))
      expect(arranged.nodes[to]?.x).toBeGreaterThan(arranged.nodes[from]?.x ?? 0)
  }
  const line = big(700, (index) => [index + 1])
  const arranged = (await arrange(line))(line)
  expect(arranged.nodes.n699?.x).toBeGreaterThan(arranged.nodes.n0?.x ?? 0)
})
