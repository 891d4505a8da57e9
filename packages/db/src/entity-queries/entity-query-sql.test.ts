import type { EntityFilter, EntityKey } from '@thingwire/contracts'
import { describe, expect, test } from 'vitest'
import type { Principal } from '../database.ts'
import {
  countStatement,
  findStatement,
  keyNames,
  scopelessNames,
  type SettledPage,
  type SettledSearch,
} from './entity-query-sql.ts'
import { plainDecimal } from './latest-values.ts'
import { type Comparable, predicateSql, type SettledPredicate, splitList } from './predicates.ts'

const viewer: Principal = {
  userId: '018f2f3a-0000-7000-8000-000000000001',
  authority: 'TENANT_ADMIN',
  tenantId: '018f2f3a-0000-7000-8000-000000000002',
  customerId: null,
}
const evil = `x'"; DROP TABLE devices; --\\`
const keyTypes: readonly EntityKey['type'][] = [
  'ATTRIBUTE',
  'CLIENT_ATTRIBUTE',
  'SHARED_ATTRIBUTE',
  'SERVER_ATTRIBUTE',
  'TIME_SERIES',
  'ENTITY_FIELD',
  'ALARM_FIELD',
]
const keys = keyTypes.map((type): EntityKey => ({ type, key: evil }))
const predicates: readonly SettledPredicate[] = [
  ...(['EQUAL', 'NOT_EQUAL', 'STARTS_WITH', 'ENDS_WITH', 'CONTAINS', 'NOT_CONTAINS', 'IN', 'NOT_IN'] as const).flatMap(
    (operation): SettledPredicate[] => [
      { type: 'STRING', operation, value: evil, ignoreCase: false },
      { type: 'STRING', operation, value: evil, ignoreCase: true },
    ],
  ),
  { type: 'NUMERIC', operation: 'GREATER', value: 1.5 },
  { type: 'BOOLEAN', operation: 'NOT_EQUAL', value: true },
]
const root = { entityType: 'ASSET' as const, id: '018f2f3a-0000-7000-8000-000000000003' }
const walk = { rootEntity: root, direction: 'FROM' as const, relationType: evil }
const filters: readonly EntityFilter[] = [
  { type: 'singleEntity', singleEntity: root },
  { type: 'entityList', entityType: 'DEVICE', entityList: [root.id] },
  { type: 'entityName', entityType: 'USER', entityNameFilter: evil },
  { type: 'entityType', entityType: 'DASHBOARD' },
  { type: 'assetType', assetTypes: [evil], assetNameFilter: evil },
  { type: 'deviceType', deviceTypes: [evil], deviceNameFilter: evil },
  { type: 'entityViewType', entityViewTypes: [evil], entityViewNameFilter: evil },
  { type: 'apiUsageState' },
  { type: 'relationsQuery', ...walk, filters: [{ relationType: evil, entityTypes: ['DEVICE'] }] },
  { type: 'assetSearchQuery', ...walk, assetTypes: [evil] },
  { type: 'deviceSearchQuery', ...walk, deviceTypes: [evil] },
  { type: 'entityViewSearchQuery', ...walk, entityViewTypes: [evil] },
]

