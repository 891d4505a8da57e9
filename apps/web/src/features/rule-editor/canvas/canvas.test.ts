import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import { describe, expect, it } from 'vitest'
import { nodeSize, onCanvas } from '../model/places.ts'
import { aDocument, aNode } from '../model/testing.ts'
import { align, distribute } from './align.ts'
import { boundsOf, snapBox } from './guides.ts'
import { commandOf, commands, keysOf } from './keymap.ts'
import { likelyLabel, offeredLabels, usualLabel } from './labels.ts'
import { freeName, freePlace, insertInto, isLoose, leadThrough, newNode, roomIn } from './new-node.ts'
import { rankTypes } from './quick-add.ts'
import { chainPath } from './via.ts'
import { nextFromWire, nextIn, readingOrder, stopsOf } from './walk.ts'

const classOf = (type: string) => nodeManifests.find((one) => one.type === type)?.className ?? ''
const press = (key: string, mods: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', true>> = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false },
  ...mods,
})

describe('guides', () => {
  const size = { width: 100, height: 40 }
  it('draw a box into line with the nearest edge or middle', () => {
    const snap = snapBox({ x: 203, y: 300, ...size }, [{ x: 200, y: 0, ...size }], { reach: 5, grid: null })
    expect(snap).toMatchObject({ dx: -3, dy: 0 })
    expect(snap.guides).toEqual([{ axis: 'x', at: 200, from: 0, to: 340 }])
  })

  it('leave it to the grid where nothing is near', () => {
    const snap = snapBox({ x: 14, y: 27, ...size }, [{ x: 400, y: 400, ...size }], { reach: 5, grid: { x: 10, y: 10 } })
    expect(snap).toEqual({ dx: -4, dy: 3, guides: [] })
  })
})

describe('aligning', () => {
  const boxes = new Map([
    ['a', { x: 0, y: 0, width: 10, height: 10 }],
    ['b', { x: 15, y: 30, width: 10, height: 20 }],
    ['c', { x: 90, y: 5, width: 10, height: 10 }],
  ])
  it('puts edges and middles in line', () => {
    expect([...align(boxes, 'right')].map(([, { x }]) => x)).toEqual([90, 90, 90])
    expect([...align(boxes, 'middle')].map(([, { y }]) => y)).toEqual([20, 15, 20])
  })

  it('makes the room between neighbours equal and keeps the ends', () => {
    const placed = distribute(boxes, 'columns')
    expect(placed.get('a')?.x).toBe(0)
    expect(placed.get('b')?.x).toBe(45)
    expect(placed.get('c')?.x).toBe(90)
    expect(boundsOf([...boxes.values()])).toEqual({ x: 0, y: 0, width: 100, height: 50 })
  })
})

describe('labels of a wire', () => {
  const filter = aNode('a', { className: classOf('script-filter') })
  const call = aNode('a', { className: classOf('rule-chain-input') })

  it('are those of the type and Failure, the free ones first', () => {
    const document = aDocument([filter, aNode('b')], ['a>b:True'])
    const offered = offeredLabels(document, filter)
    expect(offered).toEqual({ labels: ['False', 'Failure', 'True'], free: ['False', 'Failure'], isFree: false })
    expect(likelyLabel(offered)).toBe('False')
  })

  it('of the wire itself do not count as taken', () => {
    const document = aDocument([filter, aNode('b')], ['a>b:True'])
    expect(offeredLabels(document, filter, { except: 'a>b' }).free).toEqual(['True', 'False', 'Failure'])
  })

  it('are those of the called chain where others can be typed', () => {
    const offered = offeredLabels(aDocument([call]), call, { called: ['Done'] })
    expect(offered).toMatchObject({ labels: ['Done', 'Success', 'Failure'], isFree: true })
  })

  it('are never Failure when nobody says', () => {
    for (const { className } of nodeManifests) expect(usualLabel(className)).not.toBe('Failure')
  })
})

describe('finding a type', () => {
  const first = (query: string) => rankTypes(nodeManifests, query)[0]?.type
  it('by the beginning of its name, a word in it, its initials', () => {
    expect(first('create al')).toBe('create-alarm')
    expect(first('alarm create')).toBe('create-alarm')
    expect(first('sts')).toBe('save-time-series')
    expect(first('rest')).toBe('rest-api-call')
  })

  it('finds nothing for what no type has', () => {
    expect(rankTypes(nodeManifests, 'zzz')).toEqual([])
    expect(rankTypes(nodeManifests, ' ')).toHaveLength(nodeManifests.length)
  })
})

