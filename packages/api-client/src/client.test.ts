import { expect, test } from 'vitest'
import { ApiError, createApiClient } from './index.ts'

type Sent = { url: string; init: RequestInit }

const clientAnswering = (respond: () => Response | Promise<Response>, options = {}) => {
  const sent: Sent[] = []
  const api = createApiClient({
    ...options,
    fetch: async (url, init) => {
      sent.push({ url, init })
      return respond()
    },
  })
  return { api, sent }
}

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

test('fills the path, adds the query and parses the answer', async () => {
  const { api, sent } = clientAnswering(() => json({ name: 'Boiler' }), { baseUrl: 'https://iot.example.org' })
  const device = await api('GET /api/device/{deviceId}', { path: { deviceId: 'a/b' } })
  expect(device.name).toBe('Boiler')
  await api('GET /api/tenant/deviceInfos', {
    query: { pageSize: 10, page: 0, textSearch: 'a&b', active: true, type: null },
  })
  expect(sent.map(({ url }) => url)).toEqual([
    'https://iot.example.org/api/device/a%2Fb',
    'https://iot.example.org/api/tenant/deviceInfos?pageSize=10&page=0&textSearch=a%26b&active=true',
  ])
})

test('a list in the query is its member repeated', async () => {
  const { api, sent } = clientAnswering(() => json({}))
  await api('GET /api/plugins/telemetry/{entityType}/{entityId}/values/timeseries', {
    path: { entityType: 'DEVICE', entityId: 'x' },
    query: { key: ['a,b', 'c'] },
  })
  expect(sent[0]?.url).toBe('/api/plugins/telemetry/DEVICE/x/values/timeseries?key=a%2Cb&key=c')
})

test('sends bodies as JSON, and the credentials of the moment', async () => {
  let token = 'Bearer one'
  const { api, sent } = clientAnswering(() => new Response(''), { authorization: () => token })
  await api('POST /api/auth/logout')
  token = 'Bearer two'
  await api('POST /api/device', { body: { name: 'Boiler' } })
  expect(sent.map(({ init }) => init.headers)).toMatchObject([
    { 'x-authorization': 'Bearer one' },
    { 'x-authorization': 'Bearer two', 'content-type': 'application/json' },
  ])
  expect(sent[0]?.init.headers).not.toHaveProperty('content-type')
  expect(sent[1]?.init.body).toBe('{"name":"Boiler"}')
})

test("a refusal carries the server's text and code, whichever form it has", async () => {
  const answers = [
    json({ status: 404, message: 'Device with id [x] is not found', errorCode: 32, timestamp: 1 }, 404),
    new Response("Device with requested id wasn't found!", { status: 404 }),
    new Response('<html>', { status: 502 }),
  ]
  const { api } = clientAnswering(() => answers.shift() ?? json({}))
  const failure = async () => {
    const error: unknown = await api('GET /api/device/{deviceId}', { path: { deviceId: 'x' } }).catch((e: unknown) => e)
    return error instanceof ApiError ? [error.status, error.errorCode, error.message] : error
  }
  expect(await failure()).toEqual([404, 32, 'Device with id [x] is not found'])
  expect(await failure()).toEqual([404, 0, "Device with requested id wasn't found!"])
  expect(await failure()).toEqual([502, 0, 'HTTP 502'])
})

test('a server that cannot be reached is told from one that refuses', async () => {
  const { api } = clientAnswering(() => Promise.reject(new TypeError('fetch failed')))
  await expect(api('GET /api/session')).rejects.toMatchObject({ status: 0, isUnreachable: true })
})
