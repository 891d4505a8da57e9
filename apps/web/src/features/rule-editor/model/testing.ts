import fc from 'fast-check'
import { type ChainDocument, type DocNode, emptyDocument, wireId } from './document.ts'
import * as edits from './edits.ts'

/** A node for tests; what is not said is as plain as can be. */
export const aNode = (id: string, change: Partial<DocNode> = {}): DocNode => ({
  id,
  className: 'org.thingsboard.rule.engine.filter.TbJsFilterNode',
  name: `node ${id}`,
  x: 0,
  y: 0,
  description: '',
  configuration: {},
  configurationVersion: 0,
  debug: { failuresEnabled: false, allEnabled: false, allEnabledUntil: 0 },
  isSingleton: false,
  queueName: null,
  bypass: null,
  group: null,
  rest: {},
  ...change,
})

/** A document of these nodes and wires (`a>b:Success/Failure`); the first node is the entry. */
export const aDocument = (nodes: readonly DocNode[], wires: readonly string[] = []): ChainDocument =>
  edits.all(
    ...nodes.map(edits.addNode),
    ...wires.map((text) => {
      const [, from = '', to = '', labels = ''] = /^(.+)>(.+):(.+)$/.exec(text) ?? []
      return edits.connect(from, to, labels.split('/'))
    }),
  )(emptyDocument)

/** An id as nodes have it, from a letter. */
export const anId = (letter: string): string => `00000000-0000-4000-8000-00000000000${letter}`

const id = fc.constantFrom(...['a', 'b', 'c', 'd', 'e', 'f'].map(anId))
const noteId = fc.constantFrom('n1', 'n2')
const label = fc.constantFrom('Success', 'Failure', 'True', 'False')
const word = fc.constantFrom('one', 'two', 'three')
const number = fc.integer({ min: 0, max: 3 })

/** Any edit that the editor can make, on few nodes so that edits meet. */
export const anEdit: fc.Arbitrary<edits.Edit> = fc.oneof(
  fc.tuple(id, word).map(([a, name]) => edits.addNode(aNode(a, { name, x: name.length }))),
  fc.tuple(id, word).map(([a, name]) => edits.changeNode(a, { name })),
  fc
    .tuple(id, fc.dictionary(fc.constantFrom('k', 'l'), fc.oneof(word, fc.array(number, { maxLength: 2 }))))
    .map(([a, configuration]) => edits.changeNode(a, { configuration })),
  fc.tuple(id, number, number).map(([a, x, y]) => edits.move({ [a]: { x, y } })),
  fc.tuple(id, id, fc.array(label, { minLength: 1, maxLength: 2 })).map(([a, b, l]) => edits.connect(a, b, l)),
  fc.tuple(id, id, fc.array(label, { maxLength: 2 })).map(([a, b, l]) => edits.setLabels(wireId(a, b), l)),
  fc.tuple(id, id).map(([a, b]) => edits.removeWires([wireId(a, b)])),
  fc.array(id, { minLength: 1, maxLength: 2 }).map((ids) => edits.removeNodes(ids)),
  id.map((a) => edits.setEntry(a)),
  fc.tuple(noteId, word, fc.boolean()).map(([n, content, isGroup]) =>
    edits.putNote({
      ...{ id: n, x: 0, y: 0, width: 100, height: 50, content, color: null, rest: {} },
      group: isGroup ? { collapsed: false } : null,
    }),
  ),
  fc.tuple(id, noteId).map(
    ([a, n]): edits.Edit =>
      (document) =>
        document.notes[n] ? edits.changeNode(a, { group: n })(document) : document,
  ),
  noteId.map((n) => edits.removeNotes([n])),
)

export const someEdits = fc.array(anEdit, { maxLength: 12 })

/** A document as a person could have drawn it. */
export const anyDocument = someEdits.map((list) => edits.all(...list)(emptyDocument))
