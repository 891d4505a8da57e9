import { randomUUID } from 'node:crypto'
import { type Authority, uuidSchema } from '@thingwire/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultOf, faultsOf, mayWait, type Tried } from '../testing/answer-faults.ts'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'
import { type Aim, aimAt, operationName } from './access-matrix/aim.ts'
import type { MatrixRoom } from './access-matrix/room.ts'
import { rooms as prepareRooms } from './access-matrix/rooms.ts'
import { type ApiOperation, operationsOf } from './api-docs.ts'

/**
 * Walks every operation of the OpenAPI document with input that nobody sends by mistake, as somebody who may call it.
 * Whatever comes, the answer is one of the contract's, comes soon, and says nothing of the inside.
 */
let api: ApiUnderTest
let operations: ApiOperation[]
let aim: Aim
let tokens: Record<Authority, string>

beforeAll(async () => {
  api = await apiUnderTest()
  operations = operationsOf((await api.request({ method: 'GET', url: '/api-docs/json' })).body)
  const rooms: MatrixRoom[] = []
  for (const prepare of prepareRooms) rooms.push(await prepare(api))
  aim = aimAt(rooms)
  tokens = {
    TENANT_ADMIN: api.admin.token,
    SYS_ADMIN: api.systemAdmin.token,
    CUSTOMER_USER: api.customer.token,
  }
})
afterAll(() => api[Symbol.asyncDispose]())

/** Whoever may call it and sees most; nobody for what is public, or for the steps of an unfinished sign-in. */
const callerOf = ({ roles }: ApiOperation): Record<string, string> => {
  const role = (['TENANT_ADMIN', 'SYS_ADMIN', 'CUSTOMER_USER'] as const).find((one) => roles.includes(one))
  return role ? { 'x-authorization': `Bearer ${tokens[role]}` } : {}
}
/** Signing out would leave the rest of the walk without a caller; the page of mails is no part of an installation. */
const isWalked = (operation: ApiOperation) =>
  !['POST /api/auth/logout', 'DELETE /api/session'].includes(operationName(operation)) &&
  !operation.path.startsWith('/api/dev/')
const parametersOf = ({ path }: ApiOperation) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
/** Ids of nothing: what would be changed or deleted is not there. */
const nowhere = (operation: ApiOperation): Record<string, string> => {
  const aimed = aim.path(operation).split('/')
  const isId = (part: string, at: number) => part.startsWith('{') && uuidSchema.safeParse(aimed[at]).success
  return Object.fromEntries(
    operation.path
      .split('/')
      .filter(isId)
      .map((part) => [part.slice(1, -1), randomUUID()]),
  )
}

type Sent = { url?: string; method?: string; headers?: Record<string, string>; payload?: string }

const send = async (operation: ApiOperation, { url, method, headers, payload }: Sent, what: string): Promise<Tried> => {
  const caller = callerOf(operation)
  const began = performance.now()
  const answer = await api.request({
    method: method ?? operation.method,
    url: url ?? aim.path(operation),
    headers: { ...caller, ...headers },
    ...(payload !== undefined && { payload }),
  })
  const ms = performance.now() - began
  // What is about the caller's own password or factors may answer 401.
  const isSignedIn = 'x-authorization' in caller && !aim.isIn('actsForCaller', operation)
  return {
    answer,
    ms,
    isSignedIn,
    label: `${operationName(operation)} ${what} → ${answer.status} ${answer.text.slice(0, 160)}`,
  }
}

const attempt =
  (operation: ApiOperation, sent: Sent, what: string, refuses = false) =>
  async () =>
    faultOf(operation, await send(operation, sent, what), refuses)

const withQuery = (path: string, query: Record<string, string>) => `${path}?${new URLSearchParams(query).toString()}`
/** Reading aims at real things; whatever changes something aims at nothing. */
const safePath = (operation: ApiOperation, instead: Record<string, string> = {}) =>
  aim.path(operation, { ...(operation.method !== 'GET' && nowhere(operation)), ...instead })

/** Without what would make a single thing out of a page. */
const requiredQuery = (operation: ApiOperation): Record<string, string> =>
  Object.fromEntries(Object.entries(aim.query(operation)).filter(([name]) => operation.query.includes(`${name}*`)))

const sqlText = `'; DROP TABLE users; --`
const texts = {
  'a NUL': 'a\u0000b',
  'SQL text': sqlText,
  'a long text': 'x'.repeat(5_000),
  NaN: 'NaN',
  '1e999': '1e999',
  '-1': '-1',
}

