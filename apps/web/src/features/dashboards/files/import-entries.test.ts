import { describe, expect, it } from 'vitest'
import { entriesOf } from './import-entries.ts'

const widget = (typeFullFqn: string) => ({
  typeFullFqn,
  type: 'latest',
  sizeX: 4,
  sizeY: 3,
  row: 0,
  col: 0,
  config: {},
})
const file = (change: object = {}) => ({
  title: 'Plant',
  configuration: {
    widgets: { a: widget('system.cards.value_card'), b: widget('tenant.own'), c: widget('tenant.own') },
    states: { default: { name: 'Plant', root: true, layouts: { main: { widgets: {}, gridSettings: {} } } } },
    entityAliases: { x: { id: 'x', alias: 'Odd', filter: { type: 'fromTheFuture' } } },
    ...change,
  },
})
const read = (value: unknown) =>
  entriesOf('plant.json', typeof value === 'string' ? value : JSON.stringify(value), (type) => type !== 'tenant.own')

describe('a file that is to be imported', () => {
  it('tells what it brings, and what of it cannot be shown', () => {
    expect(read(file())).toMatchObject([
      {
        problem: null,
        title: 'Plant',
        widgets: 3,
        unknown: [{ type: 'tenant.own', count: 2 }],
        oddAliases: ['Odd'],
      },
    ])
  })

  it('is called like the file where it has no title', () => {
    expect(read({ ...file(), title: '' })).toMatchObject([{ title: 'plant' }])
  })

  it('may hold several, each of which can be wrong by itself', () => {
    expect(read([file(), { ruleChain: {}, metadata: {} }])).toMatchObject([
      { problem: null },
      { problem: { kind: 'otherKind', found: 'ruleChain' } },
    ])
  })

  it.each([
    ['', 'empty'],
    ['{"title": "x", ', 'notJson'],
    ['[1]', 'notDashboard'],
    ['7', 'notDashboard'],
  ])('%j is refused as %s', (text, kind) => {
    expect(read(text)).toMatchObject([{ problem: { kind } }])
  })
})
