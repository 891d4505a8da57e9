import type { AttributeScope, EntityData, EntityFilter, EntityKey, KvEntry, KvValue } from '@thingwire/contracts'
import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Principal } from '../database.ts'
import { enginesOf } from '../open-database.ts'
import { uuidV7 } from '../uuid.ts'
import type { SettledPage, SettledSearch } from './entity-query-sql.ts'
import type { SettledPredicate } from './predicates.ts'

let database: TestDatabase
let mine: SeededTenant
let other: SeededTenant
const ids: Record<string, string> = {}
const names = new Map<string, string>()

const admin = (): Principal => ({
  userId: mine.admin.userId,
  authority: 'TENANT_ADMIN',
  tenantId: mine.tenantId,
  customerId: null,
})
const customer = (): Principal => ({
  userId: mine.customerUser.userId,
  authority: 'CUSTOMER_USER',
  tenantId: mine.tenantId,
  customerId: mine.customerId,
})
const root = (): Principal => ({ userId: uuidV7(), authority: 'SYS_ADMIN', tenantId: null, customerId: null })

const field = (key: string): EntityKey => ({ type: 'ENTITY_FIELD', key })
const series = (key: string): EntityKey => ({ type: 'TIME_SERIES', key })
const attribute = (key: string): EntityKey => ({ type: 'ATTRIBUTE', key })
const text = (
  operation: Extract<SettledPredicate, { type: 'STRING' }>['operation'],
  value: string,
  ignoreCase = false,
): SettledPredicate => ({ type: 'STRING', operation, value, ignoreCase })
const number = (
  operation: Extract<SettledPredicate, { type: 'NUMERIC' }>['operation'],
  value: number,
): SettledPredicate => ({ type: 'NUMERIC', operation, value })
const devices: EntityFilter = { type: 'entityName', entityType: 'DEVICE', entityNameFilter: 'q-' }

const find = (
  filter: EntityFilter,
  options: Partial<SettledPage> & Partial<Omit<SettledSearch, 'filter'>> & { viewer?: Principal } = {},
) =>
  database.db.entityQueries.find(
    options.viewer ?? admin(),
    {
      filter,
      keyFilters: options.keyFilters ?? [],
      keyFiltersOperation: options.keyFiltersOperation ?? 'AND',
    },
    { selection: [], textSearch: null, sort: null, limit: 100, offset: 0, ...options },
    1_234,
  )
const namesOf = (rows: readonly EntityData[]) => rows.map(({ entityId }) => names.get(entityId.id) ?? entityId.id)
const found = async (...args: Parameters<typeof find>) => namesOf((await find(...args)).rows)
/** Names of the devices that a single filter lets through, sorted. */
const matching = async (key: EntityKey, predicate: SettledPredicate) =>
  (await found(devices, { keyFilters: [{ key, predicate }] })).sort()

const saveLatest = (name: string, key: string, value: KvValue, ts = 1_000) =>
  database.db.telemetry.write([
    {
      ...value,
      key,
      ts,
      tenantId: mine.tenantId,
      entityId: { entityType: 'DEVICE', id: ids[name] ?? '' },
      saveTimeseries: false,
      saveLatest: true,
    },
  ])
const saveAttribute = (name: string, scope: AttributeScope, entry: KvEntry, ts: number) =>
  database.db.attributes.save(mine.tenantId, [
    { entityId: { entityType: 'DEVICE', id: ids[name] ?? '' }, scope, entries: [entry], ts },
  ])
const relate = (from: string, to: string, type = 'Contains', types: [string, string] = ['DEVICE', 'DEVICE']) =>
  enginesOf(database.db).sql.query({
    text: `INSERT INTO relations (tenant_id, from_id, from_type, to_id, to_type, type_group, type)
           VALUES ($1, $2, $3, $4, $5, 'COMMON', $6)`,
    values: [mine.tenantId, ids[from] ?? from, types[0], ids[to] ?? to, types[1], type],
  })