const timeout = 300_000

describe('hostile addresses', () => {
  test('bad ids in the path are refused', { timeout }, async () => {
    const tries = operations.filter(isWalked).flatMap((operation) =>
      parametersOf(operation)
        .filter((name) => name in nowhere(operation))
        .flatMap((name) =>
          ['no-uuid', `${randomUUID()}x`, encodeURIComponent(sqlText), '%00'].map((bad) =>
            attempt(
              operation,
              { url: withQuery(safePath(operation, { [name]: bad }), aim.query(operation)) },
              `{${name}}=${bad}`,
              true,
            ),
          ),
        ),
    )
    expect(await faultsOf(tries)).toEqual([])
  })

  test('other hostile texts in the path are answered', { timeout }, async () => {
    const tries = operations.filter(isWalked).flatMap((operation) =>
      parametersOf(operation)
        .filter((name) => !(name in nowhere(operation)))
        .flatMap((name) =>
          Object.entries(texts).map(([what, text]) =>
            attempt(
              operation,
              {
                url: withQuery(
                  safePath(operation, { [name]: encodeURIComponent(text.slice(0, 1_000)) }),
                  aim.query(operation),
                ),
              },
              `{${name}}=${what}`,
            ),
          ),
        ),
    )
    expect(await faultsOf(tries)).toEqual([])
  })

  test('impossible pages and orders are refused', { timeout }, async () => {
    const tries = operations
      .filter((operation) => isWalked(operation) && operation.query.some((name) => name.startsWith('pageSize')))
      .flatMap((operation) =>
        [
          { page: '2147483648' },
          { page: '-1' },
          { page: 'NaN' },
          { page: '1.5' },
          { pageSize: '1000000000' },
          { pageSize: '0' },
          { pageSize: '1e3' },
          { sortProperty: 'password_hash' },
          { sortProperty: sqlText, sortOrder: 'ASC' },
          { sortProperty: '__proto__' },
          { sortProperty: 'constructor', sortOrder: 'DESC' },
          { sortOrder: sqlText, sortProperty: 'createdTime' },
        ]
          .filter((hostile) => !('sortProperty' in hostile) || operation.query.includes('sortProperty'))
          .map((hostile) =>
            attempt(
              operation,
              {
                url: withQuery(safePath(operation), {
                  ...requiredQuery(operation),
                  pageSize: '10',
                  page: '0',
                  ...hostile,
                }),
              },
              JSON.stringify(hostile),
              true,
            ),
          ),
      )
    expect(await faultsOf(tries)).toEqual([])
  })

  test('hostile values of any other parameter are answered', { timeout }, async () => {
    const tries = operations.filter(isWalked).flatMap((operation) =>
      operation.query
        .map((name) => name.replace('*', ''))
        .filter((name) => !['page', 'pageSize', 'sortProperty', 'sortOrder'].includes(name))
        .flatMap((name) =>
          Object.entries({ ...texts, nothing: '', 'a list': 'a,b,,c' }).map(([what, text]) =>
            attempt(
              operation,
              { url: withQuery(safePath(operation), { ...aim.query(operation), [name]: text }) },
              `?${name}=${what}`,
            ),
          ),
        ),
    )
    expect(await faultsOf(tries)).toEqual([])
  })

  test('a parameter given twice is answered', { timeout }, async () => {
    const tries = operations.filter(isWalked).flatMap((operation) =>
      operation.query.map((starred) => {
        const name = starred.replace('*', '')
        const url = withQuery(safePath(operation), aim.query(operation))
        return attempt(operation, { url: `${url}&${name}=1&${name}=2` }, `?${name} twice`)
      }),
    )
    expect(await faultsOf(tries)).toEqual([])
  })

  test('methods that a path does not have are 405, and HEAD says nothing', { timeout }, async () => {
    const methods = new Map<string, Set<string>>()
    for (const { method, path } of operations) methods.set(path, (methods.get(path) ?? new Set()).add(method))
    const readOnly = operations.filter(
      (one) => isWalked(one) && methods.get(one.path)?.size === 1 && one.method === 'GET',
    )
    expect(readOnly.length).toBeGreaterThan(50)
    for (const operation of readOnly) {
      const { answer, label } = await send(operation, { method: 'PUT', payload: '{}' }, 'by PUT')
      // A path with a parameter at this place may have the method.
      expect([405, 400, 401, 403, 404], label).toContain(answer.status)
      const head = await send(
        operation,
        { method: 'HEAD', url: withQuery(aim.path(operation), aim.query(operation)) },
        'by HEAD',
      )
      expect(head.answer.text, head.label).toBe('')
      expect(head.answer.status, head.label).toBeLessThan(500)
    }
  })
})

