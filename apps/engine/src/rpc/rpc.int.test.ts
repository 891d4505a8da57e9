import { rpcSchema, type RpcStatus } from '@thingwire/contracts'
import { seedTenant, waitFor } from '@thingwire/testing'
import mqtt, { type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { hashPassword } from '../auth/passwords.ts'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../testing/test-engine.ts'

/** Commands from REST through a real rule chain to a real device and back. */
let services: TestServices
let engine: TestEngine
let token: string
let customerToken: string
let tenant: Awaited<ReturnType<typeof seedTenant>>
const open: MqttClient[] = []

const base = () => `http://127.0.0.1:${engine.ports.http}`
const call = (path: string, body?: unknown, options: { token?: string; method?: string } = {}) =>
  fetch(`${base()}${path}`, {
    method: options.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      'x-authorization': `Bearer ${options.token ?? token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
const signIn = async (username: string) => {
  const response = await fetch(`${base()}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: 'correct horse battery' }),
  })
  return z.object({ token: z.string() }).parse(await response.json()).token
}

beforeAll(async () => {
  services = await startTestServices()
  tenant = await seedTenant(services.db, { passwordHash: await hashPassword('correct horse battery') })
  engine = await startTestEngine(services, { ENGINE_ROLES: 'gateway,rules,api' })
  token = await signIn(tenant.admin.email)
  customerToken = await signIn(tenant.customerUser.email)
})
afterAll(async () => {
  for (const client of open) await client.endAsync(true)
  await engine[Symbol.asyncDispose]()
  await services[Symbol.asyncDispose]()
})

type Command = { topic: string; body: { method: string; params: unknown } }