beforeAll(async () => {
  database = await testDatabase()
  mine = await seedTenant(database.db)
  other = await seedTenant(database.db)
  for (const [name, extra] of [
    ['q-a', { label: 'Alpha', additionalInfo: { gateway: true, note: 'x, y' } }],
    ['q-b', { label: 'beta' }],
    ['q-c', { customerId: { entityType: 'CUSTOMER' as const, id: mine.customerId } }],
    ['q-d', {}],
  ] as const) {
    const saved = await database.db.devices.save(mine.scope, { name, ...extra })
    ids[name] = saved.id.id
    names.set(saved.id.id, name)
  }
  names.set(mine.device.id.id, 'seeded')
  await saveLatest('q-a', 't', { type: 'LONG', value: 20 })
  await saveLatest('q-b', 't', { type: 'DOUBLE', value: 20.5 })
  await saveLatest('q-c', 't', { type: 'STRING', value: '20' })
  await saveLatest('q-a', 'mode', { type: 'STRING', value: 'Auto_1' })
  await saveLatest('q-b', 'mode', { type: 'STRING', value: 'manual' })
  await saveLatest('q-a', 'on', { type: 'BOOLEAN', value: true })
  await saveLatest('q-b', 'on', { type: 'BOOLEAN', value: false })
  await saveLatest('q-a', 'doc', { type: 'JSON', value: '{"a": 1}' })
  await saveLatest('q-a', "it's; drop", { type: 'LONG', value: 1 })
  await saveLatest('q-b', 'huge', { type: 'DOUBLE', value: 1e20 })
  await saveAttribute('q-a', 'SERVER_SCOPE', { key: 'level', type: 'LONG', value: 1 }, 100)
  await saveAttribute('q-a', 'CLIENT_SCOPE', { key: 'level', type: 'LONG', value: 2 }, 200)
  await saveAttribute('q-b', 'SHARED_SCOPE', { key: 'level', type: 'LONG', value: 3 }, 50)
})
afterAll(() => database[Symbol.asyncDispose]())

