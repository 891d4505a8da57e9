import { describe, expect, it } from 'vitest'
import type { ChainDocument, DocNote } from '../model/document.ts'
import { all, changeNode, changeNote, putNote } from '../model/edits.ts'
import { inFile, onCanvas } from '../model/places.ts'
import { aDocument, aNode } from '../model/testing.ts'
import { EditorStore } from '../store/editor-store.ts'
import { drawnWires } from './collapse.ts'
import { firstLayout } from './first-layout.ts'
import { entryId } from './flow.ts'
import { FlowStore } from './flow-store.ts'
import { View } from './view/view.ts'

const frame = (id: string, change: Partial<DocNote> = {}): DocNote => ({
  ...{ id, x: 300, y: 0, width: 400, height: 300, content: 'Heat', color: null, rest: {} },
  group: { collapsed: false },
  ...change,
})
/** a → b → c; b and c in the group g. */
const grouped = all(
  putNote(frame('g')),
  changeNode('b', { group: 'g' }),
  changeNode('c', { group: 'g' }),
)(
  aDocument(
    [aNode('a'), aNode('b', { x: 350, y: 100 }), aNode('c', { x: 350, y: 200 })],
    ['a>b:True', 'a>c:False', 'b>c:Success'],
  ),
)
const collapsed = changeNote('g', { group: { collapsed: true } })(grouped)

const open = (document: ChainDocument) => {
  const editor = new EditorStore({
    document,
    published: document,
    version: 1,
    revision: null,
    isReadOnly: false,
  })
  const view = new View()
  const flow = new FlowStore(editor, view, {
    node: (node, type, outs) => `${node.name}, ${type}, ${outs}`,
    note: (note) => note.content,
    group: (note, members) => `${note.content} ${members}`,
    entry: 'Entry',
    wire: (labels, from, to) => `${labels.join()} to ${to}, from ${from}`,
    kinds: { node: 'node', wire: 'wire' },
  })
  flow.snaps = false
  const stop = flow.start()
  const drawn = (id: string) => flow.get().nodes.find((node) => node.id === id)
  const drag = (id: string, by: { x: number; y: number }) => {
    const from = flow.dragged().get(id) ?? drawn(id)?.position ?? { x: 0, y: 0 }
    const position = { x: from.x + by.x, y: from.y + by.y }
    flow.nodesChanged([{ type: 'position', id, position, dragging: true }])
  }
  return { editor, flow, view, drawn, drag, stop }
}

describe('wires of collapsed groups', () => {
  it('lead to the box of the group, once for both nodes behind it', () => {
    expect(drawnWires(collapsed)).toEqual([
      { id: '~a>g', from: 'a', to: 'g', labels: ['True', 'False'], wires: ['a>b', 'a>c'] },
    ])
  })

  it('are as they were when it is open', () => {
    expect(drawnWires(grouped).map(({ id }) => id)).toEqual(['a>b', 'a>c', 'b>c'])
  })
})

describe('lines while something is dragged', () => {
  const row = aDocument([aNode('a', { x: 0, y: 0 }), aNode('b', { x: 400, y: 0 }), aNode('c', { x: 3000, y: 20 })], [])
  const at = (zoom: number, by: number) => {
    const { flow, view, drag, stop } = open(row)
    view.size = { width: 1000, height: 600 }
    view.moved({ x: 20, y: 300, zoom })
    flow.snaps = true
    drag('a', { x: 1, y: by })
    const found = { y: flow.dragged().get('a')?.y, lines: flow.guides().filter(({ axis }) => axis === 'y').length }
    stop()
    return found
  }

  it('draw it from as far on the screen at any size', () => {
    expect(at(1, 5)).toEqual({ y: 0, lines: 1 })
    expect(at(1, 9).lines).toBe(0)
    expect(at(0.25, 20)).toEqual({ y: 0, lines: 1 })
    expect(at(2, 5).lines).toBe(0)
  })

  it('leave out what is out of sight', () => {
    const { y } = onCanvas({ x: 0, y: 20 })
    expect(at(1, y - 1).lines).toBe(0)
    expect(at(0.1, y - 1)).toEqual({ y, lines: 1 })
  })
})

