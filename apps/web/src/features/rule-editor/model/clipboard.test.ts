import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { duplicate, type Fragment, fragmentOf, fromText, insert, renewed, toText } from './clipboard.ts'
import { type ChainDocument, emptyDocument, toData, toDocument } from './document.ts'
import * as edits from './edits.ts'
import { aDocument, aNode, anId, anyDocument } from './testing.ts'

const counter = () => {
  let n = 0
  return () => `new${++n}`
}
const read = (text: string): Fragment => {
  const parsed = fromText(text, counter())
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.fragment
}
const everything = (document: ChainDocument) => ({
  nodes: new Set(document.order),
  notes: new Set(Object.keys(document.notes)),
})
const [a, b, c] = [anId('a'), anId('b'), anId('c')]
const grouped = edits.all(
  edits.putNote({
    ...{ id: 'g', x: 5, y: 5, width: 100, height: 50, content: 'Group', color: 'blue', rest: {} },
    group: { collapsed: false },
  }),
  edits.changeNode(a, { group: 'g', x: 20, y: 20 }),
  edits.changeNode(b, { group: 'g', x: 60, y: 20 }),
)(aDocument([aNode(a), aNode(b), aNode(c)], [`${a}>${b}:Success`, `${b}>${c}:Success/Failure`]))

test('nodes, wires between them, notes and groups go by the clipboard and come with ids of their own', () => {
  const copied = fragmentOf(grouped, { nodes: new Set(), notes: new Set(['g']) })
  const pasted = renewed(read(toText(copied)), { x: 105, y: 205 }, counter())
  const document = insert(pasted)(grouped)
  expect(document.order).toEqual([a, b, c, 'new1', 'new2'])
  expect(document.nodes.new1).toMatchObject({ name: `node ${a}`, group: 'new3', x: 120, y: 220 })
  expect(document.wires['new1>new2']?.labels).toEqual(['Success'])
  expect(document.notes.new3).toMatchObject({ content: 'Group', color: 'blue', x: 105, y: 205 })
  expect(document.entry).toBe(a)
  expect(document.order.map((id) => document.nodes[id]?.no)).toEqual([1, 2, 3, 4, 5])
})

test('nodes of a group that is not copied are in none', () => {
  const copied = fragmentOf(grouped, { nodes: new Set([a, c]), notes: new Set() })
  expect(copied.nodes[a]?.group).toBeNull()
  expect(copied.wires).toEqual({})
})

test('an empty chain gets the entry that is pasted', () => {
  const copied = fragmentOf(grouped, everything(grouped))
  expect(insert(copied)(emptyDocument).entry).toBe(a)
  expect(insert({ ...copied, entry: null })(emptyDocument).entry).toBe(a)
})

test('whatever is copied whole and pasted into an empty chain is the same again', () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      fc.pre(document.order.length > 0)
      const {
        tests: _tests,
        lastNo: _lastNo,
        ...copy
      } = insert(read(toText(fragmentOf(document, everything(document)))))(emptyDocument)
      const { tests: _t, lastNo: _l, entry, ...same } = document
      expect(copy).toEqual({ ...same, entry: entry ?? document.order[0] })
    }),
  )
})

test('no id is there twice, however often something is pasted', () => {
  fc.assert(
    fc.property(anyDocument, fc.integer({ min: 1, max: 3 }), (document, times) => {
      fc.pre(document.order.length > 0)
      const newId = counter()
      let now = document
      for (let n = 0; n < times; n++) now = duplicate(now, everything(document), newId).edit(now)
      expect(new Set(now.order).size).toBe(now.order.length)
      expect(now.order.length).toBe(document.order.length * (times + 1))
      expect(Object.keys(now.wires).length).toBe(Object.keys(document.wires).length * (times + 1))
      const numbers = now.order.map((id) => now.nodes[id]?.no)
      expect(new Set(numbers).size).toBe(numbers.length)
    }),
  )
})

const files = join(import.meta.dirname, '../../../../../../packages/rule-nodes/src/fixtures')
const chainFiles = readdirSync(files).filter((name) => name.endsWith('.json') && name !== 'palette.json')

/** Fixtures are chain files, or say which chain they are about. */
const chainOf = (name: string) => {
  const json = JSON.parse(readFileSync(join(files, name), 'utf8'))
  return json.chain ?? json
}

test.each(chainFiles)('the chain of %s can be pasted as a text, and loses nothing on the way', (name) => {
  const chain = chainOf(name)
  const { metadata } = chain
  const fragment = read(JSON.stringify(chain))
  expect(fragment.order).toHaveLength(metadata.nodes.length)
  const { metadata: out } = toData(fragment)
  const connections = (metadata.connections ?? []).map((one: unknown) => JSON.stringify(one))
  expect(out.connections.length).toBe(new Set(connections).size)
  for (const [index, node] of metadata.nodes.entries()) {
    expect(out.nodes[index]).toMatchObject({ type: node.type, name: node.name, configuration: node.configuration })
    const info = Object.entries(node.additionalInfo ?? {}).filter(([, value]) => value !== null)
    expect(out.nodes[index]?.additionalInfo).toMatchObject(Object.fromEntries(info))
  }
  const again = toDocument({ metadata: out, tests: [] }, counter())
  // Nodes of a file have no ids, so those that were made up for them are other ones each time.
  expect(toData(again)).toEqual(toData(fragment))
})

test.each([
  ['', 'empty'],
  ['hello', 'noJson'],
  ['{"a":1}', 'foreign'],
  ['[1,2]', 'foreign'],
  ['null', 'foreign'],
  ['{"thingwire":"rule-nodes","version":2,"metadata":{}}', 'newer'],
  ['{"thingwire":"rule-nodes","version":1,"metadata":{"firstNodeIndex":null,"nodes":[],"connections":[]}}', 'nothing'],
  [JSON.stringify({ nodes: [{ id: '1', type: 'inject', wires: [] }] }), 'foreign'],
  [`"${'x'.repeat(12_000_001)}"`, 'tooLong'],
])('what is nothing of ours is refused with a reason: %#', (text, reason) => {
  expect(fromText(text, counter())).toEqual({ ok: false, reason })
})