describe('key filters', () => {
  test('a number is found whether it was stored whole or not, and never when it was stored as text', async () => {
    expect(await matching(series('t'), number('GREATER_OR_EQUAL', 20))).toEqual(['q-a', 'q-b'])
    expect(await matching(series('t'), number('GREATER', 20))).toEqual(['q-b'])
    expect(await matching(series('t'), number('EQUAL', 20))).toEqual(['q-a'])
    expect(await matching(series('t'), number('LESS', 20.5))).toEqual(['q-a'])
    expect(await matching(series('t'), number('LESS_OR_EQUAL', 20.5))).toEqual(['q-a', 'q-b'])
  })

  test('an entity without the key is left out, also by NOT_EQUAL and NOT_CONTAINS', async () => {
    expect(await matching(series('t'), number('NOT_EQUAL', 1))).toEqual(['q-a', 'q-b'])
    expect(await matching(series('mode'), text('NOT_EQUAL', 'x'))).toEqual(['q-a', 'q-b'])
    expect(await matching(series('mode'), text('NOT_CONTAINS', 'man'))).toEqual(['q-a'])
    expect(await matching(series('never seen'), text('NOT_EQUAL', 'x'))).toEqual([])
  })

  test('texts compare by every operation, by case unless told otherwise', async () => {
    expect(await matching(series('mode'), text('EQUAL', 'manual'))).toEqual(['q-b'])
    expect(await matching(series('mode'), text('EQUAL', 'MANUAL'))).toEqual([])
    expect(await matching(series('mode'), text('EQUAL', 'MANUAL', true))).toEqual(['q-b'])
    expect(await matching(series('mode'), text('STARTS_WITH', 'Au'))).toEqual(['q-a'])
    expect(await matching(series('mode'), text('STARTS_WITH', 'au', true))).toEqual(['q-a'])
    expect(await matching(series('mode'), text('ENDS_WITH', 'al'))).toEqual(['q-b'])
    expect(await matching(series('mode'), text('CONTAINS', 'nu'))).toEqual(['q-b'])
    expect(await matching(series('mode'), text('IN', "x, 'manual'"))).toEqual(['q-b'])
    expect(await matching(series('mode'), text('IN', 'AUTO_1,MANUAL', true))).toEqual(['q-a', 'q-b'])
    expect(await matching(series('mode'), text('NOT_IN', 'manual'))).toEqual(['q-a'])
  })

  test('a text never equals a stored number, nor a document', async () => {
    expect(await matching(series('t'), text('EQUAL', '20'))).toEqual(['q-c'])
    expect(await matching(series('doc'), text('CONTAINS', 'a'))).toEqual([])
  })

  test('an empty text says nothing, but the key must be there', async () => {
    expect(await matching(series('t'), text('EQUAL', ''))).toEqual(['q-a', 'q-b', 'q-c'])
    expect(await matching(field('name'), text('EQUAL', ''))).toEqual(['q-a', 'q-b', 'q-c', 'q-d'])
  })

  test('wildcards inside a value keep their meaning, backslashes have none', async () => {
    expect(await matching(series('mode'), text('CONTAINS', 'a%l'))).toEqual(['q-b'])
    expect(await matching(series('mode'), text('STARTS_WITH', '____'))).toEqual(['q-a', 'q-b'])
    expect(await matching(series('mode'), text('ENDS_WITH', '\\'))).toEqual([])
    expect(await matching(series('mode'), text('CONTAINS', '[a-z]+.*('))).toEqual([])
  })

  test('booleans compare with booleans', async () => {
    expect(await matching(series('on'), { type: 'BOOLEAN', operation: 'EQUAL', value: true })).toEqual(['q-a'])
    expect(await matching(series('on'), { type: 'BOOLEAN', operation: 'NOT_EQUAL', value: true })).toEqual(['q-b'])
    expect(await matching(series('t'), { type: 'BOOLEAN', operation: 'NOT_EQUAL', value: true })).toEqual([])
  })

  test('ATTRIBUTE is the scope that was written last; the others are their scope', async () => {
    expect(await matching(attribute('level'), number('EQUAL', 2))).toEqual(['q-a'])
    expect(await matching(attribute('level'), number('EQUAL', 1))).toEqual([])
    expect(await matching({ type: 'SERVER_ATTRIBUTE', key: 'level' }, number('EQUAL', 1))).toEqual(['q-a'])
    expect(await matching({ type: 'SHARED_ATTRIBUTE', key: 'level' }, number('GREATER', 0))).toEqual(['q-b'])
    expect(await matching({ type: 'CLIENT_ATTRIBUTE', key: 'level' }, number('GREATER', 0))).toEqual(['q-a'])
  })

  test('ATTRIBUTE of a key that has one scope is that scope, until a newer value comes in another', async () => {
    await saveAttribute('q-c', 'SERVER_SCOPE', { key: 'lone', type: 'LONG', value: 1 }, 100)
    await saveAttribute('q-d', 'SERVER_SCOPE', { key: 'lone', type: 'LONG', value: 1 }, 100)
    expect(await matching(attribute('lone'), number('EQUAL', 1))).toEqual(['q-c', 'q-d'])
    await saveAttribute('q-d', 'SHARED_SCOPE', { key: 'lone', type: 'LONG', value: 2 }, 200)
    expect(await matching(attribute('lone'), number('EQUAL', 1))).toEqual(['q-c'])
    expect(await matching(attribute('lone'), number('EQUAL', 2))).toEqual(['q-d'])
  })

  test('predicates nest', async () => {
    const between: SettledPredicate = {
      type: 'COMPLEX',
      operation: 'OR',
      predicates: [
        { type: 'COMPLEX', operation: 'AND', predicates: [number('GREATER', 20), number('LESS', 21)] },
        number('EQUAL', 99),
        text('EQUAL', '20'),
      ],
    }
    expect(await matching(series('t'), between)).toEqual(['q-b', 'q-c'])
  })

  test('several filters all hold, or with OR any of them, where a missing key is only false', async () => {
    const keyFilters = [
      { key: series('t'), predicate: number('EQUAL', 20) },
      { key: series('mode'), predicate: text('EQUAL', 'manual') },
    ]
    expect(await found(devices, { keyFilters })).toEqual([])
    expect((await found(devices, { keyFilters, keyFiltersOperation: 'OR' })).sort()).toEqual(['q-a', 'q-b'])
    const withUnknown = [...keyFilters, { key: series('never seen'), predicate: number('EQUAL', 1) }]
    expect((await found(devices, { keyFilters: withUnknown, keyFiltersOperation: 'OR' })).sort()).toEqual([
      'q-a',
      'q-b',
    ])
  })

  test('fields compare as text, times as numbers, and what an entity lacks is empty', async () => {
    expect(await matching(field('label'), text('EQUAL', 'Alpha'))).toEqual(['q-a'])
    expect(await matching(field('label'), text('NOT_EQUAL', 'Alpha'))).toEqual(['q-b', 'q-c', 'q-d'])
    expect(await matching(field('createdTime'), number('GREATER', 0))).toHaveLength(4)
    expect(await matching(field('name'), number('GREATER', 0))).toEqual([])
    expect(await matching(field('nonsense'), text('EQUAL', 'x'))).toEqual([])
    expect(await matching(field('additionalInfo'), text('CONTAINS', '"gateway":true'))).toEqual(['q-a'])
    expect(await matching(field('ownerType'), text('EQUAL', 'CUSTOMER'))).toEqual(['q-c'])
  })

  test('texts that look like statements are texts', async () => {
    const evil = `x'); DROP TABLE devices; --`
    expect(await matching(series(evil), text('EQUAL', evil))).toEqual([])
    expect(await matching(field(evil), text('CONTAINS', evil))).toEqual([])
    expect(await matching(series("it's; drop"), number('EQUAL', 1))).toEqual(['q-a'])
    expect(await matching(series('a\u0000b'), text('EQUAL', 'a\u0000b'))).toEqual([])
    expect(await found({ ...devices, entityNameFilter: `%${evil}` } as EntityFilter)).toEqual([])
    expect((await find(devices)).total).toBe(4)
  })
})

