import { describe, expect, it } from 'vitest'
import type { FunctionsPort } from '../host/host.ts'
import { createNodeFunctions } from './functions.ts'
import { entitiesHierarchySettingsSchema } from './manifest.ts'
import { childNode, childrenQuery, nodeContext, plainLook, rootNode, type TreeNode } from './node.ts'
import { changeTree, emptyTree, foundRows, missingBranches, rowsOf, type Tree } from './tree.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

const root = (name: string, n: number): TreeNode =>
  rootNode({
    entity: { id: { entityType: 'ASSET', id: id(n) }, name, label: '', type: 'building' },
    fields: {},
    values: new Map([['TIME_SERIES temperature', [1, 21]]]),
  })
const child = (parent: TreeNode, name: string, n: number): TreeNode =>
  childNode(parent, {
    entityId: { entityType: 'DEVICE', id: id(n) },
    latest: {
      ENTITY_FIELD: { name: { ts: 0, value: name } },
      TIME_SERIES: { temperature: { ts: 1, value: '20' } },
    },
    timeseries: {},
    aggLatest: {},
  })

const shown = (tree: Tree) =>
  rowsOf(tree).map((row) =>
    row.kind === 'node' ? `${'  '.repeat(row.node.level - 1)}${row.look.text}` : `(${row.problem ?? 'more'})`,
  )
const entry = (node: TreeNode, roots = 9) => [node, plainLook(node, roots)] as const

describe('the tree', () => {
  const house = root('House', 1)
  const yard = root('Yard', 2)
  const start = changeTree(emptyTree, { type: 'roots', entries: [entry(house), entry(yard)] })

  it('opens a node, loads its children once, and closes it again', () => {
    const open = changeTree(start, { type: 'open', key: house.key, isOpen: true })
    expect(missingBranches(open)).toEqual([house.key])
    const loading = changeTree(open, { type: 'loading', key: house.key })
    expect(missingBranches(loading)).toEqual([])
    const loaded = changeTree(loading, {
      type: 'children',
      key: house.key,
      entries: [entry(child(house, 'Boiler', 3))],
      nextPage: null,
    })
    expect(shown(loaded)).toEqual(['House', '  Boiler', 'Yard'])
    const closed = changeTree(loaded, { type: 'open', key: house.key, isOpen: false })
    expect(shown(closed)).toEqual(['House', 'Yard'])
    expect(missingBranches(changeTree(closed, { type: 'open', key: house.key, isOpen: true }))).toEqual([])
  })

  it('shows what a search finds in branches that are known, with what leads to it', () => {
    const loaded = changeTree(start, {
      ...{ type: 'children', key: house.key, nextPage: 1 },
      entries: [entry(child(house, 'Boiler', 3)), entry(child(house, 'Pump', 4))],
    })
    const found = (search: string) =>
      foundRows(loaded, search).map((row) => row.kind === 'node' && [row.look.text, row.isOpen])
    expect(found(' boil ')).toEqual([
      ['House', true],
      ['Boiler', false],
    ])
    expect(found('house')).toEqual([['House', false]])
    expect(found('nothing')).toEqual([])
    expect(foundRows(loaded, ' ')).toEqual(rowsOf(loaded))
  })

  it('takes away the sign to open from what turned out to hold nothing', () => {
    const open = changeTree(start, { type: 'open', key: house.key, isOpen: true })
    const empty = changeTree(open, { type: 'children', key: house.key, entries: [], nextPage: null })
    expect(rowsOf(empty)[0]).toMatchObject({ canOpen: false, isOpen: false })
  })

  it('shows a failure below its node, and what is left of a long list', () => {
    const open = changeTree(start, { type: 'open', key: house.key, isOpen: true })
    expect(shown(changeTree(open, { type: 'failed', key: house.key, problem: 'no' }))).toEqual([
      'House',
      '(no)',
      'Yard',
    ])
    const first = changeTree(open, {
      type: 'children',
      key: house.key,
      entries: [entry(child(house, 'A', 3))],
      nextPage: 1,
    })
    expect(shown(first)).toEqual(['House', '  A', '(more)', 'Yard'])
    const second = changeTree(changeTree(first, { type: 'loading', key: house.key }), {
      type: 'children',
      key: house.key,
      entries: [entry(child(house, 'A', 3)), entry(child(house, 'B', 4))],
      nextPage: null,
    })
    expect(shown(second)).toEqual(['House', '  A', '  B', 'Yard'])
  })

  it('goes round a circle of relations no further than it is opened, and not for ever', () => {
    let node = house
    let tree = start
    for (let level = 1; level < 40; level += 1) {
      const next = childNode(node, { entityId: house.entity.id, latest: {}, timeseries: {}, aggLatest: {} })
      tree = changeTree(tree, { type: 'open', key: node.key, isOpen: true })
      tree = changeTree(tree, { type: 'children', key: node.key, entries: [entry(next)], nextPage: null })
      node = next
    }
    expect(rowsOf(tree).length).toBeLessThanOrEqual(21)
  })

  it('opens few roots of itself and many not', () => {
    const few = changeTree(emptyTree, { type: 'roots', entries: [entry(house, 1)] })
    expect(missingBranches(few)).toEqual([house.key])
    expect(missingBranches(start)).toEqual([])
  })
})

