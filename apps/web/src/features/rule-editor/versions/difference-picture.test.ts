import { expect, test } from 'vitest'
import { diffDocuments } from '../model/diff.ts'
import { wireId } from '../model/document.ts'
import * as edits from '../model/edits.ts'
import { onCanvas } from '../model/places.ts'
import { aDocument, aNode } from '../model/testing.ts'
import { pictureDifference } from './difference-picture.ts'

const before = aDocument(
  [aNode('a'), aNode('b', { x: 100, y: 100 }), aNode('c', { x: 900, y: 0 })],
  ['a>b:Success', 'b>c:Success'],
)
const picture = (...steps: edits.Edit[]) => {
  const after = edits.all(...steps)(before)
  return pictureDifference(before, after, diffDocuments(before, after))
}

test('each node and wire is drawn once, marked by what became of it', () => {
  const { nodes, wires } = picture(
    edits.changeNode('a', { name: 'other' }),
    edits.removeNodes(['c']),
    edits.addNode(aNode('d')),
    edits.connect('b', 'd', ['Success']),
    edits.setLabels(wireId('a', 'b'), ['Failure']),
  )
  expect(Object.fromEntries(nodes.map(({ id, mark }) => [id, mark]))).toEqual({
    a: 'changed',
    b: 'same',
    c: 'removed',
    d: 'added',
  })
  expect(nodes).toHaveLength(4)
  expect(Object.fromEntries(wires.map(({ id, mark }) => [id, mark]))).toEqual({
    [wireId('a', 'b')]: 'changed',
    [wireId('b', 'c')]: 'removed',
    [wireId('b', 'd')]: 'added',
  })
})

test('a node that moved leaves a ghost, and the picture holds both places', () => {
  const { ghosts, box, nodes } = picture(edits.move({ b: { x: 100, y: 5_000 } }))
  expect(ghosts).toEqual([{ id: 'b', from: onCanvas({ x: 100, y: 100 }), to: onCanvas({ x: 100, y: 5_000 }) }])
  expect(nodes.find(({ id }) => id === 'b')?.mark).toBe('same')
  expect(box.y).toBeLessThan(0)
  expect(box.y + box.height).toBeGreaterThan(onCanvas({ x: 0, y: 5_000 }).y)
})

test('nothing at all has an empty box', () => {
  const empty = aDocument([], [])
  expect(pictureDifference(empty, empty, diffDocuments(empty, empty)).box).toEqual({ x: 0, y: 0, width: 0, height: 0 })
})