describe('what a row shows', () => {
  const one: EntityFilter = { type: 'entityName', entityType: 'DEVICE', entityNameFilter: 'q-a' }
  test('all values are text, numbers without exponent, missing ones empty at 0', async () => {
    const selection = [
      ...['name', 'title', 'type', 'displayName', 'ownerType', 'entityType', 'additionalInfo', 'nonsense'].map(field),
      ...['t', 'on', 'doc', 'never', '__proto__'].map(series),
      attribute('level'),
      { type: 'SERVER_ATTRIBUTE' as const, key: 'level' },
    ]
    const { rows } = await find(one, { selection })
    const [row] = rows
    expect(row).toMatchObject({ entityId: { entityType: 'DEVICE', id: ids['q-a'] }, timeseries: {}, aggLatest: {} })
    expect(row?.latest.ENTITY_FIELD).toMatchObject({
      name: { ts: 1_234, value: 'q-a' },
      title: { value: 'q-a' },
      type: { value: 'default' },
      displayName: { value: 'Alpha' },
      ownerType: { value: 'TENANT' },
      entityType: { value: 'DEVICE' },
      additionalInfo: { value: '{"note":"x, y","gateway":true}' },
      nonsense: { ts: 1_234, value: '' },
    })
    expect(row?.latest.TIME_SERIES).toMatchObject({
      t: { ts: 1_000, value: '20' },
      on: { value: 'true' },
      doc: { value: '{"a": 1}' },
      never: { ts: 0, value: '' },
    })
    expect(Object.keys(row?.latest.TIME_SERIES ?? {})).toContain('__proto__')
    expect(row?.latest.ATTRIBUTE).toMatchObject({ level: { ts: 200, value: '2' } })
    expect(row?.latest.SERVER_ATTRIBUTE).toMatchObject({ level: { ts: 100, value: '1' } })
    const b = await find({ ...one, entityNameFilter: 'q-b' } as EntityFilter, {
      selection: [series('huge'), series('t')],
    })
    expect(b.rows[0]?.latest.TIME_SERIES).toMatchObject({
      huge: { value: '100000000000000000000' },
      t: { value: '20.5' },
    })
  })

  test('numbers sort before texts, what is missing comes last, ties go by id', async () => {
    const byT = { key: series('t'), direction: 'ASC' as const }
    expect(await found(devices, { sort: byT })).toEqual(['q-a', 'q-b', 'q-c', 'q-d'])
    expect(await found(devices, { sort: { ...byT, direction: 'DESC' } })).toEqual(['q-b', 'q-a', 'q-c', 'q-d'])
    expect(await found(devices, { sort: { key: field('name'), direction: 'DESC' } })).toEqual([
      'q-d',
      'q-c',
      'q-b',
      'q-a',
    ])
    expect(await found(devices, { sort: { key: field('x; drop'), direction: 'DESC' } })).toEqual(await found(devices))
    expect(await found(devices, { sort: { key: attribute('level'), direction: 'DESC' }, limit: 2 })).toEqual([
      'q-b',
      'q-a',
    ])
  })

  test('pages cut the same order and know the total, also behind the end', async () => {
    const sort = { key: field('name'), direction: 'ASC' as const }
    const page = await find(devices, { sort, limit: 3, offset: 3 })
    expect(namesOf(page.rows)).toEqual(['q-d'])
    expect(page.total).toBe(4)
    expect(await find(devices, { sort, limit: 3, offset: Number.MAX_SAFE_INTEGER })).toEqual({ rows: [], total: 4 })
  })

  test('the search looks into what is selected, whatever its type', async () => {
    const selection = [field('name'), field('label'), series('mode'), series('t'), attribute('level')]
    expect(await found(devices, { selection, textSearch: 'ALPH' })).toEqual(['q-a'])
    expect(await found(devices, { selection, textSearch: 'anua' })).toEqual(['q-b'])
    expect(await found(devices, { selection, textSearch: '20.5' })).toEqual(['q-b'])
    expect(await found(devices, { selection, textSearch: '%' })).toEqual([])
    const others = [series('on'), series('doc'), series('huge'), { type: 'CLIENT_ATTRIBUTE' as const, key: 'level' }]
    expect(await found(devices, { selection: others, textSearch: 'FALS' })).toEqual(['q-b'])
    expect(await found(devices, { selection: others, textSearch: '"a"' })).toEqual(['q-a'])
    expect(await found(devices, { selection: others, textSearch: '1E+20' })).toEqual(['q-b'])
    expect(await found(devices, { selection: others, textSearch: '2' })).toEqual(['q-a', 'q-b'])
    expect(await found(devices, { selection: [field('additionalInfo')], textSearch: 'gateway' })).toEqual([])
  })
})

