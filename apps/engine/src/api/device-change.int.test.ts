import { type DeviceCredentials, nullUuid } from '@thingwire/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())
beforeEach(() => api.messages.splice(0))

const deviceSchema = z.looseObject({
  id: z.object({ entityType: z.literal('DEVICE'), id: z.string() }),
  name: z.string(),
  version: z.number(),
})
const create = async (name: string, more: object = {}) => {
  const answer = await api.admin.post('/api/device', { name, ...more })
  expect(answer.status, answer.text).toBe(200)
  return deviceSchema.parse(answer.body)
}
const sent = () => api.messages.map(({ message }) => message)
const auditOf = async (id: string) => {
  const { body } = await api.admin.get(
    `/api/audit/logs/entity/DEVICE/${id}?pageSize=50&page=0&sortProperty=createdTime`,
  )
  return z
    .looseObject({ data: z.array(z.looseObject({ actionType: z.string(), actionData: z.unknown() })) })
    .parse(body).data
}
const unknownId = '01a1fdc6-8308-71ba-a218-57c01ab6dd91'

describe('rights', () => {
  test('a foreign device looks missing, one of the tenant that is not assigned is forbidden', async () => {
    const foreign = api.stranger.device.id.id
    for (const client of [api.admin, api.customer])
      expect(await client.get(`/api/device/${foreign}`)).toMatchObject({
        status: 404,
        body: { errorCode: 32, message: `Device with id [${foreign}] is not found` },
      })
    expect(await api.customer.get(`/api/device/${api.tenant.device.id.id}`)).toMatchObject({
      status: 403,
      body: { errorCode: 20, message: "You don't have permission to perform this operation!" },
    })
  })

  test('a customer user changes its own device, but not whose it is', async () => {
    const device = api.tenant.customerDevice
    const answer = await api.customer.post('/api/device', {
      ...device,
      version: null,
      label: 'ours',
      customerId: null,
      tenantId: api.stranger.device.tenantId,
    })
    expect(answer).toMatchObject({
      status: 200,
      body: { label: 'ours', customerId: { id: api.tenant.customerId }, tenantId: { id: api.tenant.tenantId } },
    })
    const taken = {
      device: { id: device.id, name: device.name },
      credentials: { credentialsType: 'ACCESS_TOKEN', credentialsId: 'x' },
    }
    expect((await api.customer.post('/api/device-with-credentials', taken)).status).toBe(403)
    expect((await api.customer.post('/api/device', { id: api.tenant.device.id, name: 'mine' })).status).toBe(403)
    expect((await api.customer.delete(`/api/device/${device.id.id}`)).status).toBe(403)
  })

  test('an id that the client made up is no way to create a device', async () => {
    const answer = await api.admin.post('/api/device', { id: { id: unknownId }, name: 'Made up' })
    expect(answer).toMatchObject({ status: 404, body: { errorCode: 32 } })
  })
})

