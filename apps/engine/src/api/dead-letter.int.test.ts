import { randomUUID } from 'node:crypto'
import {
  deadLetterCountSchema,
  deadLetterInfoSchema,
  deadLetterSchema,
  type Message,
  nullUuid,
} from '@thingwire/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const page = z.object({ data: z.array(deadLetterInfoSchema), totalElements: z.number() })
const list = async (query = '') =>
  page.parse((await api.admin.get(`/api/deadLetters?pageSize=100&page=0${query}`)).body)
const device = () => api.tenant.device.id.id

const message = (data: string, change: Partial<Message> = {}): Message => ({
  id: randomUUID(),
  ts: 1,
  type: 'POST_TELEMETRY_REQUEST',
  tenantId: api.tenant.tenantId,
  originator: { entityType: 'DEVICE', id: device() },
  customerId: null,
  metadata: {},
  dataType: 'JSON',
  data,
  ruleChainId: api.tenant.rootChain.id.id,
  ruleNodeId: null,
  ...change,
})

type Kept = { error?: string; queueName?: string; ruleNodeId?: string | null; message?: unknown; tenantId?: string }
const keep = async (...letters: Kept[]): Promise<string[]> => {
  const deadLetters = letters.map((letter) => ({
    id: randomUUID(),
    tenantId: api.tenant.tenantId,
    queueName: 'Main',
    ruleChainId: api.tenant.rootChain.id.id,
    ruleNodeId: null,
    error: 'it failed',
    message: message('{}'),
    ...letter,
  }))
  await api.db.ledger.settle([{ batchId: randomUUID(), acceptedAt: Date.now(), outcomes: [], deadLetters }])
  return deadLetters.map(({ id }) => id)
}

beforeEach(async () => {
  await api.admin.post('/api/deadLetters/delete', { which: { filter: {} } })
  api.messages.length = 0
})

const lastAudit = async () => {
  const { data } = await api.db.audit.list(
    api.tenant.tenantId,
    { page: 0, pageSize: 1, sortProperty: 'createdTime', sortOrder: 'DESC' },
    {},
  )
  return data[0]
}

describe('finding letters', () => {
  test('the list shows who and why, newest first, and one letter its message', async () => {
    const [id] = await keep({ message: message('{"temperature":1}') })
    expect((await list()).data).toMatchObject([
      {
        id,
        error: 'it failed',
        queueName: 'Main',
        originatorType: 'DEVICE',
        originatorId: device(),
        messageType: 'POST_TELEMETRY_REQUEST',
      },
    ])
    expect((await list()).data[0]).not.toHaveProperty('message')
    const one = deadLetterSchema.parse((await api.admin.get(`/api/deadLetter/${id}`)).body)
    expect(one.message).toMatchObject({ data: '{"temperature":1}' })
  })

  test.each([
    ['queueName=HighPriority', ['b']],
    ['error=one%20reason', ['a']],
    ['textSearch=REASON', ['a', 'c']],
    ['ruleNodeId=11111111-1111-4111-8111-111111111111', ['c']],
    ['originatorId=22222222-2222-4222-8222-222222222222', ['b']],
    ['startTime=9999999999999', []],
    ['endTime=0', []],
    ['sortProperty=error&sortOrder=ASC', ['b', 'a', 'c']],
  ])('%s finds %j', async (query, expected) => {
    const ids = await keep(
      { error: 'one reason' },
      {
        error: 'a fault',
        queueName: 'HighPriority',
        message: message('', { originator: { entityType: 'DEVICE', id: '22222222-2222-4222-8222-222222222222' } }),
      },
      { error: 'other reason', ruleNodeId: '11111111-1111-4111-8111-111111111111' },
    )
    const names = new Map(ids.map((id, n) => [id, 'abc'[n]]))
    const found = (await list(`&${query}`)).data.map(({ id }) => names.get(id))
    expect(query.startsWith('sort') ? found : found.sort()).toEqual(expected)
  })

  test('counts tell how many have the same reason, the most frequent first', async () => {
    await keep({ error: 'rare' }, { error: 'often' }, { error: 'often' }, { error: 'often', queueName: 'HighPriority' })
    const { body } = await api.admin.get('/api/deadLetters/counts')
    expect(z.array(deadLetterCountSchema).parse(body)).toMatchObject([
      { error: 'often', queueName: 'Main', count: 2 },
      expect.objectContaining({ count: 1 }),
      expect.objectContaining({ count: 1 }),
    ])
    const filtered = await api.admin.get('/api/deadLetters/counts?error=rare')
    expect(filtered.body).toMatchObject([{ error: 'rare', count: 1 }])
  })

  test('a letter that holds anything but a message is shown all the same', async () => {
    const [text, nul] = await keep({ message: 'text \u0000' }, { message: { originator: { id: 7 }, type: 'a\u0000b' } })
    expect((await list()).data.map(({ id, messageType }) => [id, messageType])).toEqual(
      expect.arrayContaining([
        [text, null],
        [nul, 'a\uFFFDb'],
      ]),
    )
    expect((await api.admin.get(`/api/deadLetter/${text}`)).body).toMatchObject({ message: 'text \u0000' })
  })
})