describe('entity filters', () => {
  test('names are prefixes unless they bring a wildcard', async () => {
    const named = (entityNameFilter: string): EntityFilter => ({
      type: 'entityName',
      entityType: 'DEVICE',
      entityNameFilter,
    })
    expect(await found(named('Q-A'))).toEqual(['q-a'])
    expect(await found(named('-a'))).toEqual([])
    expect(await found(named('%-a'))).toEqual(['q-a'])
    expect(await found(named('%\\'))).toEqual([])
    expect((await find(named(''))).total).toBe(6)
  })

  test('one entity, a list, a type, profiles by name', async () => {
    const id = ids['q-a'] ?? ''
    expect(await found({ type: 'singleEntity', singleEntity: { entityType: 'DEVICE', id } })).toEqual(['q-a'])
    expect(await found({ type: 'singleEntity', singleEntity: { entityType: 'ASSET', id } })).toEqual([])
    expect(await found({ type: 'entityList', entityType: 'DEVICE', entityList: [id, other.device.id.id] })).toEqual([
      'q-a',
    ])
    expect((await find({ type: 'entityType', entityType: 'DEVICE' })).total).toBe(6)
    expect(await found({ type: 'deviceType', deviceTypes: ['default'], deviceNameFilter: 'q-b' })).toEqual(['q-b'])
    expect(await found({ type: 'deviceType', deviceType: 'default', deviceNameFilter: 'q-b' })).toEqual(['q-b'])
    expect(await found({ type: 'deviceType', deviceTypes: ['nope'] })).toEqual([])
    expect(await found({ type: 'assetType', assetTypes: ['default'] })).toEqual([])
    expect(await found({ type: 'entityViewType', entityViewTypes: ['x'] })).toEqual([])
    expect(await found({ type: 'edgeType', edgeTypes: ['default'] })).toEqual([])
  })

  test('who stands around the caller is known without an id', async () => {
    const around = async (
      entityType: 'CURRENT_TENANT' | 'CURRENT_CUSTOMER' | 'CURRENT_USER' | 'CURRENT_USER_OWNER',
      viewer: Principal,
    ) =>
      (await find({ type: 'singleEntity', singleEntity: { entityType } }, { viewer })).rows.map(
        ({ entityId }) => entityId.id,
      )
    expect(await around('CURRENT_TENANT', admin())).toEqual([mine.tenantId])
    expect(await around('CURRENT_USER', admin())).toEqual([mine.admin.userId])
    expect(await around('CURRENT_USER_OWNER', admin())).toEqual([mine.tenantId])
    expect(await around('CURRENT_CUSTOMER', admin())).toEqual([])
    expect(await around('CURRENT_CUSTOMER', customer())).toEqual([mine.customerId])
    expect(await around('CURRENT_USER_OWNER', customer())).toEqual([mine.customerId])
    expect(await around('CURRENT_USER', customer())).toEqual([mine.customerUser.userId])
    expect(await around('CURRENT_TENANT', customer())).toEqual([])
  })

  test('every type answers with every field it may be asked for', async () => {
    const selection = [
      ...['createdTime', 'entityType', 'name', 'type', 'label', 'displayName', 'ownerName', 'ownerType', 'firstName'],
      ...['lastName', 'email', 'title', 'region', 'country', 'state', 'city', 'address', 'address2', 'zip', 'phone'],
      ...['additionalInfo', 'parentId', 'queueName', 'serviceId'],
    ].map(field)
    for (const entityType of [
      ...(['TENANT', 'CUSTOMER', 'USER', 'DASHBOARD', 'ASSET', 'DEVICE', 'RULE_CHAIN', 'RULE_NODE'] as const),
      ...([
        'ENTITY_VIEW',
        'WIDGETS_BUNDLE',
        'WIDGET_TYPE',
        'TENANT_PROFILE',
        'DEVICE_PROFILE',
        'ASSET_PROFILE',
      ] as const),
      ...(['API_USAGE_STATE', 'TB_RESOURCE', 'OTA_PACKAGE', 'QUEUE_STATS', 'EDGE', 'ALARM', 'RPC'] as const),
    ])
      for (const viewer of [admin(), customer(), root()]) {
        const { rows } = await find(
          { type: 'entityType', entityType },
          { selection, viewer, textSearch: null, limit: 1 },
        )
        if (entityType === 'TENANT' && viewer.authority === 'TENANT_ADMIN') expect(rows).toHaveLength(1)
        if (entityType === 'RULE_NODE' && viewer.authority === 'TENANT_ADMIN') expect(rows).toHaveLength(1)
        const { rows: searched } = await find({ type: 'entityName', entityType, entityNameFilter: 'zzz' }, { viewer })
        expect(searched).toEqual([])
      }
    const { rows } = await find({ type: 'entityType', entityType: 'USER' }, { selection, viewer: customer() })
    expect(rows[0]?.latest.ENTITY_FIELD).toMatchObject({
      name: { value: mine.customerUser.email },
      title: { value: mine.customerUser.email },
      displayName: { value: mine.customerUser.email },
      ownerType: { value: 'CUSTOMER' },
    })
  })
})