describe('saving', () => {
  test('goes into the audit log and the rule engine; a failure into the audit log alone', async () => {
    const device = await create('Noted')
    expect(sent()).toMatchObject([
      {
        type: 'ENTITY_CREATED',
        originator: device.id,
        metadata: { entityName: 'Noted', entityType: 'DEVICE', userEmail: api.tenant.admin.email },
      },
    ])
    expect(JSON.parse(sent()[0]?.data ?? '')).toMatchObject({ name: 'Noted', id: device.id })
    await api.admin.post('/api/device', { ...device, label: 'again', version: 7 })
    await api.admin.post('/api/device', { ...device, label: 'again' })
    expect(sent().map(({ type }) => type)).toEqual(['ENTITY_CREATED', 'ENTITY_UPDATED'])
    expect(await auditOf(device.id.id)).toMatchObject([
      { actionType: 'ADDED', actionStatus: 'SUCCESS' },
      { actionType: 'UPDATED', actionStatus: 'FAILURE' },
      { actionType: 'UPDATED', actionStatus: 'SUCCESS', actionData: { entity: { label: 'again' } } },
    ])
  })

  test('keeps settings of a transport as they were sent', async () => {
    const deviceData = {
      configuration: { type: 'DEFAULT' },
      transportConfiguration: { type: 'SNMP', host: '10.0.0.1', port: 161 },
    }
    const device = await create('Switch', { deviceData })
    expect((await api.admin.get(`/api/device/${device.id.id}`)).body).toMatchObject({ deviceData })
    const renamed = await api.admin.post('/api/device', { id: device.id, name: 'Switch 2' })
    expect(renamed.body).toMatchObject({ deviceData })
  })

  test("members that are not the client's to set, and __proto__, change nothing", async () => {
    const answer = await api.request({
      method: 'POST',
      url: '/api/device',
      headers: { 'x-authorization': `Bearer ${api.admin.token}` },
      payload: `{"name":"Assigned en masse","createdTime":1,"tenantId":{"id":"${api.stranger.tenantId}"},"version":null,
        "active":true,"__proto__":{"customerId":{"id":"${api.tenant.customerId}"}}}`,
    })
    expect(answer).toMatchObject({
      status: 200,
      body: { tenantId: { id: api.tenant.tenantId }, customerId: { id: nullUuid }, version: 1 },
    })
    expect(answer.body).not.toHaveProperty('active')
    expect(z.object({ createdTime: z.number() }).parse(answer.body).createdTime).toBeGreaterThan(1)
  })

  test('a taken name gets a suffix when the client allows it', async () => {
    await create('Pump')
    const again = await api.admin.post(
      '/api/device?nameConflictPolicy=UNIQUIFY&uniquifyStrategy=INCREMENTAL&uniquifySeparator=-',
      { name: 'Pump' },
    )
    expect(again.body).toMatchObject({ name: 'Pump-1' })
  })

  test('names no package, profile or customer of another tenant', async () => {
    const { id } = (await api.db.deviceProfiles.listInfos(api.stranger.scope, { pageSize: 1, page: 0 })).data[0] ?? {}
    expect(await api.admin.post('/api/device', { name: 'Tied', deviceProfileId: id })).toMatchObject({
      status: 400,
      body: { message: 'Device is referencing to non-existent device profile!' },
    })
    expect(await api.admin.post('/api/device', { name: 'Tied', firmwareId: { id: unknownId } })).toMatchObject({
      status: 400,
      body: { message: "Can't assign non-existent firmware!" },
    })
  })
})

describe('a device with its credentials', () => {
  const credentialsOf = async (id: string) => {
    const { body } = await api.admin.get(`/api/device/${id}/credentials`)
    return body as DeviceCredentials
  }

  test('is created and changed at once', async () => {
    const credentials = {
      credentialsType: 'MQTT_BASIC',
      credentialsValue: JSON.stringify({ userName: 'pump-user', password: 'p' }),
    }
    const made = await api.admin.post('/api/device-with-credentials', { device: { name: 'Both' }, credentials })
    expect(made.status, made.text).toBe(200)
    const device = deviceSchema.parse(made.body)
    expect(await credentialsOf(device.id.id)).toMatchObject({
      credentialsType: 'MQTT_BASIC',
      credentialsId: 'pump-user',
    })
    await api.admin.post('/api/device-with-credentials', {
      device: { ...device, label: 'changed' },
      credentials: { credentialsType: 'ACCESS_TOKEN', credentialsId: 'both-token' },
    })
    expect(await credentialsOf(device.id.id)).toMatchObject({ credentialsId: 'both-token', credentialsValue: null })
    expect((await api.admin.get(`/api/device/${device.id.id}`)).body).toMatchObject({ label: 'changed' })
  })

  test('is not made when the credentials belong to another', async () => {
    const credentials = { credentialsType: 'ACCESS_TOKEN', credentialsId: api.stranger.token }
    expect(
      await api.admin.post('/api/device-with-credentials', { device: { name: 'Thief' }, credentials }),
    ).toMatchObject({
      status: 400,
      body: { message: 'Device credentials are already assigned to another device!' },
    })
    expect((await api.admin.get('/api/tenant/device?deviceName=Thief')).status).toBe(404)
  })

  test('a change of them is noted, without the secret', async () => {
    const { id } = await create('Secretive')
    const current = await credentialsOf(id.id)
    await api.admin.post('/api/device/credentials', { ...current, credentialsId: 'very-secret' })
    const log = await auditOf(id.id)
    expect(log.map(({ actionType }) => actionType)).toEqual(['ADDED', 'CREDENTIALS_UPDATED'])
    expect(JSON.stringify(log)).not.toContain('very-secret')
  })
})

