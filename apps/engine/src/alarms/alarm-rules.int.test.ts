import { seedTenant, waitFor } from '@thingwire/testing'
import mqtt, { type MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { hashPassword } from '../auth/passwords.ts'
import { wsClient } from '../live/ws/ws-client.ts'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../testing/test-engine.ts'

/** Alarm rules of a device profile, from a device's own words to whoever watches, and back. */
let services: TestServices
let engine: TestEngine
let tenant: Awaited<ReturnType<typeof seedTenant>>
let token: string
let assetId: string
let profile: z.output<typeof saved>
const open: MqttClient[] = []

const saved = z.looseObject({ id: z.looseObject({ id: z.string() }) })
const base = () => `http://127.0.0.1:${engine.ports.http}`
const call = async (path: string, body?: unknown): Promise<unknown> => {
  const response = await fetch(`${base()}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(token && { 'x-authorization': `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
  return text === '' ? null : JSON.parse(text)
}

const above = (value: number, operation = 'GREATER') => [
  {
    key: { type: 'TIME_SERIES', key: 'temperature' },
    valueType: 'NUMERIC',
    predicate: { type: 'NUMERIC', operation, value: { defaultValue: value } },
  },
]
const rule = (condition: unknown, spec: unknown = { type: 'SIMPLE' }) => ({ condition: { condition, spec } })
const alarms = [
  {
    ...{ id: 'hot', alarmType: 'Hot', propagate: true, propagateRelationTypes: ['Contains'] },
    createRules: {
      MAJOR: rule(above(80), { type: 'DURATION', unit: 'SECONDS', predicate: { defaultValue: 5 } }),
    },
    clearRule: rule(above(50, 'LESS')),
  },
  {
    ...{ id: 'often', alarmType: 'Often cold' },
    createRules: { MINOR: rule(above(0, 'LESS'), { type: 'REPEATING', predicate: { defaultValue: 3 } }) },
  },
]

const startEngine = async () => {
  engine = await startTestEngine(services, { ENGINE_ROLES: 'gateway,rules,api' })
  token = ''
  const signedIn = await call('/api/auth/login', { username: tenant.admin.email, password: 'correct horse battery' })
  token = z.object({ token: z.string() }).parse(signedIn).token
}

const connect = async () => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${engine.ports.mqtt}`, {
    ...{ username: tenant.token, reconnectPeriod: 0, protocolVersion: 4 as const },
  })
  open.push(client)
  return (secondsAgo: number, temperature: number) =>
    client.publishAsync(
      'v1/devices/me/telemetry',
      JSON.stringify({ ts: Date.now() - secondsAgo * 1_000, values: { temperature } }),
      { qos: 1 },
    )
}

const alarmsOfDevice = async (type: string) => {
  const { data } = z
    .object({ data: z.array(z.looseObject({ id: z.object({ id: z.string() }), type: z.string() })) })
    .parse(await call(`/api/alarm/DEVICE/${tenant.device.id.id}?pageSize=100&page=0`))
  return data.filter((alarm) => alarm.type === type)
}

beforeAll(async () => {
  services = await startTestServices()
  tenant = await seedTenant(services.db, { passwordHash: await hashPassword('correct horse battery') })
  await startEngine()
  profile = saved.parse(
    await call('/api/deviceProfile', {
      ...{ name: 'oven', type: 'DEFAULT', transportType: 'DEFAULT' },
      profileData: {
        configuration: { type: 'DEFAULT' },
        transportConfiguration: { type: 'DEFAULT' },
        alarms,
      },
    }),
  )
  const device = saved.parse(await call(`/api/device/${tenant.device.id.id}`))
  await call('/api/device', { ...device, deviceProfileId: profile.id })
  assetId = saved.parse(await call('/api/asset', { name: 'Kitchen' })).id.id
  await call('/api/relation', {
    ...{ from: { entityType: 'ASSET', id: assetId }, to: { entityType: 'DEVICE', id: tenant.device.id.id } },
    ...{ type: 'Contains', typeGroup: 'COMMON' },
  })
  const node = (type: string, name: string, configuration: unknown, configurationVersion: number) => ({
    ...{ type: `org.thingsboard.rule.engine.${type}`, name, configuration, configurationVersion },
  })
  await call('/api/ruleChain/metadata', {
    ruleChainId: tenant.rootChain.id,
    firstNodeIndex: 0,
    nodes: [
      node('profile.TbDeviceProfileNode', 'Rules', {}, 1),
      node('telemetry.TbMsgTimeseriesNode', 'Save', { processingSettings: { type: 'ON_EVERY_MESSAGE' } }, 1),
    ],
    connections: [{ fromIndex: 0, toIndex: 1, type: 'Success' }],
  })
})
afterAll(async () => {
  for (const client of open) await client.endAsync(true)
  await engine[Symbol.asyncDispose]()
  await services[Symbol.asyncDispose]()
})

test('a duration rule raises an alarm that goes up to the asset, is seen live, acknowledged, and cleared by its rule', async () => {
  await using client = wsClient(base(), `/api/ws?token=${token}`)
  client.command({
    type: 'ALARM_DATA',
    cmdId: 1,
    query: {
      entityFilter: { type: 'singleEntity', singleEntity: { entityType: 'ASSET', id: assetId } },
      pageLink: { pageSize: 10, page: 0, searchPropagatedAlarms: true },
      alarmFields: [],
      entityFields: [],
      latestValues: [],
    },
  })
  expect(await client.next(1)).toMatchObject({ data: { totalElements: 0 } })
  const measure = await connect()
  await measure(20, 85)
  await measure(15, 85)
  // The fifth second is not yet more than five.
  await measure(14, 84)
  const seen = await client.next(1)
  expect(seen.data.data).toMatchObject([
    {
      ...{ type: 'Hot', severity: 'MAJOR', status: 'ACTIVE_UNACK', originator: tenant.device.id },
      entityId: { entityType: 'ASSET', id: assetId },
    },
  ])
  expect(seen.data.data[0].startTs).toBeLessThan(Date.now() - 13_000)
  const alarmId: string = seen.data.data[0].id.id

  await call(`/api/alarm/${alarmId}/ack`, {})
  expect(await client.next(1)).toMatchObject({ update: [{ id: { id: alarmId }, status: 'ACTIVE_ACK' }] })

  await measure(10, 60)
  await measure(5, 49)
  expect(await client.next(1)).toMatchObject({ update: [{ id: { id: alarmId }, status: 'CLEARED_ACK' }] })
  expect(await alarmsOfDevice('Hot')).toHaveLength(1)
})

test('a changed profile counts from the next message on', async () => {
  const [hot, ...others] = alarms
  const changed = { ...hot, createRules: { CRITICAL: rule(above(40)) }, clearRule: null }
  const before = saved.parse(await call(`/api/deviceProfile/${profile.id.id}`))
  await call('/api/deviceProfile', {
    ...before,
    profileData: { ...Object(before.profileData), alarms: [changed, ...others] },
  })
  const measure = await connect()
  await waitFor(async () => {
    await measure(0, 45)
    return (await alarmsOfDevice('Hot')).length === 2
  })
  expect(await alarmsOfDevice('Hot')).toContainEqual(
    expect.objectContaining({ severity: 'CRITICAL', status: 'ACTIVE_UNACK' }),
  )
})

test('what rules have counted outlives the engine', async () => {
  const measure = await connect()
  await measure(4, -1)
  await measure(3, -2)
  const counted = () => services.db.alarmRules.counts(nodeId, [tenant.device.id.id])
  const metadata = z
    .object({ nodes: z.array(z.object({ id: z.object({ id: z.string() }), name: z.string() })) })
    .parse(await call(`/api/ruleChain/${tenant.rootChain.id.id}/metadata`))
  const nodeId = metadata.nodes.find(({ name }) => name === 'Rules')?.id.id ?? ''
  await waitFor(async () => JSON.stringify(await counted()).includes('[2,0,0]'))
  expect(await alarmsOfDevice('Often cold')).toEqual([])
  await engine.stop(Date.now() + 5_000)
  await startEngine()
  const after = await connect()
  await after(2, -3)
  await waitFor(async () => (await alarmsOfDevice('Often cold')).length === 1)
})