/** A device that listens; `answer` is what it says to each command, nothing to stay silent. */
const device = async (answer?: (command: Command) => string | undefined, qos: 0 | 1 = 1) => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${engine.ports.mqtt}`, {
    username: tenant.token,
    reconnectPeriod: 0,
    protocolVersion: 4,
  })
  open.push(client)
  const commands: Command[] = []
  client.on('message', (topic, payload) => {
    const command = { topic, body: JSON.parse(payload.toString()) as Command['body'] }
    commands.push(command)
    const reply = answer?.(command)
    if (reply !== undefined) client.publish(topic.replace('request', 'response'), reply, { qos: 1 })
  })
  await client.subscribeAsync('v1/devices/me/rpc/request/+', { qos })
  return { client, commands, end: () => client.endAsync() }
}

const path = (way: 'oneway' | 'twoway', prefix = '/api/rpc') => `${prefix}/${way}/${tenant.device.id.id}`

describe('a command that is not kept', () => {
  test('reaches the device with the id 0 and comes back with its answer', async () => {
    const there = await device(({ body }) => JSON.stringify({ got: body.params }))
    const response = await call(path('twoway'), { method: 'setValve', params: { open: true } })
    expect([response.status, await response.json()]).toEqual([200, { got: { open: true } }])
    expect(there.commands).toEqual([
      { topic: 'v1/devices/me/rpc/request/0', body: { method: 'setValve', params: { open: true } } },
    ])
    await there.end()
  })

  test('is answered at once when it wants no answer', async () => {
    const there = await device()
    const response = await call(path('oneway'), { method: 'blink', params: 'twice' })
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(there.commands.at(-1)?.body).toEqual({ method: 'blink', params: 'twice' })
    await there.end()
  })

  test('an answer that is no JSON is 406, an empty one is an empty 200', async () => {
    const answers = ['not json', '']
    const there = await device(() => answers.shift())
    expect((await call(path('twoway'), { method: 'm', params: 1 })).status).toBe(406)
    const empty = await call(path('twoway'), { method: 'm', params: 1 })
    expect([empty.status, await empty.text()]).toEqual([200, ''])
    await there.end()
  })

  test('a silent device is a timeout, an absent one no connection, each in the words of the version', async () => {
    const soon = () => ({ method: 'm', params: 1, expirationTime: Date.now() + 300 })
    expect((await call(path('twoway'), soon())).status).toBe(504)
    expect((await call(path('twoway', '/api/plugins/rpc'), soon())).status).toBe(409)
    const there = await device()
    expect((await call(path('twoway'), soon())).status).toBe(504)
    expect((await call(path('twoway', '/api/plugins/rpc'), soon())).status).toBe(408)
    await there.end()
  })

  test('waits for a device that comes before its time is over', async () => {
    const answer = call(path('twoway'), { method: 'late', params: null, expirationTime: Date.now() + 10_000 })
    await waitFor(async () => (await services.redis.exists(`tw:rpc:${tenant.device.id.id}`)) === 1)
    const there = await device(() => '"here"')
    const response = await answer
    expect([response.status, await response.json()]).toEqual([200, 'here'])
    await there.end()
  })

  test('refuses what is no command, and callers without the right', async () => {
    const bad = await call(path('twoway'), 'no json')
    expect([bad.status, await bad.json()]).toMatchObject([400, { errorCode: 31, message: 'Invalid request body' }])
    expect((await call(path('twoway'), { params: 1 })).status).toBe(400)
    expect((await call(path('twoway'), { method: 'm' }, { token: customerToken })).status).toBe(403)
    const nowhere = await call('/api/rpc/oneway/11111111-1111-4111-8111-111111111111', { method: 'm' })
    expect([nowhere.status, await nowhere.text()]).toEqual([404, "Device with requested id wasn't found!"])
  })

  test('a long poll over HTTP takes one command, and its answer goes back', async () => {
    const polled = fetch(`${base()}/api/v1/${tenant.token}/rpc?timeout=10000`)
    const answer = call(path('twoway'), { method: 'poll', params: [1], expirationTime: Date.now() + 10_000 })
    const command = z
      .object({ id: z.number(), method: z.string(), params: z.unknown() })
      .parse(await (await polled).json())
    expect(command).toMatchObject({ method: 'poll', params: [1] })
    await fetch(`${base()}/api/v1/${tenant.token}/rpc/${command.id}`, { method: 'POST', body: '{"done":true}' })
    expect(await (await answer).json()).toEqual({ done: true })
    expect((await fetch(`${base()}/api/v1/${tenant.token}/rpc?timeout=100`)).status).toBe(408)
  })
})

describe('a persistent command', () => {
  const send = async (way: 'oneway' | 'twoway', more: Record<string, unknown> = {}) => {
    const body = { method: 'keep', params: {}, persistent: true, expirationTime: Date.now() + 20_000, ...more }
    return z.object({ rpcId: z.guid() }).parse(await (await call(path(way), body)).json()).rpcId
  }
  const get = async (rpcId: string) => rpcSchema.parse(await (await call(`/api/rpc/persistent/${rpcId}`)).json())
  const until = (rpcId: string, status: RpcStatus) => waitFor(async () => (await get(rpcId)).status === status)

  test('waits for its device, and ends with the answer', async () => {
    const rpcId = await send('twoway')
    expect(await get(rpcId)).toMatchObject({ status: 'QUEUED', response: null, request: { body: { method: 'keep' } } })
    const there = await device(() => '{"ok":1}')
    await until(rpcId, 'SUCCESSFUL')
    expect(await get(rpcId)).toMatchObject({ response: { ok: 1 } })
    await there.end()
  })

  test('one that wants no answer ends when the device has it', async () => {
    const there = await device()
    await until(await send('oneway'), 'DELIVERED')
    await there.end()
  })

  test('expires when nobody comes', async () => {
    await until(await send('twoway', { expirationTime: Date.now() + 200 }), 'EXPIRED')
  })

  test('is listed, and never sent once it is deleted', async () => {
    const rpcId = await send('twoway')
    const list = await call(`/api/rpc/persistent/device/${tenant.device.id.id}?pageSize=10&page=0&rpcStatus=QUEUED`)
    expect(await list.json()).toMatchObject({ totalElements: 1, data: [{ id: { id: rpcId } }] })
    const refused = await call(`/api/rpc/persistent/device/${tenant.device.id.id}?pageSize=1&page=0&rpcStatus=DELETED`)
    expect([refused.status, await refused.json()]).toMatchObject([400, { message: 'RpcStatus: DELETED' }])
    expect(
      (await call(`/api/rpc/persistent/${rpcId}`, undefined, { method: 'DELETE', token: customerToken })).status,
    ).toBe(403)
    expect((await call(`/api/rpc/persistent/${rpcId}`, undefined, { method: 'DELETE' })).status).toBe(200)
    expect((await call(`/api/rpc/persistent/${rpcId}`)).status).toBe(404)
    const there = await device(() => '1')
    // A later command arrives; the deleted one would have come before it.
    await call(path('twoway'), { method: 'next', params: 1 })
    expect(there.commands.map(({ body }) => body.method)).toEqual(['next'])
    await there.end()
  })
})

describe('requests of a device', () => {
  test('about its limits are answered at once', async () => {
    const there = await device()
    await there.client.subscribeAsync('v1/devices/me/rpc/response/+', { qos: 1 })
    await there.client.publishAsync('v1/devices/me/rpc/request/7', '{"method":"getSessionLimits","params":{}}', {
      qos: 1,
    })
    await waitFor(() => there.commands.length > 0)
    expect(there.commands[0]).toMatchObject({
      topic: 'v1/devices/me/rpc/response/7',
      body: { maxPayloadSize: 65_536, rateLimits: { messages: null } },
    })
    await there.end()
  })

  test('are answered by the rule chain', async () => {
    const chain = await services.db.ruleChains.create(tenant.scope, {
      ruleChain: { name: 'Answers', type: 'CORE', root: false, debugMode: false },
      metadata: {
        firstNodeIndex: 0,
        nodes: [
          {
            type: 'org.thingsboard.rule.engine.rpc.TbSendRPCReplyNode',
            name: 'reply',
            singletonMode: false,
            configurationVersion: 0,
            configuration: {
              serviceIdMetaDataAttribute: 'serviceId',
              sessionIdMetaDataAttribute: 'sessionId',
              requestIdMetaDataAttribute: 'requestId',
            },
          },
          {
            type: 'org.thingsboard.rule.engine.rest.TbSendRestApiCallReplyNode',
            name: 'rest reply',
            singletonMode: false,
            configurationVersion: 0,
            configuration: {},
          },
        ],
        connections: [{ fromIndex: 0, toIndex: 1, type: 'Failure' }],
      },
    })
    const before = tenant.rootChain.id.id
    await call(`/api/ruleChain/${chain.chain.id.id}/root`, {})
    try {
      const asked = await fetch(`${base()}/api/v1/${tenant.token}/rpc`, {
        method: 'POST',
        body: '{"method":"time","params":{"zone":"UTC"}}',
      })
      expect([asked.status, await asked.json()]).toEqual([200, { method: 'time', params: { zone: 'UTC' } }])

      // The same chain answers REST calls: without a session the first node fails, and the second one answers.
      const rest = await call(`/api/rule-engine/ASSET/${'11111111-1111-4111-8111-111111111111'}`, { a: 1 })
      expect(rest.status).toBe(404)
      const own = await call('/api/rule-engine/', { sum: [1, 2] })
      expect([own.status, await own.json()]).toEqual([200, { sum: [1, 2] }])
      expect((await call(`/api/rule-engine/DEVICE/${tenant.device.id.id}/Nowhere/500`, {})).status).toBe(400)
    } finally {
      await call(`/api/ruleChain/${before}/root`, {})
    }
    expect((await call(`/api/rule-engine/DEVICE/${tenant.device.id.id}/Main/200`, {})).status).toBe(408)
    expect((await call('/api/rule-engine/', 'no json')).status).toBe(400)
  })
})

test('a claim that a device offers is taken by the user who knows its key', async () => {
  const offered = await fetch(`${base()}/api/v1/${tenant.token}/claim`, {
    method: 'POST',
    body: '{"secretKey":"open sesame","durationMs":60000}',
  })
  expect(offered.status).toBe(200)
  const claim = (secretKey: string) =>
    call(`/api/customer/device/${tenant.device.name}/claim`, { secretKey }, { token: customerToken })
  const wrong = await claim('wrong')
  expect([wrong.status, await wrong.json()]).toEqual([400, 'FAILURE'])
  expect(await (await claim('open sesame')).json()).toMatchObject({ response: 'SUCCESS' })
})