describe('assigning', () => {
  test('to a customer and back, with messages that name the customer', async () => {
    const { id } = await create('Lent')
    api.messages.splice(0)
    const assigned = await api.admin.post(`/api/customer/${api.tenant.customerId}/device/${id.id}`)
    expect(assigned).toMatchObject({ status: 200, body: { customerId: { id: api.tenant.customerId } } })
    expect((await api.customer.get(`/api/device/${id.id}`)).status).toBe(200)
    expect((await api.admin.delete(`/api/customer/device/${id.id}`)).body).toMatchObject({
      customerId: { id: nullUuid },
    })
    expect(sent()).toMatchObject([
      { type: 'ENTITY_ASSIGNED', metadata: { assignedCustomerId: api.tenant.customerId } },
      { type: 'ENTITY_UNASSIGNED', metadata: { unassignedCustomerId: api.tenant.customerId } },
    ])
    expect(await api.admin.delete(`/api/customer/device/${id.id}`)).toMatchObject({
      status: 400,
      body: { message: "Device isn't assigned to any customer!" },
    })
  })

  test('to nobody of another tenant', async () => {
    const { id } = await create('Kept')
    expect((await api.admin.post(`/api/customer/${api.stranger.customerId}/device/${id.id}`)).status).toBe(404)
    const foreign = api.stranger.device.id.id
    expect((await api.admin.post(`/api/customer/${api.tenant.customerId}/device/${foreign}`)).status).toBe(404)
  })

  test('to everybody', async () => {
    const { id } = await create('Public')
    expect((await api.admin.post(`/api/customer/public/device/${id.id}`)).status).toBe(200)
    expect((await api.admin.get(`/api/device/info/${id.id}`)).body).toMatchObject({
      customerTitle: 'Public',
      customerIsPublic: true,
    })
  })
})

describe('moving to another tenant', () => {
  test('takes telemetry and credentials along and leaves the rest behind', async () => {
    const { id } = await create('Traveller', { customerId: { id: api.tenant.customerId }, type: 'vehicle' })
    await api.db.attributes.save(api.tenant.tenantId, [
      { entityId: id, scope: 'SERVER_SCOPE', entries: [{ key: 'k', type: 'LONG', value: 7 }], ts: 1 },
    ])
    api.messages.splice(0)
    const moved = await api.admin.post(`/api/tenant/${api.stranger.tenantId}/device/${id.id}`)
    expect(moved).toMatchObject({
      status: 200,
      body: { tenantId: { id: api.stranger.tenantId }, customerId: { id: nullUuid }, type: 'vehicle' },
    })
    expect((await api.admin.get(`/api/device/${id.id}`)).status).toBe(404)
    expect((await api.strangerAdmin.get(`/api/device/${id.id}`)).status).toBe(200)
    const values = await api.strangerAdmin.get(`/api/plugins/telemetry/DEVICE/${id.id}/values/attributes`)
    expect(values.body).toMatchObject([{ key: 'k', value: 7 }])
    expect(sent()).toMatchObject([
      {
        type: 'ENTITY_ASSIGNED_TO_TENANT',
        tenantId: api.tenant.tenantId,
        metadata: { assignedToTenantId: api.stranger.tenantId },
      },
      {
        type: 'ENTITY_ASSIGNED_FROM_TENANT',
        tenantId: api.stranger.tenantId,
        metadata: { assignedFromTenantId: api.tenant.tenantId },
      },
    ])
  })

  test('needs a tenant and a free name there', async () => {
    const { id } = await create(api.stranger.device.name)
    expect(await api.admin.post(`/api/tenant/${unknownId}/device/${id.id}`)).toMatchObject({
      status: 400,
      body: { message: 'Could not find the specified Tenant!' },
    })
    expect(await api.admin.post(`/api/tenant/${api.stranger.tenantId}/device/${id.id}`)).toMatchObject({
      status: 400,
      body: { message: 'Device with such name already exists!' },
    })
    expect((await api.customer.post(`/api/tenant/${api.stranger.tenantId}/device/${id.id}`)).status).toBe(403)
  })
})

