import { entityDataQuerySchema } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { keyOf, pageQuery, rowOf } from './page-query.ts'

const base = { entityFilter: { type: 'entityType', entityType: 'DEVICE' } } as const
const key = (type: string, name: string) => ({ type, name }) as never

test('a page asks for the columns once, sorted by name unless told otherwise, and is a question that the server takes', () => {
  const { query, keys } = pageQuery(
    base,
    {
      dataKeys: [
        key('timeseries', 'flow'),
        key('entityField', 'entityName'),
        key('timeseries', 'flow'),
        key('function', 'f'),
      ],
    },
    {
      datasource: 0,
      page: 2,
      pageSize: 20,
      search: '',
      sort: null,
      keys: [{ type: 'SERVER_ATTRIBUTE', key: 'active' }],
    },
  )
  expect(keys).toEqual([
    { type: 'TIME_SERIES', key: 'flow' },
    { type: 'SERVER_ATTRIBUTE', key: 'active' },
  ])
  expect(query.entityFields?.map((field) => field.key)).toEqual(['name', 'label', 'type', 'createdTime'])
  expect(query.pageLink).toMatchObject({ page: 2, pageSize: 20, textSearch: null, sortOrder: { direction: 'ASC' } })
  expect(() => entityDataQuerySchema.parse(query)).not.toThrow()
})

test('fields by the names that files have for them', () => {
  expect(keyOf({ type: 'entityField', name: 'entityLabel' })).toEqual({ type: 'ENTITY_FIELD', key: 'label' })
  expect(keyOf({ type: 'entityField', name: 'createdTime' })).toEqual({ type: 'ENTITY_FIELD', key: 'createdTime' })
  expect(keyOf({ type: 'alarm', name: 'severity' })).toBeNull()
})

test('a row is what was known and what changed; a value that is gone is gone', () => {
  const id = { entityType: 'DEVICE', id: 'd' } as const
  const first = rowOf({
    entityId: id,
    latest: {
      ENTITY_FIELD: { name: { ts: 0, value: 'Pump' } },
      TIME_SERIES: { flow: { ts: 5, value: '3.5' }, mode: { ts: 5, value: 'auto' } },
    },
  } as never)
  expect(first.entity.name).toBe('Pump')
  expect(first.values.get('TIME_SERIES flow')).toEqual([5, 3.5])
  const next = rowOf({ entityId: id, latest: { TIME_SERIES: { mode: { ts: 0, value: '' } } } } as never, first)
  expect(next.entity.name).toBe('Pump')
  expect([...next.values.keys()]).toEqual(['TIME_SERIES flow'])
})
