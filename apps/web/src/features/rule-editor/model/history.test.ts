import fc from 'fast-check'
import { beginHistory, type History, mostSteps, rebase, redo, step, undo } from '@thingwire/editing'
import { expect, test } from 'vitest'
import type { ChainDocument } from './document.ts'
import type { Edit } from './edits.ts'
import * as edits from './edits.ts'
import { mergeDocuments } from './merge.ts'
import { isSameDocument } from './same.ts'
import { aDocument, aNode, anEdit, anyDocument, someEdits } from './testing.ts'

const take = (history: History<ChainDocument>, edit: Edit, join: string | null = null) =>
  step(history, edit(history.present), 'settings', join)
const repeated = (
  history: History<ChainDocument>,
  times: number,
  by: (one: History<ChainDocument>) => History<ChainDocument>,
) => {
  let now = history
  for (let n = 0; n < times; n++) now = by(now)
  return now
}

test('whatever is done can be undone and done again, to the very same documents', () => {
  fc.assert(
    fc.property(anyDocument, fc.array(anEdit, { maxLength: 30 }), (start, list) => {
      const documents = [start]
      let history = beginHistory(start)
      for (const edit of list) {
        history = take(history, edit)
        if (history.present !== documents.at(-1)) documents.push(history.present)
      }
      expect(history.past).toHaveLength(documents.length - 1)
      for (const document of documents.toReversed().slice(1)) {
        history = undo(history)
        expect(history.present).toBe(document)
      }
      expect(undo(history)).toBe(history)
      for (const document of documents.slice(1)) {
        history = redo(history)
        expect(history.present).toBe(document)
      }
      expect(redo(history)).toBe(history)
    }),
  )
})

test('edits do not change the documents that they are made on', () => {
  fc.assert(
    fc.property(anyDocument, someEdits, (start, list) => {
      const before = structuredClone(start)
      edits.all(...list)(start)
      expect(start).toEqual(before)
    }),
  )
})

test('at least a hundred steps can be taken back; the oldest are forgotten', () => {
  expect(mostSteps).toBeGreaterThanOrEqual(100)
  let history = beginHistory(aDocument([aNode('a')]))
  for (let n = 0; n < mostSteps + 50; n++) history = take(history, edits.changeNode('a', { name: `${n}` }))
  history = repeated(history, mostSteps + 50, undo)
  expect(history.present.nodes.a?.name).toBe('49')
})

test('typing in one field is one step, until something else is done', () => {
  const start = aDocument([aNode('a')])
  let history = beginHistory(start)
  for (const name of ['x', 'xy', 'xyz']) history = take(history, edits.changeNode('a', { name }), 'name of a')
  expect(history.past).toHaveLength(1)
  history = take(history, edits.changeNode('a', { description: 'd' }))
  history = take(history, edits.changeNode('a', { name: 'later' }), 'name of a')
  expect(history.past).toHaveLength(3)
  expect(repeated(history, 3, undo).present).toBe(start)
})

test('a new step after undoing takes the place of what was undone', () => {
  const history = take(beginHistory(aDocument([aNode('a')])), edits.changeNode('a', { name: 'one' }))
  const other = take(undo(history), edits.changeNode('a', { name: 'two' }))
  expect(redo(other)).toBe(other)
  expect(other.present.nodes.a?.name).toBe('two')
})

test('what others did stays when steps under which it was put are taken back', () => {
  fc.assert(
    fc.property(anyDocument, someEdits, someEdits, (start, ours, others) => {
      let history = beginHistory(start)
      for (const edit of ours) history = take(history, edit)
      const base = history.present
      const theirs = edits.all(...others)(base)
      const moved = rebase(history, (document) => mergeDocuments(base, document, theirs).document)
      expect(moved.present).toBe(theirs)
      // Undoing everything is what both would have if nothing had been done here.
      const back = repeated(moved, ours.length, undo).present
      expect(isSameDocument(back, mergeDocuments(base, start, theirs).document)).toBe(true)
      expect(repeated(repeated(moved, ours.length, undo), ours.length, redo).present).toBe(theirs)
    }),
  )
})