describe('a selection that is larger than what is drawn', () => {
  const many = aDocument(
    Array.from({ length: 200 }, (_, index) => aNode(`n${index}`, { x: 300 * index, y: 0 })),
    [],
  )
  const all = { nodes: new Set(many.order) }
  const looked = () => {
    const opened = open(many)
    opened.flow.look({ x: 0, y: 0, width: 1000, height: 600 }, { x: 0, y: 0, width: 1000, height: 600 })
    opened.editor.select(all)
    return opened
  }

  it('is dragged as one, but not drawn for that', () => {
    const { editor, flow, drawn, drag, stop } = looked()
    expect(flow.get().nodes.length).toBeLessThan(10)
    expect(drawn('n199')).toBeUndefined()
    drag('n0', { x: 0, y: 64 })
    expect(flow.dragged().size).toBeGreaterThanOrEqual(200)
    flow.dropped()
    for (const { y } of Object.values(editor.document.nodes)) expect(y).toBe(inFile({ x: 0, y: 64 }).y)
    expect(editor.get().history.past).toHaveLength(1)
    stop()
  })

  it('is given up as a whole, unless one adds to it', () => {
    const { editor, flow, stop } = looked()
    const unselect = () => flow.nodesChanged([{ type: 'select', id: 'n0', selected: false }])
    flow.isAdding = () => true
    unselect()
    expect(editor.get().selection.nodes.size).toBe(199)
    editor.select(all)
    flow.isAdding = () => false
    unselect()
    expect([...editor.get().selection.nodes].every((id) => flow.get().nodes.some((node) => node.id === id))).toBe(true)
    stop()
  })

  it('leaves a thing alone that is dragged beside it', () => {
    const { editor, flow, drag, stop } = looked()
    editor.select({ nodes: new Set(['n100', 'n101']) })
    drag('n0', { x: 0, y: 64 })
    flow.dropped()
    expect(editor.document.nodes.n100?.y).toBe(0)
    stop()
  })
})

describe('a drag that is taken back', () => {
  it('leaves all where it was, and is no step to undo', () => {
    const { editor, flow, drawn, drag, stop } = open(grouped)
    const before = editor.document
    flow.began()
    drag('a', { x: 90, y: 40 })
    expect(flow.dragged().has('a')).toBe(true)
    expect(flow.callOff()).toBe(true)
    drag('a', { x: 200, y: 40 })
    flow.dropped()
    expect(flow.dragged().size).toBe(0)
    expect(editor.document).toBe(before)
    expect(editor.get().history.past).toHaveLength(0)
    flow.began()
    drag('a', { x: 132, y: 0 })
    flow.dropped()
    expect(editor.document.nodes.a?.x).toBe((before.nodes.a?.x ?? 0) + 100)
    expect(drawn('a')?.position.x).toBe(onCanvas(editor.document.nodes.a ?? { x: 0, y: 0 }).x)
    stop()
  })

  it('is nothing while nothing is dragged', () => {
    const { flow, stop } = open(grouped)
    expect(flow.callOff()).toBe(false)
    stop()
  })
})