describe('finding', () => {
  test('several by id: what may not be read is left out', async () => {
    const { device, customerDevice } = api.tenant
    const ids = [api.stranger.device, customerDevice, device].map(({ id }) => id.id).join(',')
    const names = async (client: typeof api.admin) =>
      z.array(z.looseObject({ name: z.string() })).parse((await client.get(`/api/devices?deviceIds=${ids}`)).body)
    expect((await names(api.admin)).map(({ name }) => name)).toEqual([customerDevice.name, device.name])
    expect((await names(api.customer)).map(({ name }) => name)).toEqual([customerDevice.name])
    expect((await api.admin.get('/api/devices?deviceIds=no-id')).status).toBe(400)
  })

  test('around an entity by relations, of one type', async () => {
    const { device, customerDevice, tenantId } = api.tenant
    await api.db.relations.save(tenantId, {
      from: device.id,
      to: customerDevice.id,
      type: 'Contains',
      typeGroup: 'COMMON',
      additionalInfo: null,
    })
    const query = (deviceTypes: string[], rootId = device.id.id) => ({
      parameters: { rootId, rootType: 'DEVICE', direction: 'FROM', maxLevel: 1 },
      relationType: 'Contains',
      deviceTypes,
    })
    expect((await api.admin.post('/api/devices', query(['default']))).body).toMatchObject([{ id: customerDevice.id }])
    expect((await api.admin.post('/api/devices', query(['boiler']))).body).toEqual([])
    expect((await api.admin.post('/api/devices', query([], api.stranger.device.id.id))).status).toBe(404)
  })

  test('how many follow the package of their profile', async () => {
    const profiles = await api.db.deviceProfiles.listInfos(api.tenant.scope, {
      pageSize: 10,
      page: 0,
      textSearch: 'vehicle',
    })
    const [profile] = profiles.data
    await create('Lorry', { type: 'vehicle' })
    expect((await api.admin.get(`/api/devices/count/SOFTWARE/${profile?.id.id}`)).body).toBe(1)
    expect((await api.admin.get(`/api/devices/count/OTHER/${profile?.id.id}`)).status).toBe(400)
  })
})

test('a device that an entity view shows is not deleted', async () => {
  const { id } = await create('Viewed')
  await api.db.entityViews.save(api.tenant.scope, {
    name: 'View of it',
    type: 'default',
    entityId: id,
    keys: { timeseries: [], attributes: { cs: [], ss: [], sh: [] } },
    startTimeMs: 0,
    endTimeMs: 0,
  })
  expect(await api.admin.delete(`/api/device/${id.id}`)).toMatchObject({
    status: 400,
    body: { message: "Can't delete device that has entity views!" },
  })
})

test('deleting tells the rule engine with the last state', async () => {
  const { id } = await create('Gone')
  api.messages.splice(0)
  await api.admin.delete(`/api/device/${id.id}`)
  expect(sent()).toMatchObject([{ type: 'ENTITY_DELETED', originator: id }])
  expect(JSON.parse(sent()[0]?.data ?? '')).toMatchObject({ name: 'Gone' })
})