describe('questions for children', () => {
  const house = root('House', 1)

  it('are for what an entity contains, unless the file says otherwise', () => {
    expect(childrenQuery(house, undefined, 2, []).entityFilter).toMatchObject({
      rootEntity: house.entity.id,
      direction: 'FROM',
      maxLevel: 1,
      filters: [{ relationType: 'Contains', entityTypes: [] }],
    })
    expect(childrenQuery(house, 'default', 0, []).entityFilter).toMatchObject({
      filters: [{ relationType: 'Contains' }],
    })
    const own = {
      parameters: { rootId: id(7), rootType: 'CUSTOMER', direction: 'TO', maxLevel: 2 },
      filters: [{ relationType: 'Manages', entityTypes: ['DEVICE'] }],
    }
    expect(childrenQuery(house, own, 0, []).entityFilter).toMatchObject({
      rootEntity: { entityType: 'CUSTOMER', id: id(7) },
      direction: 'TO',
      maxLevel: 2,
      filters: [{ relationType: 'Manages', entityTypes: ['DEVICE'] }],
    })
  })

  it.each([[{ parameters: { direction: 'SIDEWAYS', maxLevel: -4 } }], [{ parameters: 'x', filters: 'y' }]])(
    'survive %j',
    (odd) => {
      expect(childrenQuery(house, odd, 0, []).entityFilter).toMatchObject({
        direction: 'FROM',
        maxLevel: 1,
        filters: [],
      })
    },
  )
})

describe('functions of the file', () => {
  const house = root('House', 1)
  const nodes = ['b', 'a', 'c'].map((name, n) => child(house, name, n + 3))
  const port = (answer: (code: string, call: readonly unknown[]) => unknown): FunctionsPort => ({
    callMany: async (code, _names, calls) =>
      calls.map((call) => {
        try {
          return { ok: true, value: answer(String(code), call) }
        } catch (cause) {
          return { ok: false, message: String(cause) }
        }
      }),
  })

  it('say text, icon and order; markup of a text is left out', async () => {
    const settings = entitiesHierarchySettingsSchema.parse({
      nodeTextFunction: 'text',
      nodeIconFunction: 'icon',
      nodesSortFunction: 'sort',
    })
    const say = (code: string, [, one, other]: readonly unknown[]) => {
      const name = (context: unknown) => JSON.stringify(context).match(/"name":"(\w)"/)?.[1] ?? ''
      if (code === 'text') return `<b>${name(one)}</b>!`
      if (code === 'icon') return { materialIcon: 'bolt' }
      return name(other).localeCompare(name(one))
    }
    const prepared = await createNodeFunctions(settings, port(say), () => {}).prepare(nodes, 1)
    expect(prepared.map(([, look]) => [look.text, look.icon])).toEqual([
      ['c!', 'bolt'],
      ['b!', 'bolt'],
      ['a!', 'bolt'],
    ])
  })

  it('are done without where they fail, and the failure is told', async () => {
    const settings = entitiesHierarchySettingsSchema.parse({ nodeTextFunction: 'text', nodeDisabledFunction: '  ' })
    const failures: string[] = []
    const throwing = port(() => {
      throw new Error('broken')
    })
    const prepared = await createNodeFunctions(settings, throwing, (message) => failures.push(message)).prepare(
      nodes,
      1,
    )
    expect(prepared.map(([, look]) => look.text)).toEqual(['a', 'b', 'c'])
    expect(new Set(failures)).toEqual(new Set(['Error: broken']))
  })

  it('get the node with its values and those above it', () => {
    expect(nodeContext(nodes[0] ?? house)).toMatchObject({
      entity: { name: 'b' },
      level: 2,
      data: { temperature: '20' },
      parentNodeCtx: { entity: { name: 'House' }, level: 1, data: { temperature: 21 } },
    })
  })
})
