import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wireId } from './document.ts'
import { diffDocuments } from './diff.ts'
import * as edits from './edits.ts'
import { aDocument, aNode, anyDocument, someEdits } from './testing.ts'

const before = aDocument(
  [aNode('a', { configuration: { x: 1, y: { z: [1] } } }), aNode('b'), aNode('c')],
  ['a>b:Success', 'b>c:Success/Failure'],
)

test('what was added, changed, removed and moved', () => {
  const after = edits.all(
    edits.changeNode('a', { name: 'other', configuration: { x: 1, y: { z: [1, 2] }, w: true } }),
    edits.move({ b: { x: 10, y: 10 } }),
    edits.removeNodes(['c']),
    edits.addNode(aNode('d')),
    edits.setLabels(wireId('a', 'b'), ['Failure']),
    edits.connect('b', 'd', ['Success']),
    edits.setEntry('d'),
  )(before)
  const found = diffDocuments(before, after)
  expect(found.nodes.added.map(({ id }) => id)).toEqual(['d'])
  expect(found.nodes.removed.map(({ id }) => id)).toEqual(['c'])
  expect(found.nodes.changed.map(({ after: { id } }) => id)).toEqual(['a'])
  expect(found.nodes.changed[0]?.members).toEqual([
    { path: ['name'], before: 'node a', after: 'other' },
    { path: ['configuration', 'y', 'z'], before: [1], after: [1, 2] },
    { path: ['configuration', 'w'], before: undefined, after: true },
  ])
  expect(found.moved).toEqual(['b'])
  expect(found.wires.added.map(({ to }) => to)).toEqual(['d'])
  expect(found.wires.removed.map(({ to }) => to)).toEqual(['c'])
  expect(found.wires.changed).toMatchObject([{ added: ['Failure'], removed: ['Success'] }])
  expect(found.entry).toEqual({ before: 'a', after: 'd' })
  expect(found.count).toBe(7)
})

test('numbers that nodes were given are no difference', () => {
  const { no: _no, ...unnumbered } = aNode('a', { no: 1 })
  const [without, with_] = [
    { ...before, nodes: { a: unnumbered } },
    { ...before, nodes: { a: aNode('a', { no: 1 }) } },
  ]
  expect(diffDocuments(without, with_).count).toBe(0)
})

test('a document does not differ from itself, and backwards additions are removals', () => {
  fc.assert(
    fc.property(anyDocument, someEdits, (start, list) => {
      expect(diffDocuments(start, structuredClone(start))).toMatchObject({ count: 0, moved: [] })
      const end = edits.all(...list)(start)
      const [there, back] = [diffDocuments(start, end), diffDocuments(end, start)]
      expect(back.count).toBe(there.count)
      expect(back.nodes.removed).toEqual(there.nodes.added)
      expect(back.wires.added).toEqual(there.wires.removed)
      expect([...back.moved].sort()).toEqual([...there.moved].sort())
    }),
  )
})
