import { dashboardConfigurationSchema } from '@thingwire/contracts'
import { testDatabase } from '@thingwire/testing'
import { expect, test } from 'vitest'
import { enginesOf } from '../open-database.ts'
import { uuidV7 } from '../uuid.ts'
import { demoAccounts, demoDevices, seedDemo, seedSystem } from './index.ts'

const hashPassword = async (password: string) => `hashed:${password}`

const snapshot = async (url: Awaited<ReturnType<typeof testDatabase>>) => {
  const { sql } = enginesOf(url.db)
  const tables = [
    'tenants',
    'users',
    'user_credentials',
    'customers',
    'devices',
    'device_credentials',
    'device_profiles',
  ]
  const more = [
    'calculated_fields',
    'asset_profiles',
    'rule_chains',
    'rule_nodes',
    'rule_node_connections',
    'dashboards',
    'queues',
  ]
  const rows = await Promise.all(
    [...tables, ...more, 'dashboard_assignments', 'admin_settings', 'tenant_profiles'].map(
      async (table) => (await sql.query(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY 1`)).rows,
    ),
  )
  return JSON.stringify(rows)
}

const page = { page: 0, pageSize: 100 }

test('seeding twice, also at the same time, leaves one demo tenant', async () => {
  await using database = await testDatabase()
  const results = await Promise.all([
    seedDemo(database.db, { hashPassword }),
    seedDemo(database.open(), { hashPassword }),
  ])
  expect(results.filter((result) => result.seeded)).toHaveLength(1)
  const before = await snapshot(database)
  expect(await seedDemo(database.db, { hashPassword })).toEqual({ seeded: false })
  await seedSystem(database.db)
  expect(await snapshot(database)).toBe(before)
})

test('the demo tenant has its accounts, devices, root chain and a dashboard of the customer', async () => {
  await using database = await testDatabase()
  const { db } = database
  await seedDemo(db, { hashPassword })
  const found = await Promise.all(demoAccounts.map((account) => db.users.findAccountByEmail(account.email)))
  expect(found.map((account) => [account?.user.authority, account?.passwordHash, account?.enabled])).toEqual(
    demoAccounts.map((account) => [account.authority, `hashed:${account.password}`, true]),
  )
  const customerUser = found[2]?.user
  if (!customerUser) throw new Error('no customer user')
  const tenantId = customerUser.tenantId.id
  const scope = { kind: 'tenant', tenantId } as const
  const customerScope = { kind: 'customer', tenantId, customerId: customerUser.customerId.id } as const

  const devices = await db.devices.list(scope, { ...page, sortProperty: 'name', sortOrder: 'ASC' })
  expect(devices.data.map(({ name, type }) => `${name}: ${type}`)).toEqual(
    demoDevices.map(({ name, profile }) => `${name}: ${profile}`).sort(),
  )
  for (const { name, accessToken } of demoDevices)
    expect(await db.credentials.resolve(accessToken)).toMatchObject({ name, tenantId })
  expect((await db.devices.list(customerScope, page)).data.map((device) => device.name).sort()).toEqual([
    ...['Building', 'Charging', 'Climate', 'Lighting', 'Servers'].map((name) => `Meter ${name}`),
    ...['Pump 01', 'Thermostat 01', 'Thermostat 02', 'Van 01'],
  ])

  const root = await db.ruleChains.load(tenantId, null)
  expect(root?.chain).toMatchObject({ name: 'Root Rule Chain', root: true, type: 'CORE' })
  expect(root?.metadata.firstNodeIndex).toBe(2)
  expect(root?.metadata.connections).toHaveLength(5)
  expect(root?.metadata.nodes[1]).toMatchObject({
    type: 'org.thingsboard.rule.engine.telemetry.TbMsgAttributesNode',
    configurationVersion: 3,
    additionalInfo: { layoutX: 825, layoutY: 52 },
  })

  const titles = (boards: { data: { title: string }[] }) => boards.data.map(({ title }) => title).sort()
  const ofCustomer = ['Energy', 'Fleet', 'Thermostats']
  const boards = await db.dashboards.list(customerScope, page)
  expect(titles(boards)).toEqual(ofCustomer)
  expect(titles(await db.dashboards.list(scope, page))).toEqual(['Alarm centre', ...ofCustomer, 'Rule engine'].sort())
  const thermostats = boards.data.find(({ title }) => title === 'Thermostats')
  const board = await db.dashboards.find(customerScope, thermostats?.id.id ?? '')
  const configuration = dashboardConfigurationSchema.parse(board?.configuration)
  expect(Object.keys(configuration.widgets)).toHaveLength(5)
  const thermostat = await db.devices.findByName(scope, 'Thermostat 01')
  expect(Object.values(configuration.entityAliases).map((alias) => alias.filter.singleEntity)).toContainEqual(
    thermostat?.id,
  )

  const rules = await db.calculatedFields.list(scope, { ...page, sortProperty: 'name', sortOrder: 'ASC' }, {})
  expect(rules.data.map(({ name, entityName }) => [entityName, name])).toEqual([
    ['van', 'Cargo too warm'],
    ['thermostat', 'Low battery'],
    ['van', 'Low charge'],
    ['pump', 'Low level'],
    ['energy meter', 'Peak load'],
    ['pump', 'Strong vibration'],
  ])
})

test('a demo tenant of an older release gets what has come since, once, and keeps what has the names', async () => {
  await using database = await testDatabase()
  const { db } = database
  await seedDemo(db, { hashPassword })
  const { sql } = enginesOf(db)
  const account = await db.users.findAccountByEmail('tenant@thingwire.local')
  const tenantId = account?.user.tenantId.id ?? ''
  const scope = { kind: 'tenant', tenantId } as const
  // As it was before the fleet.
  await sql.query(`UPDATE admin_settings SET json_value = json_value - 'parts' WHERE key = 'demoTenant'`)
  await sql.query(`DELETE FROM calculated_fields`)
  await sql.query(`DELETE FROM dashboards WHERE title <> 'Thermostats'`)
  await sql.query(`DELETE FROM devices WHERE name LIKE 'Meter %' OR name LIKE 'Van %' OR name LIKE 'Pump 02'`)
  await sql.query(`DELETE FROM device_profiles WHERE name IN ('van', 'energy meter')`)
  const own = await db.devices.save(scope, { id: null, name: 'Van 02' })
  await sql.query(`DELETE FROM users WHERE email = 'customer@thingwire.local'`)

  expect(await seedDemo(db, { hashPassword })).toEqual({ seeded: true })
  const devices = await db.devices.list(scope, page)
  expect(devices.data.map(({ name }) => name).sort()).toEqual(demoDevices.map(({ name }) => name).sort())
  expect(await db.devices.findByName(scope, 'Van 02')).toMatchObject({ id: own.id, type: 'default' })
  expect((await db.dashboards.list(scope, page)).totalElements).toBe(5)
  expect(await db.users.findAccountByEmail('customer@thingwire.local')).toBeNull()
  expect(await seedDemo(db, { hashPassword })).toEqual({ seeded: false })
})

test('a demo tenant that is gone does not come back with a newer release', async () => {
  await using database = await testDatabase()
  const { db } = database
  await seedSystem(db)
  const { sql } = enginesOf(db)
  await sql.query({
    text: `INSERT INTO admin_settings (id, created_time, key, json_value) VALUES ($1, 0, 'demoTenant', $2)`,
    values: [uuidV7(), JSON.stringify({ tenantId: uuidV7() })],
  })
  expect(await seedDemo(db, { hashPassword })).toEqual({ seeded: false })
  expect((await sql.query('SELECT name FROM devices')).rows).toEqual([])
})

test('what a user changed or deleted in the demo tenant stays so', async () => {
  await using database = await testDatabase()
  const { db } = database
  await seedDemo(db, { hashPassword })
  const account = await db.users.findAccountByEmail('tenant@thingwire.local')
  const scope = { kind: 'tenant', tenantId: account?.user.tenantId.id ?? '' } as const
  const deleted = await db.devices.findByName(scope, 'Test Device A1')
  const renamed = await db.devices.findByName(scope, 'Thermostat 05')
  await db.devices.delete(scope, deleted?.id.id ?? '')
  await db.devices.save(scope, { id: renamed?.id ?? null, name: 'Kitchen' })
  await seedSystem(db)
  await seedDemo(db, { hashPassword })
  expect(await db.devices.findByName(scope, 'Test Device A1')).toBeNull()
  expect(await db.devices.findByName(scope, 'Thermostat 05')).toBeNull()
  expect(await db.devices.findByName(scope, 'Kitchen')).not.toBeNull()
})