describe('who sees what', () => {
  test('a customer user sees what is assigned, and nothing of types that cannot be', async () => {
    const all = (entityType: 'DEVICE' | 'RULE_CHAIN' | 'CUSTOMER' | 'DASHBOARD' | 'USER'): EntityFilter => ({
      type: 'entityType',
      entityType,
    })
    expect(await found(devices, { viewer: customer() })).toEqual(['q-c'])
    expect((await find(all('RULE_CHAIN'), { viewer: customer() })).total).toBe(0)
    expect((await find(all('CUSTOMER'), { viewer: customer() })).total).toBe(1)
    expect((await find(all('USER'), { viewer: customer() })).total).toBe(1)
    const dashboard = await database.db.dashboards.save(mine.scope, { title: 'Shown', configuration: {} })
    expect((await find(all('DASHBOARD'), { viewer: customer() })).total).toBe(0)
    await enginesOf(database.db).sql.query({
      text: 'INSERT INTO dashboard_assignments (tenant_id, dashboard_id, customer_id, created_time) VALUES ($1, $2, $3, 0)',
      values: [mine.tenantId, dashboard.id.id, mine.customerId],
    })
    expect((await find(all('DASHBOARD'), { viewer: customer() })).total).toBe(1)
  })

  test('a tenant sees only itself; the system administrator sees tenants and nothing below them', async () => {
    const tenants: EntityFilter = { type: 'entityType', entityType: 'TENANT' }
    expect((await find(tenants)).rows.map(({ entityId }) => entityId.id)).toEqual([mine.tenantId])
    expect((await find(tenants, { viewer: root() })).total).toBe(2)
    expect((await find({ type: 'entityType', entityType: 'DEVICE' }, { viewer: root() })).total).toBe(0)
    expect((await find({ type: 'entityType', entityType: 'TENANT_PROFILE' })).total).toBe(0)
  })

  test('usage is shown to its owner, and another customer asking is refused', async () => {
    const [tenantState, customerState] = [uuidV7(), uuidV7()]
    await enginesOf(database.db).sql.query({
      text: `INSERT INTO api_usage_states (id, created_time, tenant_id, entity_id, entity_type)
             VALUES ($1, 0, $3, $3, 'TENANT'), ($2, 0, $3, $4, 'CUSTOMER') ON CONFLICT DO NOTHING`,
      values: [tenantState, customerState, mine.tenantId, mine.customerId],
    })
    expect((await find({ type: 'apiUsageState' })).total).toBe(1)
    expect((await find({ type: 'apiUsageState', customerId: { id: mine.customerId } })).total).toBe(1)
    expect(await found({ type: 'apiUsageState' }, { viewer: customer() })).toEqual([customerState])
    await expect(
      find({ type: 'apiUsageState', customerId: { id: other.customerId } }, { viewer: customer() }),
    ).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
  })
})