describe('sending again', () => {
  const node = '33333333-3333-4333-8333-333333333333'

  test('the message goes to the node that failed it, through its queue, and the letter is gone', async () => {
    const callers = [{ ruleChainId: randomUUID(), ruleNodeId: randomUUID() }]
    const failed = message('a', { connection: 'Success', executions: 7, callers })
    const [id] = await keep({ queueName: 'HighPriority', ruleNodeId: node, message: failed })
    const answer = await api.admin.post('/api/deadLetters/replay', { which: { ids: [id] } })
    expect(answer).toMatchObject({ status: 200, body: { replayed: 1, unreadable: 0 } })
    const { connection: _, executions: __, ...expected } = failed
    expect(api.messages).toEqual([{ queueName: 'HighPriority', message: { ...expected, ruleNodeId: node } }])
    expect((await list()).totalElements).toBe(0)
  })

  test('from CHAIN it goes to the start of the chain', async () => {
    await keep({ ruleNodeId: node })
    await api.admin.post('/api/deadLetters/replay', { which: { filter: {} }, from: 'CHAIN' })
    expect(api.messages[0]?.message).toMatchObject({ ruleChainId: api.tenant.rootChain.id.id, ruleNodeId: null })
  })

  test('all of one error go, others stay, and the audit log tells', async () => {
    await keep({ error: 'mended' }, { error: 'mended' }, { error: 'still bad' }, { error: 'mended', message: 'text' })
    const which = { filter: { error: 'mended' } }
    const { body } = await api.admin.post('/api/deadLetters/replay', { which })
    expect(body).toEqual({ replayed: 2, unreadable: 1 })
    expect((await list()).data.map(({ error }) => error).sort()).toEqual(['mended', 'still bad'])
    expect(await lastAudit()).toMatchObject({
      actionType: 'REST_API_RULE_ENGINE_CALL',
      actionStatus: 'SUCCESS',
      actionData: { operation: 'replay', selection: which, replayed: 2, unreadable: 1 },
    })
  })
})

describe('deleting', () => {
  test('one, some, and all of a filter', async () => {
    const ids = await keep({}, {}, {}, { error: 'x' }, { error: 'x' }, { error: 'y' })
    expect((await api.admin.delete(`/api/deadLetter/${ids[0]}`)).status).toBe(200)
    expect((await api.admin.delete(`/api/deadLetter/${ids[0]}`)).status).toBe(404)
    const some = await api.admin.post('/api/deadLetters/delete', { which: { ids: [ids[0], ids[1]] } })
    expect(some.body).toEqual({ deleted: 1 })
    const all = await api.admin.post('/api/deadLetters/delete', { which: { filter: { error: 'x' } } })
    expect(all.body).toEqual({ deleted: 2 })
    expect((await list()).data.map(({ id }) => id).sort()).toEqual([ids[2], ids[5]].sort())
    expect(await lastAudit()).toMatchObject({ actionData: { operation: 'delete', deleted: 2 } })
  })
})

describe('rights and hostile input', () => {
  test('a customer user may not, another tenant sees and changes nothing', async () => {
    const [id] = await keep({})
    expect((await api.customer.get('/api/deadLetters?pageSize=1&page=0')).status).toBe(403)
    expect((await api.strangerAdmin.get(`/api/deadLetter/${id}`)).status).toBe(404)
    expect((await api.strangerAdmin.delete(`/api/deadLetter/${id}`)).status).toBe(404)
    const which = { ids: [id] }
    expect((await api.strangerAdmin.post('/api/deadLetters/replay', { which })).body).toMatchObject({ replayed: 0 })
    expect((await api.strangerAdmin.post('/api/deadLetters/delete', { which })).body).toEqual({ deleted: 0 })
    expect((await api.strangerAdmin.get('/api/deadLetters/counts')).body).toEqual([])
    expect((await list()).totalElements).toBe(1)
  })

  test('the system administrator has the letters of no tenant, and no others', async () => {
    const [orphan] = await keep({ tenantId: nullUuid, message: 'garbage' })
    const [owned] = await keep({})
    const { data } = page.parse((await api.systemAdmin.get('/api/deadLetters?pageSize=10&page=0')).body)
    expect(data.map(({ id }) => id)).toEqual([orphan])
    expect((await api.systemAdmin.get(`/api/deadLetter/${owned}`)).status).toBe(404)
    const { body } = await api.systemAdmin.post('/api/deadLetters/delete', { which: { filter: {} } })
    expect(body).toEqual({ deleted: 1 })
    expect((await list()).totalElements).toBe(1)
  })

  test.each([
    ['nothing selected', {}],
    ['no ids', { which: { ids: [] } }],
    ['too many ids', { which: { ids: Array.from({ length: 1_001 }, () => randomUUID()) } }],
    ['ids that are none', { which: { ids: ["1' OR true"] } }],
    ['ids and filter', { which: { ids: [randomUUID()], filter: {} } }],
    ['an unknown filter', { which: { filter: { tenantId: randomUUID() } } }],
    ['another member', { which: { filter: {} }, tenantId: randomUUID() }],
    ['a place that is none', { which: { filter: {} }, from: 'NOWHERE' }],
  ])('%s: refused, and nothing happens', async (_name, body) => {
    await keep({})
    expect((await api.admin.post('/api/deadLetters/replay', body)).status).toBe(400)
    if (!('from' in body)) expect((await api.admin.post('/api/deadLetters/delete', body)).status).toBe(400)
    expect(api.messages).toEqual([])
    expect((await list()).totalElements).toBe(1)
  })

  test.each(['sortProperty=message', 'sortProperty=id;drop', 'ruleNodeId=x', 'startTime=-1', 'startTime=1e9'])(
    '%s is refused',
    async (query) => {
      expect((await api.admin.get(`/api/deadLetters?pageSize=1&page=0&${query}`)).status).toBe(400)
    },
  )
})
