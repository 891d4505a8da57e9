import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChainDocument } from './document.ts'
import * as edits from './edits.ts'
import { reachedFrom } from './graph-walks.ts'
import { inline, nest } from './nest.ts'
import { aDocument, aNode, anyDocument } from './testing.ts'

const counter = () => {
  let n = 0
  return () => `new${++n}`
}
const named = (document: ChainDocument) =>
  Object.values(document.wires)
    .map(
      ({ from, to, labels }) =>
        `${document.nodes[from]?.name} -${[...labels].sort().join('/')}- ${document.nodes[to]?.name}`,
    )
    .sort()
const choose = (...ids: string[]) => ({ nodes: new Set(ids), notes: new Set<string>() })

/** in ─▶ check ─┬ True ─▶ save ─ Success ─▶ end;  check ─ Failure ─▶ log ◀─ Failure ─ save */
const chain = aDocument(
  ['in', 'check', 'save', 'log', 'end'].map((id, index) => aNode(id, { name: id, x: index * 100 })),
  ['in>check:Success', 'check>save:True', 'check>log:Failure', 'save>log:Failure', 'save>end:Success'],
)

test('chosen nodes become a chain with outputs, and what calls it stands in their place', () => {
  const nested = nest(chain, choose('check', 'save'), 'Part', counter())
  if (!nested.ok) throw new Error(nested.reason)
  expect(named(nested.inner)).toEqual([
    'check -Failure- Failure',
    'check -True- save',
    'save -Failure- Failure',
    'save -Success- Success',
  ])
  expect(nested.inner.nodes[nested.inner.entry ?? '']?.name).toBe('check')
  expect(Object.keys(nested.inner.nodes).some((id) => chain.nodes[id])).toBe(false)
  const outer = nested.edit('chain-id')(chain)
  expect(named(outer)).toEqual(['Part -Failure- log', 'Part -Success- end', 'in -Success- Part'])
  expect(outer.nodes[nested.callId]).toMatchObject({ configuration: { ruleChainId: 'chain-id' }, x: 100 })
  expect(outer.entry).toBe('in')
})

test('the same label to other nodes gets an output of its own', () => {
  const document = aDocument(
    ['a', 'b', 'x', 'y'].map((id) => aNode(id, { name: id })),
    ['a>b:Success', 'a>x:Failure', 'b>y:Failure'],
  )
  const nested = nest(document, choose('a', 'b'), 'Part', counter())
  if (!nested.ok) throw new Error(nested.reason)
  expect(named(nested.edit('id')(document))).toEqual(['Part -Failure 2- y', 'Part -Failure- x'])
  expect(nested.edit('id')(document).entry).toBe(nested.callId)
})

test('what could not run the same way is refused with a reason', () => {
  const refused = (...ids: string[]) => {
    const nested = nest(chain, choose(...ids), 'Part', counter())
    return nested.ok ? null : nested.reason
  }
  expect(refused()).toBe('empty')
  expect(refused('check', 'end')).toBe('entries')
  const around = aDocument(
    ['a', 'b', 'c'].map((id) => aNode(id)),
    ['a>b:Success', 'b>c:Success'],
  )
  expect(nest(edits.setEntry('a')(around), choose('a', 'c'), 'Part', counter())).toMatchObject({ reason: 'entries' })
  const back = edits.removeWires(['in>check'])(
    edits.connect('log', 'save', ['Success'])(edits.removeWires(['check>save', 'save>log'])(chain)),
  )
  expect(nest(back, choose('check', 'save'), 'Part', counter())).toMatchObject({ ok: false, reason: 'cycle' })
})

test('a chain that is nested and taken in again is wired as it was', () => {
  fc.assert(
    fc.property(anyDocument, fc.integer({ min: 1, max: 63 }), (start, bits) => {
      // Names tell nodes apart after their ids have changed.
      const names = start.order.map((id) => edits.changeNode(id, { name: id }))
      const document = edits.all(...names)(start)
      const chosen = document.order.filter((_, index) => bits & (1 << index))
      const newId = counter()
      const nested = nest(document, choose(...chosen), 'Part', newId)
      fc.pre(nested.ok)
      if (!nested.ok) return
      const outer = nested.edit('id')(document)
      expect(outer.order).toHaveLength(document.order.length - chosen.length + 1)
      const inlined = inline(outer, nested.callId, nested.inner, newId)
      if (!inlined.ok) throw new Error(inlined.reason)
      const again = inlined.edit(outer)
      expect(named(again)).toEqual(named(document))
      expect(
        Object.values(again.nodes)
          .map(({ name }) => name)
          .sort(),
      ).toEqual([...document.order].sort())
      expect(again.nodes[again.entry ?? '']?.name).toBe(document.nodes[document.entry ?? '']?.name)
      const reached = ({ nodes, ...rest }: ChainDocument) =>
        [...reachedFrom({ nodes, ...rest }, rest.entry === null ? [] : [rest.entry])]
          .map((id) => nodes[id]?.name)
          .sort()
      expect(reached(again)).toEqual(reached(document))
    }),
    { numRuns: 300 },
  )
})

test('an output that is the entry leads straight on', () => {
  const outputClass = 'org.thingsboard.rule.engine.flow.TbRuleChainOutputNode'
  const called = aDocument([aNode('o', { className: outputClass, name: 'Done' })])
  const document = aDocument(
    ['a', 'call', 'b'].map((id) => aNode(id, { name: id })),
    ['a>call:Success', 'call>b:Done'],
  )
  const inlined = inline(document, 'call', called, counter())
  if (!inlined.ok) throw new Error(inlined.reason)
  expect(named(inlined.edit(document))).toEqual(['a -Success- b'])
})
