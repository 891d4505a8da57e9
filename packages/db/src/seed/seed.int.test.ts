import { dashboardConfigurationSchema } from '@thingwire/contracts'
import { testDatabase } from '@thingwire/testing'
import { expect, test } from 'vitest'
import { enginesOf } from '../open-database.ts'
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
  const more = ['asset_profiles', 'rule_chains', 'rule_nodes', 'rule_node_connections', 'dashboards', 'queues']
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
  expect(devices.data.map((device) => [device.name, device.type])).toEqual([
    ['Test Device A1', 'default'],
    ...[1, 2, 3, 4, 5].map((n) => [`Thermostat 0${n}`, 'thermostat']),
  ])
  for (const { name, accessToken } of demoDevices)
    expect(await db.credentials.resolve(accessToken)).toMatchObject({ name, tenantId })
  expect((await db.devices.list(customerScope, page)).data.map((device) => device.name).sort()).toEqual([
    'Thermostat 01',
    'Thermostat 02',
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

  const boards = await db.dashboards.list(customerScope, page)
  expect(boards.data.map((board) => board.title)).toEqual(['Thermostats'])
  const board = await db.dashboards.find(customerScope, boards.data[0]?.id.id ?? '')
  const configuration = dashboardConfigurationSchema.parse(board?.configuration)
  expect(Object.keys(configuration.widgets)).toHaveLength(5)
  const thermostat = await db.devices.findByName(scope, 'Thermostat 01')
  expect(Object.values(configuration.entityAliases).map((alias) => alias.filter.singleEntity)).toContainEqual(
    thermostat?.id,
  )
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