describe('relations', () => {
  const query = (rest: Partial<Extract<EntityFilter, { type: 'relationsQuery' }>>): EntityFilter => ({
    type: 'relationsQuery',
    rootEntity: { entityType: 'DEVICE', id: ids['q-a'] ?? '' },
    direction: 'FROM',
    ...rest,
  })
  beforeAll(async () => {
    // q-a → q-b → q-c → q-a, q-a -Manages→ the customer
    await relate('q-a', 'q-b')
    await relate('q-b', 'q-c')
    await relate('q-c', 'q-a')
    await relate('q-a', mine.customerId, 'Manages', ['DEVICE', 'CUSTOMER'])
  })

  test('circles end; levels limit', async () => {
    expect((await found(query({ maxLevel: 1 }))).sort()).toEqual([mine.customerId, 'q-b'])
    expect((await found(query({ maxLevel: 0 }))).sort()).toEqual(expect.arrayContaining(['q-b', 'q-c']))
    expect(await found(query({ direction: 'TO', maxLevel: 1 }))).toEqual(['q-c'])
  })

  test('filters choose by relation and by type', async () => {
    const filters = [{ relationType: 'Contains', entityTypes: ['DEVICE' as const] }]
    expect(await found(query({ maxLevel: 1, filters }))).toEqual(['q-b'])
    expect(await found(query({ maxLevel: 1, filters: [{ relationType: 'Contains', negate: true }] }))).toEqual([
      mine.customerId,
    ])
    expect(await found(query({ maxLevel: 1, filters: [{ relationType: 'Contains' }], negate: true }))).toEqual([
      mine.customerId,
    ])
    expect(await found(query({ maxLevel: 1, filters: [{ entityTypes: ['CUSTOMER'] }] }))).toEqual([mine.customerId])
  })

  test('rows of several types show their fields, their parent, and sort by them', async () => {
    const { rows } = await find(query({ maxLevel: 1 }), {
      selection: ['name', 'title', 'entityType', 'parentId', 'label', 'createdTime', 'ownerName'].map(field),
      sort: { key: field('entityType'), direction: 'ASC' },
      textSearch: 'U',
    })
    expect(rows.map(({ entityId }) => entityId.entityType)).toEqual(['CUSTOMER', 'DEVICE'].slice(0, rows.length))
    expect(rows[0]?.latest.ENTITY_FIELD).toMatchObject({
      entityType: { value: 'CUSTOMER' },
      parentId: { value: ids['q-a'] },
      ownerName: { value: '' },
    })
    const byT = await found(query({ maxLevel: 2, filters: [{ entityTypes: ['DEVICE'] }] }), {
      sort: { key: series('t'), direction: 'ASC' },
      keyFilters: [{ key: field('name'), predicate: text('STARTS_WITH', 'q-') }],
    })
    expect(byT.slice(0, 2)).toEqual(['q-b', 'q-c'])
  })

  test('a search for one type keeps to its profiles', async () => {
    const search = (deviceTypes: string[]): EntityFilter => ({
      type: 'deviceSearchQuery',
      rootEntity: { entityType: 'DEVICE', id: ids['q-a'] ?? '' },
      direction: 'FROM',
      maxLevel: 1,
      relationType: 'Contains',
      deviceTypes,
    })
    expect(await found(search(['default']))).toEqual(['q-b'])
    expect(await found(search([]))).toEqual(['q-b'])
    expect(await found(search(['nope']))).toEqual([])
    expect(await found({ ...search([]), type: 'assetSearchQuery' } as EntityFilter)).toEqual([])
    expect(await found({ ...search([]), type: 'entityViewSearchQuery' } as EntityFilter)).toEqual([])
    expect(await found({ ...search([]), type: 'edgeSearchQuery' } as EntityFilter)).toEqual([])
  })

  test('several roots search at once; the deepest alone on wish', async () => {
    const many = query({
      rootEntity: null,
      multiRoot: true,
      multiRootEntitiesType: 'DEVICE',
      multiRootEntityIds: [ids['q-a'] ?? '', ids['q-b'] ?? ''],
      maxLevel: 1,
    })
    expect((await found(many)).sort()).toEqual([mine.customerId, 'q-b', 'q-c'])
    const last = query({ maxLevel: 2, fetchLastLevelOnly: true, filters: [{ entityTypes: ['DEVICE'] }] })
    expect(await found(last)).toEqual(['q-c'])
  })

  test('a customer user finds only what is assigned, and a foreign root leads nowhere', async () => {
    expect((await found(query({ maxLevel: 2 }), { viewer: customer() })).sort()).toEqual([mine.customerId, 'q-c'])
    const foreign: Principal = { ...admin(), tenantId: other.tenantId }
    expect(await found(query({ maxLevel: 0 }), { viewer: foreign })).toEqual([])
    expect(await found(query({ maxLevel: 0 }), { viewer: root() })).toEqual([])
  })
})

test('counting agrees with finding', async () => {
  const keyFilters = [{ key: series('t'), predicate: number('GREATER', 0) }]
  expect(
    await database.db.entityQueries.count(admin(), { filter: devices, keyFilters, keyFiltersOperation: 'AND' }),
  ).toBe(2)
  expect(
    await database.db.entityQueries.count(root(), { filter: devices, keyFilters, keyFiltersOperation: 'AND' }),
  ).toBe(0)
})

