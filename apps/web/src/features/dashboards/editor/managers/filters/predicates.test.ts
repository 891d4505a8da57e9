import { readDashboard } from '@thingwire/dashboards'
import { keyFilterSchema } from '@thingwire/contracts'
import { describe, expect, test } from 'vitest'
import {
  entriesOf,
  newGroup,
  newKeyFilter,
  newPredicate,
  valueTypes,
  withPredicate,
  withValueType,
} from './predicates.ts'

const read = (keyFilters: readonly object[]) =>
  readDashboard({ filters: { f: { filter: 'F', editable: true, keyFilters } } }).document.filters.get('f')
const named = (keyFilter: object) => ({ ...keyFilter, key: { type: 'TIME_SERIES', key: 't' } })

describe('predicates that are made here', () => {
  test.each(valueTypes)('%s is what the server takes, alone and in groups', (valueType) => {
    const keyFilter = named({ valueType, predicates: [newPredicate(valueType), newGroup(valueType)] })
    const filter = read([keyFilter])
    expect(filter?.keyFilters).toHaveLength(2)
    for (const one of filter?.keyFilters ?? []) expect(keyFilterSchema.safeParse(one).success).toBe(true)
  })
  test('a new one is no input of the toolbar until somebody says so', () => {
    expect(read([named(newKeyFilter())])?.inputs).toEqual([])
    const entry = { ...newPredicate('NUMERIC'), userInfo: { editable: true, label: 'Above', order: 1 } }
    expect(read([named({ valueType: 'NUMERIC', predicates: [entry] })])?.inputs).toMatchObject([{ label: 'Above' }])
  })
})

describe('withValueType', () => {
  test.each(valueTypes)('to %s leaves nothing that does not fit', (valueType) => {
    const strange = {
      keyFilterPredicate: { type: 'STRING', operation: 'STARTS_WITH', value: { defaultValue: 'x' } },
      userInfo: { editable: true, label: 'L' },
    }
    const group = { keyFilterPredicate: { type: 'COMPLEX', operation: 'OR', predicates: [strange] } }
    const changed = withValueType(named({ valueType: 'STRING', predicates: [strange, group] }), valueType)
    expect(read([changed])?.keyFilters).toHaveLength(2)
    expect(entriesOf(changed)[0]?.userInfo).toMatchObject({ editable: true, label: 'L' })
  })
  test('keeps a comparison that both kinds have', () => {
    const equal = withPredicate(newPredicate('NUMERIC'), { operation: 'NOT_EQUAL' })
    const changed = withValueType({ predicates: [equal] }, 'BOOLEAN')
    expect(entriesOf(changed)[0]).toMatchObject({ keyFilterPredicate: { type: 'BOOLEAN', operation: 'NOT_EQUAL' } })
  })
})

test('bare predicates of old files get what stands beside them', () => {
  const [entry] = entriesOf({ predicate: { type: 'NUMERIC', operation: 'LESS', value: { defaultValue: 3 } } })
  expect(withPredicate(entry ?? {}, { operation: 'GREATER' })).toMatchObject({
    keyFilterPredicate: { type: 'NUMERIC', operation: 'GREATER', value: { defaultValue: 3 } },
  })
})
