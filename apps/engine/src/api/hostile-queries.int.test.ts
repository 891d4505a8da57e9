import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultOf, faultsOf } from '../testing/answer-faults.ts'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'
import { type ApiOperation, operationsOf } from './api-docs.ts'

/** Queries of entities and alarms are the widest door to SQL that a caller has. */
let api: ApiUnderTest
let operations: ApiOperation[]
beforeAll(async () => {
  api = await apiUnderTest()
  operations = operationsOf((await api.request({ method: 'GET', url: '/api-docs/json' })).body)
})
afterAll(() => api[Symbol.asyncDispose]())

const sqlText = `'; DROP TABLE users; --`

const ask = async (operation: ApiOperation, body: object, what: string): Promise<string | undefined> => {
  const began = performance.now()
  const answer = await api.admin.post(operation.path, body)
  const ms = performance.now() - began
  const label = `${operation.path} ${what} → ${answer.status} ${answer.text.slice(0, 160)}`
  return faultOf(operation, { answer, ms, label, isSignedIn: true })
}

const pageLink = { pageSize: 10, page: 0 }
const entityFilter = { type: 'entityType', entityType: 'DEVICE' }
const key = (type: string, name: string) => ({ type, key: name })
const value = (defaultValue: unknown) => ({ defaultValue, userValue: null, dynamicValue: null })
const equals = (text: unknown) => ({ type: 'STRING', operation: 'EQUAL', value: value(text), ignoreCase: false })
const nested = (depth: number): object =>
  depth === 0 ? equals('a') : { type: 'COMPLEX', operation: 'AND', predicates: [nested(depth - 1), equals('b')] }
const filter = (name: string, predicate: object) => ({
  key: key('TIME_SERIES', name),
  valueType: 'STRING',
  predicate,
})
const badKeys = [sqlText, 'a\u0000b', `"' OR 1=1`, 'x'.repeat(10_000), '__proto__', 'constructor', '$1', '%s']
const types = ['TIME_SERIES', 'ATTRIBUTE', 'ENTITY_FIELD', 'SERVER_ATTRIBUTE', 'ALARM_FIELD']
const hostile: [string, object][] = [
  ...badKeys.flatMap((bad): [string, object][] =>
    types.flatMap((type): [string, object][] => [
      [`latest ${type} ${bad.slice(0, 12)}`, { latestValues: [key(type, bad)] }],
      [`field ${type} ${bad.slice(0, 12)}`, { entityFields: [key(type, bad)] }],
      [
        `order by ${type} ${bad.slice(0, 12)}`,
        { pageLink: { ...pageLink, sortOrder: { key: key(type, bad), direction: 'ASC' } } },
      ],
      [`filter ${type} ${bad.slice(0, 12)}`, { keyFilters: [{ ...filter('a', equals('b')), key: key(type, bad) }] }],
    ]),
  ),
  ...badKeys.map((bad): [string, object] => [`value ${bad.slice(0, 12)}`, { keyFilters: [filter('a', equals(bad))] }]),
  ...badKeys.map((bad): [string, object] => [
    `name ${bad.slice(0, 12)}`,
    { entityFilter: { type: 'entityName', entityType: 'DEVICE', entityNameFilter: bad } },
  ]),
  ['search', { pageLink: { ...pageLink, textSearch: `%_\\'"\u0000` } }],
  ['huge page', { pageLink: { pageSize: 1_000_000_000, page: 2_147_483_647 } }],
  ['endless number', { pageLink: { pageSize: 1e308, page: 1e308 } }],
  ['nested predicates', { keyFilters: [filter('a', nested(60))] }],
  ['many filters', { keyFilters: Array.from({ length: 2_000 }, (_, n) => filter(`k${n}`, equals('b'))) }],
  ['many keys', { latestValues: Array.from({ length: 20_000 }, (_, n) => key('TIME_SERIES', `k${n}`)) }],
  ['many ids', { entityFilter: { type: 'entityList', entityType: 'DEVICE', entityList: Array(50_000).fill('x') } }],
  ['unknown filter', { entityFilter: { type: sqlText } }],
  [
    'unknown direction',
    { pageLink: { ...pageLink, sortOrder: { key: key('ENTITY_FIELD', 'name'), direction: sqlText } } },
  ],
]

test('hostile queries of entities and alarms are answered, by data or by a refusal', async () => {
  const paths = [
    '/api/entitiesQuery/find',
    '/api/entitiesQuery/count',
    '/api/alarmsQuery/find',
    '/api/alarmsQuery/count',
  ]
  const asked = operations.filter(({ path }) => paths.includes(path))
  expect(asked).toHaveLength(paths.length)
  const tries = asked.flatMap((operation) =>
    hostile.map(
      ([what, part]) =>
        () =>
          ask(operation, { entityFilter, pageLink, ...part }, what),
    ),
  )
  expect(await faultsOf(tries)).toEqual([])
})
