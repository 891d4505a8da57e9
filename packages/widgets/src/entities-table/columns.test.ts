import { describe, expect, it } from 'vitest'
import { caseEntity } from '../case-data/series.ts'
import type { EntityRow } from '../host/host.ts'
import { columnsOf, initialSort, pointOf, recordOf } from './columns.ts'
import { entitiesTable } from './manifest.ts'

const words = { entity: 'Entity', label: 'Label', type: 'Type' }
const key = (type: 'timeseries' | 'attribute' | 'entityField' | 'alarm', name: string, settings = {}, label = '') => ({
  type,
  name,
  label,
  settings,
})
const settings = (given: Record<string, unknown> = {}) => entitiesTable.settings.parse(given)
const row: EntityRow = {
  entity: caseEntity('Pump 1'),
  fields: { name: 'Pump 1', type: 'pump', createdTime: '1767225600000' },
  values: new Map([['TIME_SERIES flow', [5, 3.2]]]),
}

describe('the columns of an entities table', () => {
  it('are those of the entity and one a key, each once', () => {
    const columns = columnsOf(
      settings(),
      [key('timeseries', 'flow'), key('timeseries', 'flow'), key('alarm', 'x')],
      words,
    )
    expect(columns.map(({ id, title }) => [id, title])).toEqual([
      ['ENTITY_FIELD name', 'Entity'],
      ['ENTITY_FIELD type', 'Type'],
      ['TIME_SERIES flow', 'flow'],
    ])
  })

  it('follow the settings of keys', () => {
    const [column] = columnsOf(
      settings({ displayEntityName: false, displayEntityType: false }),
      [
        key('attribute', 'active', {
          customTitle: 'Online',
          columnWidth: '80px',
          defaultColumnVisibility: 'hidden',
          disableSorting: true,
          useCellContentFunction: true,
          cellContentFunction: 'return value',
        }),
      ],
      words,
    )
    expect(column).toMatchObject({
      id: 'ATTRIBUTE active',
      title: 'Online',
      width: '80px',
      visibility: 'hidden',
      isSortable: false,
      content: 'return value',
      style: null,
    })
  })

  it('are sorted as the file says, by title, label, key or field', () => {
    const columns = columnsOf(settings(), [key('timeseries', 'flow', {}, 'Flow')], words)
    expect(initialSort('entityName', columns)).toEqual({ column: 'ENTITY_FIELD name', desc: false })
    expect(initialSort('-Flow', columns)).toEqual({ column: 'TIME_SERIES flow', desc: true })
    expect(initialSort('-nothing', columns)).toBeNull()
  })
})

describe('a cell', () => {
  const columns = columnsOf(
    settings(),
    [key('timeseries', 'flow', {}, 'Flow'), key('entityField', 'createdTime')],
    words,
  )
  const at = (id: string) => columns.find((column) => column.id === id)

  it('has the newest value, or that of a field, times as numbers', () => {
    expect(columns.map((column) => pointOf(row, column)?.[1])).toEqual(['Pump 1', 'pump', 3.2, 1_767_225_600_000])
  })

  it('is empty where nothing came', () => {
    const column = at('TIME_SERIES flow')
    expect(column && pointOf({ ...row, values: new Map() }, column)).toBeUndefined()
  })

  it('is told to functions by the label of its key', () => {
    expect(recordOf(row, columns)).toMatchObject({ entityName: 'Pump 1', entityType: 'DEVICE', Flow: 3.2 })
  })
})