describe('statements', () => {
  const known = { ids: new Map([[evil, 7]]), onlyScopes: new Map<number, number>() }
  test('hold nothing of what a caller sends, whatever the filter, key and predicate', () => {
    for (const filter of filters)
      for (const keyFiltersOperation of ['AND', 'OR'] as const) {
        const search: SettledSearch = {
          filter,
          keyFilters: keys.flatMap((key) => predicates.map((predicate) => ({ key, predicate }))),
          keyFiltersOperation,
        }
        for (const [sortKey, onlyScopes] of keys.flatMap((key) => [
          [key, known.onlyScopes] as const,
          [key, new Map([[7, 2]])] as const,
        ])) {
          const page: SettledPage = {
            selection: keys,
            textSearch: evil,
            sort: { key: sortKey, direction: 'DESC' },
            limit: 10,
            offset: 0,
          }
          const statement = findStatement(search, page, viewer, { ...known, onlyScopes })
          expect(statement?.text).toBeDefined()
          expect(statement?.text).not.toContain('DROP')
          expect(statement?.text).not.toContain(root.id)
          const used = new Set(statement?.text.match(/\$\d+/g))
          expect(used.size, 'each bound value is used').toBe(statement?.values.length)
        }
        expect(countStatement(search, viewer, known)?.text).not.toContain('DROP')
      }
  })

  test('are not even asked where nothing can be found', () => {
    const search = (filter: EntityFilter, rest: Partial<SettledSearch> = {}): SettledSearch => ({
      filter,
      keyFilters: [],
      keyFiltersOperation: 'AND',
      ...rest,
    })
    expect(countStatement(search({ type: 'edgeType', edgeTypes: ['default'] }), viewer, known)).toBeNull()
    expect(countStatement(search({ type: 'entityType', entityType: 'EDGE' }), viewer, known)).toBeNull()
    const unknown = [
      { key: { type: 'TIME_SERIES' as const, key: 'never' }, predicate: predicates[0] as SettledPredicate },
    ]
    expect(
      countStatement(search({ type: 'entityType', entityType: 'DEVICE' }, { keyFilters: unknown }), viewer, known),
    ).toBeNull()
    const nobody: Principal = { ...viewer, tenantId: null }
    expect(countStatement(search({ type: 'entityType', entityType: 'DEVICE' }), nobody, known)).toBeNull()
  })

  test('need the ids of latest keys alone', () => {
    const search: SettledSearch = {
      filter: { type: 'entityType', entityType: 'DEVICE' },
      keyFilters: [{ key: { type: 'TIME_SERIES', key: 'a' }, predicate: predicates[0] as SettledPredicate }],
      keyFiltersOperation: 'AND',
    }
    const page: SettledPage = {
      selection: [
        { type: 'ENTITY_FIELD', key: 'name' },
        { type: 'ATTRIBUTE', key: 'b' },
        { type: 'TIME_SERIES', key: 'a' },
      ],
      textSearch: null,
      sort: { key: { type: 'SERVER_ATTRIBUTE', key: 'c' }, direction: 'ASC' },
      limit: 1,
      offset: 0,
    }
    expect(keyNames(search, page)).toEqual(['a', 'b', 'c'])
    const byAttribute = { ...page, sort: { key: { type: 'ATTRIBUTE' as const, key: 'd' }, direction: 'ASC' as const } }
    expect(scopelessNames(search, byAttribute)).toEqual(['d'])
  })
})

describe('numbers against whole columns', () => {
  const subject: Comparable = { text: null, long: 'l', double: null, boolean: null }
  const compare = (operation: Extract<SettledPredicate, { type: 'NUMERIC' }>['operation'], value: number) => {
    const values: unknown[] = []
    const text = predicateSql({ type: 'NUMERIC', operation, value }, subject, (one) => `$${values.push(one)}`)
    return [text, ...values]
  }
  test.each([
    ['GREATER', 1.5, '(l > $1::bigint)', 1n],
    ['GREATER_OR_EQUAL', 1.5, '(l > $1::bigint)', 1n],
    ['LESS', 1.5, '(l < $1::bigint)', 2n],
    ['LESS_OR_EQUAL', -1.5, '(l < $1::bigint)', -1n],
    ['EQUAL', 1.5, '(false)'],
    ['NOT_EQUAL', 1.5, '(l IS NOT NULL)'],
    ['EQUAL', 3, '(l = $1::bigint)', 3n],
    ['LESS', 1e300, '(l IS NOT NULL)'],
    ['GREATER', 1e300, '(false)'],
    ['GREATER', -1e300, '(l IS NOT NULL)'],
    ['LESS', -1e300, '(false)'],
    ['NOT_EQUAL', 1e300, '(l IS NOT NULL)'],
  ] as const)('%s %d is %s', (operation, value, ...expected) => {
    expect(compare(operation, value)).toEqual(expected)
  })
})

test.each([
  ['a, b', ['a', 'b']],
  [`"a,b",'c,d'`, ['a,b', 'c,d']],
  [`it's, fine`, ["it's", 'fine']],
  ['a,,b,', ['a', 'b']],
  [`'open, never closed`, [`'open, never closed`]],
  ['""', []],
])('the list %j is %j', (text, items) => {
  expect(splitList(text)).toEqual(items)
})

test.each([
  ['20', '20'],
  ['20.5', '20.5'],
  ['1e+20', '100000000000000000000'],
  ['1.25e-07', '0.000000125'],
  ['-1.5e+01', '-15'],
  ['-1.25e+01', '-12.5'],
  ['NaN', 'NaN'],
])('the double %s is shown as %s', (text, shown) => {
  expect(plainDecimal(text)).toBe(shown)
})
