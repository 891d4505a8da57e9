import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { wsClient } from '../live/ws/ws-client.ts'
import { type ContractWorld, startContractWorld, type WiredDevice } from './contract-world.ts'

/** The checklist of the ThingsBoard contract, part three: `/api/ws` and the query language. */
let world: ContractWorld
beforeAll(async () => {
  world = await startContractWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const open = () => wsClient(world.base, `/api/ws?token=${world.admin.token}`)
const save = async (device: WiredDevice, values: object, ts?: number) => {
  const body = ts === undefined ? values : { ts, values }
  expect((await world.admin.post(device.values('timeseries/ANY'), body)).status).toBe(200)
}
const single = (id: string) => ({
  entityFilter: { type: 'singleEntity', singleEntity: { entityType: 'DEVICE', id } },
  pageLink: { pageSize: 10, page: 0 },
  entityFields: [{ type: 'ENTITY_FIELD', key: 'name' }],
})
const series = (key: string) => ({ type: 'TIME_SERIES', key })

describe('WebSocket', () => {
  test.concurrent('31. a first message without authCmd closes with 1008, one with a bad token with 1007', async () => {
    await using silent = wsClient(world.base)
    silent.send({ cmds: [] })
    expect(await silent.closed).toEqual({ code: 1008, reason: 'Auth cmd is missing' })
    await using wrong = wsClient(world.base)
    wrong.send({ authCmd: { cmdId: 0, token: 'a.b.c' } })
    expect(await wrong.closed).toMatchObject({ code: 1007 })
  })

  test.concurrent('31. silence for 10 s closes with 1008', { timeout: 20_000 }, async () => {
    await using client = wsClient(world.base)
    await client.opened
    const began = performance.now()
    expect(await client.closed).toMatchObject({ code: 1008 })
    expect(performance.now() - began).toBeGreaterThan(9_500)
  })

  test.concurrent('31. an expired token in the address opens and closes with 1011', async () => {
    const settings = await world.systemAdmin.get('/api/admin/jwtSettings')
    const { tokenSigningKey } = z.object({ tokenSigningKey: z.string() }).parse(settings.body)
    await using client = wsClient(world.base, `/api/ws?token=${expired(world.admin.token, tokenSigningKey)}`)
    await client.opened
    expect(await client.closed).toMatchObject({ code: 1011 })
  })

  test('32. ENTITY_DATA with query and latestCmd: one message with data, then one with update', async () => {
    const device = await world.device()
    await save(device, { t: 20 }, 1_000)
    await using client = open()
    client.command({ type: 'ENTITY_DATA', cmdId: 1, query: single(device.id), latestCmd: { keys: [series('t')] } })
    const first = await client.next(1)
    expect(first).toMatchObject({ errorCode: 0, errorMsg: null, cmdUpdateType: 'ENTITY_DATA', update: null })
    expect(first.data.data[0].latest.TIME_SERIES).toEqual({ t: { ts: 1_000, value: '20' } })
    expect(
      (
        await fetch(`${world.base}/api/v1/${device.token}/telemetry`, {
          method: 'POST',
          body: '{"ts":2000,"values":{"t":21.5}}',
        })
      ).status,
    ).toBe(200)
    const second = await client.next(1)
    expect(second.data).toBeNull()
    expect(second.update).toEqual([
      {
        entityId: { entityType: 'DEVICE', id: device.id },
        latest: { TIME_SERIES: { t: { ts: 2_000, value: '21.5' } } },
        timeseries: null,
        aggLatest: null,
      },
    ])
  })

  test('33. with query, tsCmd and latestCmd: first data, then update with the time series', async () => {
    const device = await world.device()
    const now = Date.now()
    await save(device, { t: 20 }, now - 1_000)
    await using client = open()
    client.command({
      type: 'ENTITY_DATA',
      cmdId: 1,
      query: single(device.id),
      latestCmd: { keys: [series('t')] },
      tsCmd: { keys: ['t'], startTs: now - 60_000, timeWindow: 120_000, interval: 1_000, limit: 100, agg: 'NONE' },
    })
    const first = await client.next(1)
    expect(first.data.data).toHaveLength(1)
    expect(first.update).toBeNull()
    const second = await client.next(1)
    expect(second.data).toBeNull()
    expect(second.update[0].timeseries).toEqual({ t: [{ ts: now - 1_000, value: '20' }] })
  })

  test('34. an unknown member of a command is an error of code 2', async () => {
    const device = await world.device()
    await using client = open()
    client.command({ type: 'ENTITY_DATA', cmdId: 1, query: single(device.id), surprise: 1 })
    expect(await client.next(1)).toMatchObject({
      subscriptionId: 1,
      errorCode: 2,
      errorMsg: 'Failed to parse the payload',
    })
    client.command({ type: 'ENTITY_DATA', cmdId: 7, query: single(device.id) })
    expect(await client.next(7)).toMatchObject({ errorCode: 0 })
  })

  test('35. a deleted attribute arrives as an empty text at the time 0', async () => {
    const device = await world.device()
    expect((await world.admin.post(device.values('SERVER_SCOPE'), { a: 1 })).status).toBe(200)
    await using client = open()
    const keys = [{ type: 'ATTRIBUTE', key: 'a' }]
    client.command({ type: 'ENTITY_DATA', cmdId: 1, query: single(device.id), latestCmd: { keys } })
    expect((await client.next(1)).data.data[0].latest.ATTRIBUTE.a).toMatchObject({ value: '1' })
    await world.admin.delete(device.values('SERVER_SCOPE?keys=a'))
    expect((await client.next(1)).update[0].latest).toEqual({ ATTRIBUTE: { a: { ts: 0, value: '' } } })
  })

  test('36. the old path takes tsSubCmds and answers by subscriptionId', async () => {
    const device = await world.device()
    await save(device, { k: 3 }, 5_000)
    await using client = wsClient(world.base, `/api/ws/plugins/telemetry?token=${world.admin.token}`)
    client.send({ tsSubCmds: [{ cmdId: 4, entityType: 'DEVICE', entityId: device.id, keys: 'k' }] })
    expect(await client.next(4)).toEqual({
      subscriptionId: 4,
      errorCode: 0,
      errorMsg: null,
      data: { k: [[5_000, '3']] },
      latestValues: { k: 5_000 },
    })
  })
})

describe('queries', () => {
  const found = z.object({
    data: z.array(z.object({ entityId: z.object({ id: z.string() }), latest: z.record(z.string(), z.unknown()) })),
  })
  const find = async (query: object) => {
    const page = { pageLink: { pageSize: 100, page: 0 }, entityFields: [{ type: 'ENTITY_FIELD', key: 'name' }] }
    const answer = await world.admin.post('/api/entitiesQuery/find', { ...page, ...query })
    expect(answer).toMatchObject({ status: 200 })
    return found.parse(answer.body).data
  }
  const ids = async (query: object) => (await find(query)).map(({ entityId }) => entityId.id)
  const list = (...devices: WiredDevice[]) => ({
    type: 'entityList',
    entityType: 'DEVICE',
    entityList: devices.map(({ id }) => id),
  })
  const keyFilter = (key: object, valueType: string, predicate: object) => ({ key, valueType, predicate })
  const value = (defaultValue: unknown) => ({ defaultValue, userValue: null, dynamicValue: null })
  const numeric = (key: string, operation: string, number: number) =>
    keyFilter(series(key), 'NUMERIC', { type: 'NUMERIC', operation, value: value(number) })

  test('37. a numeric filter matches no text; NOT_EQUAL excludes whoever lacks the key', async () => {
    const [number, text, none] = [await world.device(), await world.device(), await world.device()]
    await save(number, { v: 5 })
    await save(text, { v: 'five' })
    const entityFilter = list(number, text, none)
    const matching = (operation: string, n: number) => ids({ entityFilter, keyFilters: [numeric('v', operation, n)] })
    expect(await matching('GREATER', 1)).toEqual([number.id])
    expect(await matching('NOT_EQUAL', 1)).toEqual([number.id])
    expect(await matching('NOT_EQUAL', 5)).toEqual([])
  })

  test('38. an empty text filters nothing; a name filter is a prefix, with % in front a suffix', async () => {
    const mark = randomUUID().slice(0, 8)
    const begins = await world.device({ name: `${mark} first` })
    const ends = await world.device({ name: `last ${mark}` })
    await save(begins, { s: 'x' })
    const empty = { type: 'STRING', operation: 'EQUAL', value: value(''), ignoreCase: false }
    expect(await ids({ entityFilter: list(begins), keyFilters: [keyFilter(series('s'), 'STRING', empty)] })).toEqual([
      begins.id,
    ])
    const named = (deviceNameFilter: string) =>
      ids({ entityFilter: { type: 'deviceType', deviceTypes: ['default'], deviceNameFilter } })
    expect(await named(mark)).toEqual([begins.id])
    expect(await named(`%${mark}`)).toEqual([ends.id])
  })

  test('39. the title of a device is its name, an unknown field is an empty text', async () => {
    const device = await world.device()
    const field = (key: string) => ({ type: 'ENTITY_FIELD', key })
    const [row] = await find({ entityFilter: list(device), entityFields: [field('title'), field('nonsense')] })
    expect(row?.latest.ENTITY_FIELD).toMatchObject({ title: { value: device.name }, nonsense: { value: '' } })
  })
})

/** The token as it will be when its time is over, signed with the installation's own key. */
const expired = (token: string, base64Key: string): string => {
  const [head = '', claims = ''] = token.split('.')
  const past = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), iat: 1_000, exp: 2_000 }
  const signed = `${head}.${Buffer.from(JSON.stringify(past)).toString('base64url')}`
  return `${signed}.${createHmac('sha512', Buffer.from(base64Key, 'base64')).update(signed).digest('base64url')}`
}
