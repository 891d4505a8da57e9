import { describe, expect, it } from 'vitest'
import { readVisibility, type WidgetVisibility, withoutHidden } from './visibility.ts'

const when = {
  entityAliasId: 'a',
  key: 'mode',
  scope: 'SERVER_SCOPE' as const,
  condition: { column: '', operation: 'equal' as const, value: 'service', to: null },
}

describe('for whom a widget is drawn', () => {
  it.each<[unknown, WidgetVisibility]>([
    [{ roles: ['administrators', 'owners'] }, { roles: ['administrators'], when: null }],
    [{ roles: [] }, { roles: [], when: null }],
    [
      { when: { entityAliasId: 'a', scope: 'SERVER_SCOPE', key: 'mode', operation: 'equal', value: 'service' } },
      { roles: null, when },
    ],
    [
      { roles: ['visitors'], when: { entityAliasId: 'a', scope: 'x', key: 'mode', operation: 'isTrue' } },
      {
        roles: ['visitors'],
        when: { ...when, scope: null, condition: { ...when.condition, operation: 'isTrue', value: null } },
      },
    ],
  ])('is read of the widget: %j', (visibility, read) => {
    expect(readVisibility({ thingwire: { visibility } })).toEqual(read)
  })

  it('is everybody where nothing is said, all are named, or nothing can be read', () => {
    for (const visibility of [
      undefined,
      'x',
      {},
      { roles: ['administrators', 'customers', 'visitors'] },
      { roles: 'administrators' },
      { when: { key: 'mode', operation: 'equal' } },
      { when: { ...when, operation: 'eval' } },
    ])
      expect(readVisibility({ thingwire: { visibility } })).toBeNull()
    expect(readVisibility(null)).toBeNull()
  })
})

describe('what is left of a grid without hidden widgets', () => {
  const items = [
    { id: 'head', row: 0, rows: 2 },
    { id: 'left', row: 2, rows: 4 },
    { id: 'right', row: 2, rows: 6 },
    { id: 'foot', row: 8, rows: 3 },
  ]
  const left = (...hidden: string[]) => withoutHidden(items, ({ id }) => hidden.includes(id))

  it('moves up over rows that only hidden ones stood in', () => {
    expect(left('head')).toEqual([
      { id: 'left', row: 0, rows: 4 },
      { id: 'right', row: 0, rows: 6 },
      { id: 'foot', row: 6, rows: 3 },
    ])
    expect(left('right').at(-1)).toEqual({ id: 'foot', row: 6, rows: 3 })
    expect(left('head', 'left', 'right')).toEqual([{ id: 'foot', row: 0, rows: 3 }])
  })

  it('stays where something stands beside', () => {
    expect(left('left').map(({ row }) => row)).toEqual([0, 2, 8])
    expect(left()).toEqual(items)
    expect(left('head', 'left', 'right', 'foot')).toEqual([])
  })

  it('is found for any height of a file', () => {
    expect(
      withoutHidden(
        [
          { row: 0, rows: 4_000_000_000 },
          { row: 5, rows: 1 },
        ],
        ({ rows }) => rows > 9,
      ),
    ).toHaveLength(1)
  })
})