test('keys of entities come with their newest value', async () => {
  const { timeseries, attributes } = await database.db.entityQueries.keysOf(
    ['q-a', 'q-b'].map((name) => ({ entityType: 'DEVICE', id: ids[name] ?? '' })),
    { timeseries: true, scopes: ['CLIENT_SCOPE', 'SHARED_SCOPE'] },
  )
  expect(timeseries.map(({ key }) => key)).toEqual(['doc', 'huge', "it's; drop", 'mode', 'on', 't'])
  expect(timeseries.find(({ key }) => key === 'huge')?.sample).toEqual({ ts: 1_000, value: '100000000000000000000' })
  expect(attributes).toEqual([
    { key: 'level', scope: 'CLIENT_SCOPE', sample: { ts: 200, value: '2' } },
    { key: 'level', scope: 'SHARED_SCOPE', sample: { ts: 50, value: '3' } },
  ])
})

describe('entity views', () => {
  const view = async (name: string, rest: { timeseries: string[]; startTimeMs?: number; endTimeMs?: number }) => {
    const { timeseries, ...window } = rest
    const saved = await database.db.entityViews.save(mine.scope, {
      name,
      type: 'v',
      entityId: { entityType: 'DEVICE', id: ids['q-a'] ?? '' },
      keys: { timeseries, attributes: { cs: [], ss: [], sh: [] } },
      startTimeMs: 0,
      endTimeMs: 0,
      ...window,
    })
    names.set(saved.id.id, name)
    ids[name] = saved.id.id
  }
  const views: EntityFilter = { type: 'entityViewType', entityViewTypes: ['v'] }
  beforeAll(async () => {
    await database.db.telemetry.write(
      [100, 200, 300].map((ts) => ({
        ...{ type: 'LONG' as const, value: ts, key: 'past', ts, tenantId: mine.tenantId },
        ...{
          entityId: { entityType: 'DEVICE' as const, id: ids['q-a'] ?? '' },
          saveTimeseries: true,
          saveLatest: true,
        },
      })),
    )
    await view('v-all', { timeseries: ['t', 'past'] })
    await view('v-window', { timeseries: ['past'], startTimeMs: 100, endTimeMs: 300 })
    await view('v-none', { timeseries: [] })
  })

  test('show the listed series of what they look at, within their window the newest point', async () => {
    const selection = [series('t'), series('past'), series('mode')]
    const { rows } = await find(views, { selection, sort: { key: field('name'), direction: 'ASC' } })
    expect(rows.map(({ latest }) => Object.values(latest.TIME_SERIES ?? {}).map(({ value }) => value))).toEqual([
      ['20', '300', ''],
      ['', '', ''],
      ['', '200', ''],
    ])
  })

  test('are filtered, sorted and searched by what they show', async () => {
    const filtered = (key: string, value: number) =>
      found(views, { keyFilters: [{ key: series(key), predicate: number('GREATER_OR_EQUAL', value) }] })
    expect(await filtered('past', 300)).toEqual(['v-all'])
    expect((await filtered('past', 200)).sort()).toEqual(['v-all', 'v-window'])
    expect(await filtered('t', 0)).toEqual(['v-all'])
    expect(await found(views, { sort: { key: series('past'), direction: 'ASC' }, limit: 2 })).toEqual([
      'v-window',
      'v-all',
    ])
    expect(await found(views, { selection: [series('past')], textSearch: '200' })).toEqual(['v-window'])
  })

  test('keep their limits when they are met over relations, beside other entities', async () => {
    await relate('q-d', 'v-window', 'Shows', ['DEVICE', 'ENTITY_VIEW'])
    await relate('q-d', 'q-a', 'Shows')
    const { rows } = await find(
      {
        type: 'relationsQuery',
        rootEntity: { entityType: 'DEVICE', id: ids['q-d'] ?? '' },
        direction: 'FROM',
        maxLevel: 1,
      },
      { selection: [series('past'), series('t')], sort: { key: series('past'), direction: 'DESC' } },
    )
    expect(rows.map(({ latest }) => latest.TIME_SERIES?.past?.value)).toEqual(['300', '200'])
    expect(rows.map(({ latest }) => latest.TIME_SERIES?.t?.value)).toEqual(['20', ''])
  })

  test('have the keys that they show, with the values that they show', async () => {
    const keysOf = async (...list: string[]) =>
      (
        await database.db.entityQueries.keysOf(
          list.map((name) => ({ entityType: name.startsWith('v') ? 'ENTITY_VIEW' : 'DEVICE', id: ids[name] ?? '' })),
          { timeseries: true, scopes: [] },
        )
      ).timeseries.map(({ key, sample }) => `${key} ${sample.value}`)
    expect(await keysOf('v-window')).toEqual(['past 200'])
    expect(await keysOf('v-none')).toEqual([])
    expect(await keysOf('v-window', 'v-all')).toEqual(['past 300', 't 20'])
    expect(await keysOf('v-window', 'q-b')).toContain('past 200')
  })
})