describe('hostile bodies', () => {
  const bodied = () => operations.filter((one) => isWalked(one) && (one.method === 'POST' || one.method === 'PUT'))
  const url = (operation: ApiOperation) => withQuery(safePath(operation), aim.query(operation))

  test('that are no JSON, or nest a thousand deep, are refused or passed over', { timeout }, async () => {
    const before = await aim.belongings()
    const deep = `${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`
    const tries = bodied().flatMap((operation) =>
      Object.entries({
        'cut off': '{"name":',
        'with a comment': '{"a":1/**/}',
        'deep lists': '['.repeat(1_000) + ']'.repeat(1_000),
        'deep objects': deep,
        'a NUL': '\u0000',
      }).map(([what, payload]) => attempt(operation, { url: url(operation), payload }, what, true)),
    )
    expect(await faultsOf(tries)).toEqual([])
    expect(await aim.belongings()).toEqual(before)
  })

  test('of another content type are refused', { timeout }, async () => {
    const before = await aim.belongings()
    const tries = bodied()
      .filter((one) => !takesNothing(one))
      .flatMap((operation) =>
        ['application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data', 'nonsense'].map((type) =>
          // Where no body is read, that of a form is passed over.
          attempt(
            operation,
            { url: url(operation), payload: '<a/>', headers: { 'content-type': type } },
            type,
            !type.startsWith('multipart'),
          ),
        ),
      )
    expect(await faultsOf(tries)).toEqual([])
    expect(await aim.belongings()).toEqual(before)
  })

  test('of another kind than asked for are answered', { timeout }, async () => {
    const before = await aim.belongings()
    const others = ['null', '1e999', '"text"', '[1]', '[[]]', '{}', 'true', '[{"a":null}]']
    const tries = bodied()
      .filter((operation) => !aim.isIn('actsForCaller', operation) && !takesNothing(operation))
      .flatMap((operation) => others.map((payload) => attempt(operation, { url: url(operation), payload }, payload)))
    expect(await faultsOf(tries)).toEqual([])
    expect(await aim.belongings()).toEqual(before)
  })

  test('cannot reach prototypes', { timeout }, async () => {
    const before = await aim.belongings()
    const payload =
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1,"hasOwnProperty":null}'
    const tries = bodied()
      .filter((operation) => !aim.isIn('actsForCaller', operation) && !isOpen(operation) && !takesNothing(operation))
      .map((operation) => attempt(operation, { url: url(operation), payload }, 'with __proto__'))
    expect(await faultsOf(tries)).toEqual([])
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expect(await aim.belongings()).toEqual(before)
  })

  test('with one member of another kind are answered', { timeout }, async () => {
    const hostile = {
      ...texts,
      'a number': 1e308,
      nothing: null,
      'a list': [[1]],
      'an object': { id: { id: 1 } },
      'a surrogate': '\ud800',
    }
    const tries = bodied()
      .filter((operation) => !aim.isIn('actsForCaller', operation))
      .flatMap((operation) => {
        const body = aim.body(operation)
        if (typeof body !== 'object' || body === null || Array.isArray(body)) return []
        return Object.keys(body).flatMap((member) =>
          Object.entries(hostile).map(([what, value]) =>
            attempt(
              operation,
              {
                url: mayWait(operation) ? url(operation) : withQuery(aim.path(operation), aim.query(operation)),
                payload: JSON.stringify({
                  ...body,
                  ...(member !== 'id' && isSaving(operation) && { id: undefined }),
                  [member]: value,
                }),
              },
              `${member}: ${what}`,
            ),
          ),
        )
      })
    expect(await faultsOf(tries)).toEqual([])
  })
})

/** Bodies of these are whatever somebody wants to keep. */
const isOpen = ({ path }: ApiOperation) => /\/telemetry\/|\/user\/settings|\/rule-engine\//.test(path)
/** Saves what it makes when there is no id. */
const isSaving = ({ method, path }: ApiOperation) => method === 'POST' && !path.includes('{')
/** To name no dashboard is to have none, and pictures are published by their address alone. */
const takesNothing = ({ path }: ApiOperation) =>
  path === '/api/tenant/dashboard/home/info' || path.endsWith('/public/{isPublic}')