describe('the drawing of a chain', () => {
  it('makes anew what has changed, and nothing else', () => {
    const { editor, flow, drawn, stop } = open(grouped)
    const b = drawn('b')
    const apart = () => flow.get().edges.filter(({ source, target }) => source !== 'a' && target !== 'a')
    const edges = apart()
    const a = drawn('a')
    editor.edit('settings', changeNode('a', { name: 'other' }))
    expect(drawn('a')).not.toBe(a)
    expect(drawn('a')?.ariaLabel).toBe('other, script, 2')
    expect(drawn('b')).toBe(b)
    expect(edges).toHaveLength(1)
    expect(apart().every((edge, index) => edge === edges[index])).toBe(true)
    stop()
  })

  it('names each wire by its labels and ends, also when an end gets another name', () => {
    const { editor, flow, stop } = open(grouped)
    const named = (id: string) => flow.get().edges.find((edge) => edge.id === id)?.ariaLabel
    expect(named('a>b')).toBe('True to node b, from node a')
    editor.edit('settings', changeNode('b', { name: 'Save' }))
    expect(named('a>b')).toBe('True to Save, from node a')
    expect(named('b>c')).toBe('Success to node c, from Save')
    stop()
  })

  it('leaves the document alone while something is dragged, and makes one edit of it', () => {
    const { editor, flow, drawn, drag, stop } = open(grouped)
    const before = editor.document
    const c = drawn('c')
    drag('a', { x: 30, y: 0 })
    drag('a', { x: 36, y: 64 })
    expect(editor.document).toBe(before)
    expect(flow.dragged()).toEqual(
      new Map([
        ['a', { x: 66, y: 64 }],
        [entryId, expect.anything()],
      ]),
    )
    expect(drawn('a')?.position).toEqual({ x: 0, y: 0 })
    expect(drawn('c')).toBe(c)
    flow.dropped()
    expect(flow.dragged().size).toBe(0)
    expect(drawn('a')?.position).toEqual(onCanvas(inFile({ x: 66, y: 64 })))
    expect(editor.document.nodes.a).toMatchObject(inFile({ x: 66, y: 64 }))
    expect(editor.get().history.past.map(({ name }) => name)).toEqual(['move'])
    editor.undo()
    expect(drawn('a')?.position).toEqual({ x: 0, y: 0 })
    stop()
  })

  it('takes the nodes of a group with it, and the mark of the entry with the first node', () => {
    const { editor, flow, drawn, drag, stop } = open(grouped)
    drag('g', { x: 132, y: 128 })
    expect(flow.dragged().get('b')).toEqual(onCanvas({ x: 450, y: 200 }))
    flow.dropped()
    expect(editor.document.nodes.b).toMatchObject({ x: 450, y: 200, group: 'g' })
    const mark = drawn(entryId)?.position
    drag('a', { x: 10, y: 20 })
    expect(flow.dragged().get(entryId)).toEqual({ x: (mark?.x ?? 0) + 10, y: (mark?.y ?? 0) + 20 })
    stop()
  })

  it('puts a node into the group that it is dropped in, and out of it', () => {
    const { editor, flow, drag, stop } = open(grouped)
    drag('a', onCanvas({ x: 450, y: 40 }))
    flow.dropped()
    expect(editor.document.nodes.a?.group).toBe('g')
    drag('a', onCanvas({ x: 900, y: 0 }))
    flow.dropped()
    expect(editor.document.nodes.a?.group).toBeNull()
    stop()
  })

  it('hides what is in a collapsed group', () => {
    const { drawn, stop } = open(collapsed)
    expect(drawn('a')?.hidden).toBe(false)
    expect(drawn('b')?.hidden).toBe(true)
    stop()
  })

  it('selects every wire behind the one that is drawn', () => {
    const { editor, flow, stop } = open(collapsed)
    flow.edgesChanged([{ type: 'select', id: '~a>g', selected: true }])
    expect([...editor.get().selection.wires]).toEqual(['a>b', 'a>c'])
    stop()
  })

  it('moves with keys as one step, as long as they follow each other', () => {
    const { editor, flow, stop } = open(grouped)
    editor.select({ nodes: new Set(['a']) })
    flow.moveSelection(1, 0)
    flow.moveSelection(10, 0)
    expect(editor.document.nodes.a?.x).toBe(11)
    expect(editor.get().history.past).toHaveLength(1)
    stop()
  })
})

describe('a chain whose nodes have no places', () => {
  it('is laid out by the distance from the entry, circles and what is not reached included', () => {
    const places = firstLayout(
      aDocument([aNode('a'), aNode('b'), aNode('c'), aNode('alone')], ['a>b:True', 'a>c:False', 'c>a:Success']),
    )
    expect(new Set([...(places ?? [])].map(([, { x, y }]) => `${x} ${y}`)).size).toBe(4)
    expect(places?.get('b')?.x).toBe(places?.get('c')?.x)
  })

  it('is left as it is when they have', () => {
    expect(firstLayout(aDocument([aNode('a'), aNode('b', { x: 5 })]))).toBeNull()
  })
})