describe('a new node', () => {
  const manifest = nodeManifests.find((one) => one.type === 'script-filter')
  const document = aDocument([aNode('a'), aNode('b', { name: 'Script' })], ['a>b:True/False'])

  it('has the defaults of its type and a name of its own', () => {
    if (!manifest) throw new Error('No script filter')
    const node = newNode(document, manifest, 'n', { x: 132, y: 128 })
    expect(node).toMatchObject({ name: 'Script 2', x: 100, y: 100, configuration: manifest.defaults })
    expect(node.configuration).not.toBe(manifest.defaults)
    expect(freeName(document, 'Other')).toBe('Other')
  })

  it('put into a wire takes over its labels', () => {
    const inserted = insertInto('a>b', aNode('n'))(document)
    expect(Object.keys(inserted.wires).sort()).toEqual(['a>n', 'n>b'])
    expect(inserted.wires['a>n']?.labels).toEqual(['True', 'False'])
    expect(inserted.wires['n>b']?.labels).toEqual(['True'])
  })

  it('that is there already and loose is put into a wire, one that is wired is not', () => {
    const before = aDocument([aNode('a'), aNode('b'), aNode('n')], ['a>b:True'])
    expect([isLoose(before, 'n'), isLoose(before, 'a'), isLoose(before, 'gone')]).toEqual([true, false, false])
    const after = leadThrough('a>b', 'n')(before)
    expect(Object.keys(after.wires).sort()).toEqual(['a>n', 'n>b'])
    expect(after.nodes).toEqual(before.nodes)
    expect(leadThrough('a>b', 'gone')(before)).toBe(before)
  })

  it('put into a short wire pushes what follows to the right, and nothing else', () => {
    const chain = aDocument(
      [aNode('a', { x: 0, y: 0 }), aNode('b', { x: 200, y: 0 }), aNode('c', { x: 100, y: 200 })],
      ['a>b:True', 'b>c:Success'],
    )
    const room = roomIn(chain, 'a>b', null)
    const after = room?.edit(chain)
    expect(room?.place.y).toBe(0)
    expect(onCanvas(after?.nodes.a ?? { x: -1, y: 0 }).x + nodeSize.width).toBeLessThan(room?.place.x ?? 0)
    expect((room?.place.x ?? 0) + nodeSize.width).toBeLessThan(onCanvas(after?.nodes.b ?? { x: -1, y: 0 }).x)
    expect(after?.nodes.c).toEqual(chain.nodes.c)
    expect(roomIn(chain, 'b>c', null)).toBeNull()
  })

  it('that sends nothing on ends the wire', () => {
    const output = aNode('n', { className: classOf('rule-chain-output') })
    expect(Object.keys(insertInto('a>b', output)(document).wires)).toEqual(['a>n'])
  })

  it('covers no other', () => {
    expect(freePlace(document, { x: 0, y: 0 }).y).toBeGreaterThan(56)
    expect(freePlace(document, { x: 0, y: 400 })).toEqual({ x: 0, y: 400 })
  })
})

describe('walking', () => {
  const document = aDocument(
    [
      aNode('a'),
      aNode('low', { x: 300, y: 200 }),
      aNode('high', { x: 300, y: -100 }),
      aNode('end', { x: 600, y: -90 }),
    ],
    ['a>low:True', 'a>high:False', 'high>end:Success', 'end>a:Failure'],
  )
  it('reads from the entry along the wires, upper branches first, and ends in circles', () => {
    expect(readingOrder(document)).toEqual(['a', 'high', 'end', 'low'])
  })

  it('goes along wires to the right, against them to the left, else to what stands there', () => {
    expect(nextIn(document, 'a', 'right')).toBe('high')
    expect(nextIn(document, 'high', 'left')).toBe('a')
    expect(nextIn(document, 'high', 'down')).toBe('low')
    expect(nextIn(document, 'a', 'up')).not.toBe('low')
  })

  const lines = Object.entries(document.wires).map(([id, { from, to }]) => ({ id, source: from, target: to }))
  it('stops at each node and then at the wires that leave it, upper ones first', () => {
    expect(stopsOf(document, readingOrder(document), lines).map(({ id }) => id)).toEqual([
      ...['a', 'a>high', 'a>low', 'high', 'high>end', 'end', 'end>a', 'low'],
    ])
  })

  it('leaves a wire for its ends, or for the one above or below it', () => {
    expect(nextFromWire(document, lines, 'a>high', 'right')).toEqual({ kind: 'node', id: 'high' })
    expect(nextFromWire(document, lines, 'a>high', 'left')).toEqual({ kind: 'node', id: 'a' })
    expect(nextFromWire(document, lines, 'a>high', 'down')).toEqual({ kind: 'wire', id: 'a>low' })
    expect(nextFromWire(document, lines, 'a>high', 'up')).toBeNull()
    expect(nextFromWire(document, lines, 'gone', 'right')).toBeNull()
  })
})

describe('keys', () => {
  it('are commands, some of them everywhere', () => {
    expect(commandOf(press('z', { ctrlKey: true }))).toEqual({ command: 'undo', anywhere: true })
    expect(commandOf(press('Z', { metaKey: true, shiftKey: true }))).toEqual({ command: 'redo', anywhere: true })
    expect(commandOf(press('a'))).toEqual({ command: 'add', anywhere: false })
    expect(commandOf(press('a', { ctrlKey: true }))).toEqual({ command: 'selectAll', anywhere: false })
    expect(commandOf(press('?', { shiftKey: true }))?.command).toBe('help')
    expect(commandOf(press('q'))).toBeNull()
  })

  it('are written down for each command', () => {
    for (const command of commands) expect(keysOf(command, false).length).toBeGreaterThan(0)
    expect(keysOf('copy', true)).toEqual([['⌘', 'C']])
  })
})

describe('the way back out of nested chains', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((one) => `${one.repeat(8)}-0000-4000-8000-000000000000`)
  it('grows on the way in', () => {
    expect(chainPath(c ?? '', b ?? '', `?via=${a}`)).toBe(`/rule-chains/${c}?via=${a},${b}`)
  })

  it('does not run in circles', () => {
    expect(chainPath(a ?? '', b ?? '', `?via=${a}`)).toBe(`/rule-chains/${a}`)
  })
})
