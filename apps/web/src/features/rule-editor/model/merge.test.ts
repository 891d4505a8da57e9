import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wireId } from './document.ts'
import * as edits from './edits.ts'
import type { Choices } from '../../drafts/model.ts'
import { mergeDocuments } from './merge.ts'
import { isSameDocument } from './same.ts'
import { aDocument, aNode, anyDocument, someEdits } from './testing.ts'

const base = aDocument(
  [aNode('a', { configuration: { x: 1, y: { z: 1 } } }), aNode('b'), aNode('c')],
  ['a>b:Success', 'b>c:Success/Failure'],
)

test('edits of different members come together without a question', () => {
  const mine = edits.all(
    edits.changeNode('a', { name: 'mine', configuration: { x: 2, y: { z: 1 } } }),
    edits.connect('a', 'b', ['Failure']),
    edits.addNode(aNode('m')),
  )(base)
  const theirs = edits.all(
    edits.changeNode('a', { description: 'theirs', configuration: { x: 1, y: { z: 2, w: 3 } } }),
    edits.setLabels(wireId('b', 'c'), ['Success']),
    edits.addNode(aNode('t')),
    edits.removeNodes(['c']),
    edits.addNode(aNode('c')),
    edits.connect('b', 'c', ['Success']),
  )(base)
  const { document, contradictions } = mergeDocuments(base, mine, theirs)
  expect(contradictions).toEqual([])
  expect(document.nodes.a).toMatchObject({
    ...{ name: 'mine', description: 'theirs', configuration: { x: 2, y: { z: 2, w: 3 } } },
  })
  expect(document.wires[wireId('a', 'b')]?.labels).toEqual(['Success', 'Failure'])
  expect(document.wires[wireId('b', 'c')]?.labels).toEqual(['Success'])
  expect(document.order).toEqual(expect.arrayContaining(['a', 'b', 'c', 'm', 't']))
  const numbers = Object.values(document.nodes).map(({ no }) => no)
  expect(new Set(numbers).size).toBe(numbers.length)
})

test('the same member changed by both is a contradiction, and the choice counts', () => {
  const mine = edits.changeNode('a', { configuration: { x: 2, y: { z: 1 } } })(base)
  const theirs = edits.changeNode('a', { configuration: { x: 3, y: { z: 1 } } })(base)
  const asked = mergeDocuments(base, mine, theirs)
  expect(asked.contradictions).toEqual([
    { key: 'node/a/configuration/x', kind: 'node', id: 'a', path: ['configuration', 'x'], base: 1, mine: 2, theirs: 3 },
  ])
  expect(asked.document).toBe(mine)
  const chosen = mergeDocuments(base, mine, theirs, { 'node/a/configuration/x': 'theirs' })
  expect(chosen.document).toBe(theirs)
})

test('places and debugging are mine when both changed them', () => {
  const mine = edits.move({ a: { x: 5, y: 5 } })(base)
  const theirs = edits.all(edits.move({ a: { x: 9, y: 9 } }), edits.move({ b: { x: 7, y: 7 } }))(base)
  const { document, contradictions } = mergeDocuments(base, mine, theirs)
  expect(contradictions).toEqual([])
  expect([document.nodes.a?.x, document.nodes.b?.x]).toEqual([5, 7])
})

test('a wire between two nodes, each kept against the other side that removed it, stays', () => {
  const mine = edits.all(edits.changeNode('b', { name: 'mine' }), edits.removeNodes(['c']))(base)
  const theirs = edits.all(edits.changeNode('c', { name: 'theirs' }), edits.removeNodes(['b']))(base)
  const choices: Choices = { 'node/b/': 'mine', 'node/c/': 'theirs' }
  const { document } = mergeDocuments(base, mine, theirs, choices)
  expect(Object.keys(document.nodes).toSorted()).toEqual(['a', 'b', 'c'])
  expect(document.wires).toEqual(base.wires)
})

