import { seedTenant, waitFor } from '@thingwire/testing'
import mqtt, { type MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { hashPassword } from '../auth/passwords.ts'
import { startEngineProcess } from '../testing/engine-process.ts'
import { connectPacket, rawMqtt } from '../testing/raw-mqtt.ts'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../testing/test-engine.ts'

/** Two engines on one Redis and one PostgreSQL; REST goes to the second one. */
let services: TestServices
let tenant: Awaited<ReturnType<typeof seedTenant>>
let first: TestEngine
let second: TestEngine
let token: string
const clients: MqttClient[] = []

beforeAll(async () => {
  services = await startTestServices()
  tenant = await seedTenant(services.db, { passwordHash: await hashPassword('correct horse battery') })
  first = await startTestEngine(services, { ENGINE_ROLES: 'gateway,rules,api' })
  second = await startTestEngine(services, { ENGINE_ROLES: 'gateway,rules,api' })
  const response = await rest('/api/auth/login', { username: tenant.admin.email, password: 'correct horse battery' })
  token = z.object({ token: z.string() }).parse(await response.json()).token
})
afterAll(async () => {
  for (const client of clients) await client.endAsync(true)
  await second[Symbol.asyncDispose]()
  await first[Symbol.asyncDispose]()
  await services[Symbol.asyncDispose]()
})

const rest = (path: string, body: unknown) =>
  fetch(`http://127.0.0.1:${second.ports.http}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { 'x-authorization': `Bearer ${token}` }) },
    body: JSON.stringify(body),
  })
const command = (params: unknown) =>
  rest(`/api/rpc/twoway/${tenant.device.id.id}`, { method: 'm', params, timeout: 20_000 })

/** A device that echoes the parameters of commands. */
const device = async (port: number | undefined) => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, {
    username: tenant.token,
    reconnectPeriod: 0,
    protocolVersion: 5,
  })
  clients.push(client)
  const updates: string[] = []
  client.on('message', (topic, payload) => {
    if (!topic.includes('/rpc/')) return void updates.push(payload.toString())
    client.publish(topic.replace('request', 'response'), JSON.stringify(JSON.parse(payload.toString()).params))
  })
  await client.subscribeAsync(['v1/devices/me/rpc/request/+', 'v1/devices/me/attributes'], { qos: 1 })
  return { client, updates }
}
const listen = async () => {
  const listener = services.redis.duplicate()
  const heard: string[] = []
  listener.on('message', (channel) => heard.push(channel))
  await listener.subscribe('tw:rpc:wake', 'tw:downlink')
  return { heard, [Symbol.dispose]: () => listener.disconnect() }
}
const holdersOf = async () => {
  const keys = await services.redis.keys('tw:gateway:devices:*')
  const held = await Promise.all(keys.map((key) => services.redis.hexists(key, tenant.device.id.id)))
  return held.filter((is) => is === 1).length
}

test('commands and attributes find a device on the other node, and only its node hears of them', async () => {
  const { client, updates } = await device(first.ports.mqtt)
  await waitFor(async () => (await holdersOf()) === 1)
  using all = await listen()
  const answer = await command({ n: 1 })
  expect([answer.status, await answer.json()]).toEqual([200, { n: 1 }])
  await rest(`/api/plugins/telemetry/DEVICE/${tenant.device.id.id}/SHARED_SCOPE`, { interval: 5 })
  await waitFor(() => updates.length === 1)
  expect([updates, all.heard]).toEqual([['{"interval":5}'], []])
  await client.endAsync()
  await waitFor(async () => (await holdersOf()) === 0)
})

test('a connection on one node ends the older one on the other, which is told why', async () => {
  const older = await rawMqtt(first.ports.mqtt ?? 0, 5)
  older.send(connectPacket(5, { username: tenant.token }))
  expect(await older.next()).toMatchObject({ cmd: 'connack', reasonCode: 0 })
  await waitFor(async () => (await holdersOf()) === 1)
  const newer = await device(second.ports.mqtt)
  expect(await older.next()).toMatchObject({ cmd: 'disconnect', reasonCode: 0x8e })
  expect(await older.next()).toBeNull()
  expect(await (await command('still there')).json()).toBe('still there')
  await newer.client.endAsync()
})

test('of connections that both nodes accept at once one stays', async () => {
  for (let round = 0; round < 10; round++) {
    const both = await Promise.all([rawMqtt(first.ports.mqtt ?? 0, 5), rawMqtt(second.ports.mqtt ?? 0, 5)])
    for (const one of both) one.send(connectPacket(5, { username: tenant.token }))
    const ended: number[] = []
    const ends = both.map(async (one, i) => {
      for (let packet = await one.next(); packet; packet = await one.next())
        if (packet.cmd === 'disconnect') ended.push(i)
    })
    await waitFor(() => ended.length > 0)
    await waitFor(async () => (await holdersOf()) === 1)
    const kept = both[ended[0] === 0 ? 1 : 0]
    expect([ended.length, kept?.socket.destroyed]).toEqual([1, false])
    kept?.socket.destroy()
    await Promise.all(ends)
    await waitFor(async () => (await holdersOf()) === 0)
  }
})

test('a command that is sent while its device changes nodes is answered', async () => {
  for (let round = 0; round < 15; round++) {
    const answer = command(round)
    const { client } = await device(round % 2 ? first.ports.mqtt : second.ports.mqtt)
    expect(await (await answer).json()).toBe(round)
    await client.endAsync()
  }
})

test('a node that dies holds nobody: its device goes on at another one', async () => {
  const dying = await startEngineProcess({ roles: 'gateway', ...services })
  await device(dying.ports.mqtt)
  await waitFor(async () => (await holdersOf()) === 1)
  const { pid } = dying
  process.kill(pid, 'SIGKILL')
  const answer = command('after the crash')
  await dying.exited
  await device(first.ports.mqtt)
  expect(await (await answer).json()).toBe('after the crash')
})
