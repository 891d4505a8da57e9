import type { Message, SaveDeviceProfile } from '@thingwire/contracts'
import { type SeededTenant, seedTenant, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createEntityActions } from '../actions/entity-actions.ts'
import { createTenantLimits } from '../limits/tenant-limits.ts'
import { silentLogger } from '../observability/logger.ts'
import { createProvision } from '../provisioning/provision-service.ts'
import { createFindChild } from './gateway-children.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let tenant: SeededTenant
let sent: { queueName: string; message: Message }[] = []
let invalidated: string[] = []

beforeAll(async () => {
  database = await testDatabase()
  tenant = await seedTenant(database.db)
})
afterAll(() => database[Symbol.asyncDispose]())
beforeEach(() => {
  sent = []
  invalidated = []
})

/** What devices that come by themselves stand on, with all that leaves it kept. */
const deps = () => {
  const { db } = database
  const actions = createEntityActions({
    audit: { record: async () => {} },
    database: db,
    queue: {
      submitInternal: async (queueName, _originatorId, messages) => {
        for (const message of messages) sent.push({ queueName, message })
      },
    },
    logger: silentLogger,
    now: Date.now,
  })
  return {
    database: db,
    actions,
    limits: createTenantLimits(db),
    attributes: {
      save: (tenantId: string, saves: Parameters<typeof db.attributes.save>[1]) => db.attributes.save(tenantId, saves),
    },
    invalidate: async ({ id }: { id: string }) => {
      invalidated.push(id)
    },
    packages: { deviceChanged: async () => {} },
  }
}

test('a device behind a gateway is told to the rule engine with its gateway', async () => {
  const { db } = database
  const findChild = createFindChild(deps())
  const gateway = await db.credentials.resolve(tenant.customerToken)
  if (!gateway) throw new Error('The gateway has no credentials')
  const made = await findChild(gateway, { deviceName: ' Child ', deviceType: 'Meters' })
  expect(made).toMatchObject({ name: 'Child', type: 'Meters', customerId: tenant.customerId })
  expect(invalidated).toEqual([made.deviceId])
  expect(sent.map(({ message }) => message)).toMatchObject([
    {
      type: 'ENTITY_CREATED',
      originator: { entityType: 'DEVICE', id: made.deviceId },
      customerId: tenant.customerId,
      metadata: { gatewayId: gateway.deviceId, customerId: tenant.customerId, entityName: 'Child' },
    },
  ])
  // It is known now, and another gateway that brings it is noted.
  const other = await db.credentials.resolve(tenant.token)
  if (!other) throw new Error('The other gateway has no credentials')
  expect(await findChild(other, { deviceName: 'Child', deviceType: 'default' })).toEqual(made)
  expect(sent).toHaveLength(1)
  const stored = await db.devices.find(tenant.scope, made.deviceId)
  expect(stored?.additionalInfo).toEqual({ lastConnectedGateway: other.deviceId })
})

test('two connections that bring a new device at once make one', async () => {
  const gateway = await database.db.credentials.resolve(tenant.token)
  if (!gateway) throw new Error('The gateway has no credentials')
  const findChild = createFindChild(deps())
  const wanted = { deviceName: 'Twice', deviceType: 'default' }
  const [one, two] = await Promise.all([findChild(gateway, wanted), findChild(gateway, wanted)])
  expect(one.deviceId).toBe(two.deviceId)
  expect(sent).toHaveLength(1)
})

const guard = { isBanned: () => false, failed: () => {}, mayProvision: () => true }

test('both outcomes of provisioning reach the rule engine by the queue Main', async () => {
  const profile: SaveDeviceProfile = {
    name: 'Provisioned',
    type: 'DEFAULT',
    transportType: 'DEFAULT',
    provisionType: 'ALLOW_CREATE_NEW_DEVICES',
    provisionDeviceKey: 'key',
    defaultQueueName: 'HighPriority',
    profileData: {
      configuration: { type: 'DEFAULT' },
      transportConfiguration: { type: 'DEFAULT' },
      provisionConfiguration: { type: 'ALLOW_CREATE_NEW_DEVICES', provisionDeviceSecret: 'secret' },
    },
  }
  await database.db.deviceProfiles.save(tenant.scope, profile)
  const provision = createProvision({ ...deps(), guard })
  const request = { deviceName: 'Own way', provisionDeviceKey: 'key', provisionDeviceSecret: 'secret' }
  const payload = Buffer.from(JSON.stringify(request))
  expect(JSON.parse(await provision(payload, { transport: 'http', address: '127.0.0.1' }))).toMatchObject({
    status: 'SUCCESS',
  })
  expect(JSON.parse(await provision(payload, { transport: 'http', address: '127.0.0.1' }))).toMatchObject({
    status: 'FAILURE',
  })
  const device = await database.db.devices.findByName(tenant.scope, 'Own way')
  const { tenantId } = tenant
  const shared = { originator: device?.id, ruleChainId: null, metadata: { tenantId, entityName: 'Own way' } }
  expect(sent).toMatchObject([
    { queueName: 'HighPriority', message: { type: 'ENTITY_CREATED', originator: device?.id } },
    { queueName: 'Main', message: { type: 'PROVISION_SUCCESS', ...shared } },
    { queueName: 'Main', message: { type: 'PROVISION_FAILURE', ...shared } },
  ])
  expect(JSON.parse(sent[1]?.message.data ?? '')).toEqual(request)
})