test('a node that one removed and the other moved is gone; one that the other changed or wired is asked about', () => {
  const removed = edits.removeNodes(['b'])(base)
  expect(mergeDocuments(base, removed, edits.move({ b: { x: 9, y: 9 } })(base)).document.nodes.b).toBeUndefined()

  const renamed = edits.changeNode('b', { name: 'still wanted' })(base)
  const asked = mergeDocuments(base, removed, renamed)
  expect(asked.contradictions.map(({ key }) => key)).toEqual(['node/b/'])
  expect(asked.document.nodes.b).toBeUndefined()
  const kept = mergeDocuments(base, removed, renamed, { 'node/b/': 'theirs' }).document
  expect(kept.nodes.b?.name).toBe('still wanted')
  expect(Object.keys(kept.wires)).toEqual(Object.keys(base.wires))

  const wired = edits.connect('c', 'b', ['Success'])(aDocument([aNode('a'), aNode('b'), aNode('c')]))
  const unwired = aDocument([aNode('a'), aNode('b'), aNode('c')])
  const both = mergeDocuments(unwired, wired, edits.removeNodes(['b'])(unwired))
  expect(both.contradictions.map(({ key }) => key)).toEqual(['node/b/'])
  expect(both.document.wires).toEqual(wired.wires)
})

test('configurations of two versions of a node type are not mixed', () => {
  const mine = edits.changeNode('a', { configuration: { x: 2, y: { z: 1 } } })(base)
  const theirs = edits.changeNode('a', { configuration: { other: true }, configurationVersion: 1 })(base)
  const { document, contradictions } = mergeDocuments(base, mine, theirs)
  expect(contradictions.map(({ path }) => path)).toEqual([['configuration']])
  expect(document.nodes.a?.configuration).toEqual({ x: 2, y: { z: 1 } })
})

test('nothing was done by one side: the other counts, as it is', () => {
  fc.assert(
    fc.property(anyDocument, someEdits, (start, list) => {
      const changed = edits.all(...list)(start)
      expect(isSameDocument(mergeDocuments(start, changed, structuredClone(start)).document, changed)).toBe(true)
      expect(isSameDocument(mergeDocuments(start, structuredClone(start), changed).document, changed)).toBe(true)
      expect(mergeDocuments(start, changed, structuredClone(changed)).contradictions).toEqual([])
      expect(isSameDocument(mergeDocuments(start, changed, structuredClone(changed)).document, changed)).toBe(true)
    }),
  )
})

test('what two people did ends as a sound document, and is the same again when it is merged once more', () => {
  fc.assert(
    fc.property(anyDocument, someEdits, someEdits, (start, ours, others) => {
      const [mine, theirs] = [edits.all(...ours)(start), edits.all(...others)(start)]
      const { document, contradictions } = mergeDocuments(start, mine, theirs)
      expect([...document.order].sort()).toEqual(Object.keys(document.nodes).sort())
      for (const { from, to, labels } of Object.values(document.wires)) {
        expect(document.nodes[from] && document.nodes[to] && labels.length > 0).toBeTruthy()
      }
      for (const { group } of Object.values(document.nodes)) if (group) expect(document.notes[group]).toBeDefined()
      if (document.entry) expect(document.nodes[document.entry]).toBeDefined()
      const numbers = Object.values(document.nodes).map(({ no }) => no)
      expect(new Set(numbers).size).toBe(numbers.length)
      const again = mergeDocuments(theirs, document, theirs)
      expect(again.document).toBe(document)

      // Whoever is asked is asked the same, and to choose all theirs is what they see who choose all mine.
      const all = (side: 'mine' | 'theirs'): Choices => Object.fromEntries(contradictions.map(({ key }) => [key, side]))
      const swapped = mergeDocuments(start, theirs, mine)
      expect(swapped.contradictions.map(({ key }) => key).sort()).toEqual(contradictions.map(({ key }) => key).sort())
      const names = (one: typeof document) =>
        Object.values(one.nodes)
          .map(({ id, name }) => `${id} ${name}`)
          .sort()
      expect(names(mergeDocuments(start, mine, theirs, all('theirs')).document)).toEqual(names(swapped.document))
      expect(names(mergeDocuments(start, mine, theirs, all('mine')).document)).toEqual(names(document))
    }),
    { numRuns: 300 },
  )
})
