import { randomUUID } from 'node:crypto'
import { type DeviceProfile, entityId, type SaveDeviceProfile } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import mqtt from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../testing/test-engine.ts'

describe('provisioning of devices', () => {
  let services: TestServices
  let engine: TestEngine
  beforeAll(async () => {
    services = await startTestServices()
    engine = await startTestEngine(services, { ENGINE_ROLES: 'gateway' })
  })
  afterAll(async () => {
    await engine[Symbol.asyncDispose]()
    await services[Symbol.asyncDispose]()
  })

  const profileWith = async (provisionType: SaveDeviceProfile['provisionType']): Promise<DeviceProfile> =>
    services.db.deviceProfiles.save(services.tenant.scope, {
      name: `Profile ${randomUUID()}`,
      type: 'DEFAULT',
      transportType: 'DEFAULT',
      provisionType,
      provisionDeviceKey: `key-${randomUUID()}`,
      profileData: {
        configuration: { type: 'DEFAULT' },
        transportConfiguration: { type: 'DEFAULT' },
        provisionConfiguration: { type: provisionType ?? 'DISABLED', provisionDeviceSecret: 'secret' },
      },
    })

  const keysOf = (profile: DeviceProfile) => ({
    provisionDeviceKey: profile.provisionDeviceKey,
    provisionDeviceSecret: 'secret',
  })

  const post = (body: unknown) =>
    fetch(`http://127.0.0.1:${engine.ports.http}/api/v1/provision`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const provision = async (body: unknown): Promise<{ status: string; credentialsValue?: unknown }> => {
    const response = await post(body)
    expect(response.status).toBe(200)
    return JSON.parse(await response.text())
  }

  /** Types of the entries in the audit log about this entity. */
  const audited = async (id: string) => {
    const link = { page: 0, pageSize: 100, textSearch: '', sortOrder: 'ASC', sortProperty: 'createdTime' } as const
    const { data } = await services.db.audit.list(services.tenant.tenantId, link, { entityId: entityId('DEVICE', id) })
    return data.map(({ actionType, actionStatus }) => `${actionType} ${actionStatus}`)
  }

  const notFound = { status: 'NOT_FOUND', errorMsg: 'Provision data was not found!' }
  const failure = { status: 'FAILURE', errorMsg: 'Failed to provision device!' }

  test('a new device gets a token that works, and is noted as provisioned', async () => {
    const profile = await profileWith('ALLOW_CREATE_NEW_DEVICES')
    const deviceName = `New ${randomUUID()}`
    const answer = await provision({ ...keysOf(profile), deviceName, gateway: true })
    expect(answer).toMatchObject({ status: 'SUCCESS', credentialsType: 'ACCESS_TOKEN' })
    const telemetry = `http://127.0.0.1:${engine.ports.http}/api/v1/${answer.credentialsValue}/telemetry`
    expect((await fetch(telemetry, { method: 'POST', body: '{"a":1}' })).status).toBe(200)
    const device = await services.db.devices.findByName(services.tenant.scope, deviceName)
    expect(device).toMatchObject({ deviceProfileId: profile.id, additionalInfo: { gateway: true } })
    const id = device?.id ?? entityId('DEVICE', '')
    const query = { scope: 'SERVER_SCOPE', keys: ['provisionState'] } as const
    expect(await services.db.attributes.find(services.tenant.scope, id, query)).toMatchObject([
      { value: 'provisioned' },
    ])
    const entries = await waitFor(async () => {
      const found = await audited(id.id)
      return found.length === 2 && found
    })
    expect(entries).toEqual(expect.arrayContaining(['ADDED SUCCESS', 'PROVISION_SUCCESS SUCCESS']))
    // The name is taken now.
    expect(await provision({ ...keysOf(profile), deviceName })).toEqual(failure)
    await waitFor(async () => (await audited(id.id)).includes('PROVISION_FAILURE SUCCESS'))
  })

  test('a device without a name gets one of 20 letters and digits', async () => {
    const profile = await profileWith('ALLOW_CREATE_NEW_DEVICES')
    const answer = await provision(keysOf(profile))
    const info = await services.db.credentials.resolve(String(answer.credentialsValue))
    expect(info?.name).toMatch(/^[A-Za-z0-9]{20}$/)
  })

  test('credentials are those that the device wishes for', async () => {
    const profile = await profileWith('ALLOW_CREATE_NEW_DEVICES')
    const token = randomUUID()
    expect(await provision({ ...keysOf(profile), credentialsType: 'ACCESS_TOKEN', token })).toMatchObject({
      credentialsValue: token,
    })
    // Nobody gets what somebody else has.
    expect(await provision({ ...keysOf(profile), token })).toEqual(failure)
    const basic = { clientId: randomUUID(), username: 'u', password: 'p' }
    expect(await provision({ ...keysOf(profile), credentialsType: 'MQTT_BASIC', ...basic })).toEqual({
      status: 'SUCCESS',
      credentialsType: 'MQTT_BASIC',
      credentialsValue: { clientId: basic.clientId, userName: 'u', password: 'p' },
    })
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${engine.ports.mqtt}`, { ...basic, reconnectPeriod: 0 })
    await client.endAsync()
  })

  test('a device that is expected comes once, with its own token', async () => {
    const profile = await profileWith('CHECK_PRE_PROVISIONED_DEVICES')
    const name = `Expected ${randomUUID()}`
    const device = await services.db.devices.save(services.tenant.scope, { name, deviceProfileId: profile.id })
    const token = randomUUID()
    const request = { ...keysOf(profile), deviceName: name, token }
    expect(await provision(request)).toMatchObject({ status: 'SUCCESS', credentialsValue: token })
    expect((await services.db.credentials.resolve(token))?.deviceId).toBe(device.id.id)
    expect(await provision(request)).toEqual(failure)
    expect(await provision({ ...request, deviceName: 'Somebody' })).toEqual(failure)
    const elsewhere = services.tenant.device.name
    expect(await provision({ ...request, deviceName: elsewhere })).toEqual(failure)
  })

  test('wrong keys, wrong secrets and closed profiles find nothing', async () => {
    const open = await profileWith('ALLOW_CREATE_NEW_DEVICES')
    expect(await provision({ ...keysOf(open), provisionDeviceSecret: 'guess' })).toEqual(notFound)
    expect(await provision({ ...keysOf(open), provisionDeviceKey: 'guess' })).toEqual(notFound)
    expect(await provision(keysOf(await profileWith('DISABLED')))).toEqual(notFound)
  })

  test('markup in a name is refused', async () => {
    const profile = await profileWith('ALLOW_CREATE_NEW_DEVICES')
    expect(await provision({ ...keysOf(profile), deviceName: '<img src=x>' })).toEqual(failure)
  })

  test.each(['', 'no json', '[]', '{}', '{"provisionDeviceKey":1,"provisionDeviceSecret":"s"}'])(
    'a request that is none is an error: %s',
    async (body) => {
      expect((await post(body)).status).toBe(500)
    },
  )

  test('over MQTT the answer comes on its topic', async () => {
    const profile = await profileWith('ALLOW_CREATE_NEW_DEVICES')
    const url = `mqtt://127.0.0.1:${engine.ports.mqtt}`
    const client = await mqtt.connectAsync(url, { username: 'provision', reconnectPeriod: 0 })
    const [granted] = await client.subscribeAsync('/provision/response', { qos: 1 })
    expect(granted?.qos).toBe(1)
    await expect(client.subscribeAsync('v1/devices/me/attributes')).rejects.toThrow()
    const answer = new Promise<string>((resolve) => {
      client.once('message', (topic, payload) => resolve(`${topic} ${payload.toString()}`))
    })
    await client.publishAsync('/provision/request', JSON.stringify(keysOf(profile)), { qos: 1 })
    expect(await answer).toMatch(/^\/provision\/response \{"status":"SUCCESS"/)
    await client.endAsync()
  })

  test.each([
    ['v1/devices/me/telemetry', '{"a":1}'],
    ['/provision/request', 'no json'],
  ])('over MQTT, %s with %s ends the session', async (topic, body) => {
    const url = `mqtt://127.0.0.1:${engine.ports.mqtt}`
    const client = await mqtt.connectAsync(url, { clientId: 'provision', reconnectPeriod: 0 })
    client.on('error', () => {})
    const closed = new Promise((resolve) => client.once('close', () => resolve('closed')))
    client.publish(topic, body, { qos: 1 })
    expect(await closed).toBe('closed')
  })
})
