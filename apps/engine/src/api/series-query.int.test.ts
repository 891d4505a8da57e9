import type { EntityId, SeriesReadAnswer } from '@thingwire/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiUnderTest, apiUnderTest, type Client } from '../testing/api-under-test.ts'

let api: ApiUnderTest
let own: EntityId
let ofCustomer: EntityId
const start = Date.UTC(2026, 9, 1)

const save = async (id: EntityId, points: readonly { ts: number; values: object }[]) =>
  expect((await api.admin.post(`/api/plugins/telemetry/DEVICE/${id.id}/timeseries/ANY`, points)).status).toBe(200)

const ask = async (client: Client, ...reads: object[]): Promise<SeriesReadAnswer[]> => {
  const answer = await client.post('/api/telemetry/series', { reads })
  expect(answer.status).toBe(200)
  return answer.body as SeriesReadAnswer[]
}
const seriesOf = (answer: SeriesReadAnswer | undefined) => (answer?.ok ? answer.series : answer)

beforeAll(async () => {
  api = await apiUnderTest()
  own = api.tenant.device.id
  ofCustomer = api.tenant.customerDevice.id
  await api.admin.post(`/api/customer/${api.tenant.customerId}/device/${ofCustomer.id}`)
  const points = [1, 2, 3, 4].map((n) => ({ ts: start + n * 1_000, values: { a: n, b: `text ${n}` } }))
  await save(own, points)
  await save(ofCustomer, [{ ts: start + 1_000, values: { a: 10.5 } }])
})
afterAll(() => api[Symbol.asyncDispose]())

const range = () => ({ entityIds: [own, ofCustomer], keys: ['a', 'b'], startTs: start, endTs: start + 10_000 })

describe('histories of many entities', () => {
  test('come by entity and key, ascending, as they are stored', async () => {
    const [answer] = await ask(api.admin, range())
    expect(seriesOf(answer)).toEqual({
      [own.id]: {
        a: [1, 2, 3, 4].map((n) => [start + n * 1_000, n]),
        b: [1, 2, 3, 4].map((n) => [start + n * 1_000, `text ${n}`]),
      },
      [ofCustomer.id]: { a: [[start + 1_000, 10.5]] },
    })
  })

  test('are cut to the newest, folded into buckets, and led by the point before, each read for itself', async () => {
    const one = { ...range(), entityIds: [own], keys: ['a'] }
    const answers = await ask(
      api.admin,
      { ...one, limit: 2 },
      { ...one, agg: 'AVG', interval: 2_000 },
      { ...one, startTs: start + 3_500, withPrevious: true },
      { ...one, agg: 'MAX', intervalType: 'MONTH', timeZone: 'Europe/Kyiv' },
      { ...one, agg: 'SUM', interval: 1, endTs: start + 1_000_000 },
      { ...one, timeZone: 'Nowhere/Here' },
    )
    const of = (at: number) => {
      const series = seriesOf(answers[at])
      return series && own.id in series ? series[own.id as keyof typeof series] : series
    }
    expect(of(0)).toEqual({ a: [3, 4].map((n) => [start + n * 1_000, n]) })
    expect(of(1)).toMatchObject({
      a: [
        [start + 1_000, 1],
        [start + 3_000, 2.5],
        [start + 5_000, 4],
      ],
    })
    expect(of(2)).toEqual({
      a: [
        [start + 3_000, 3],
        [start + 4_000, 4],
      ],
    })
    expect(of(3)).toMatchObject({ a: [[start + 5_000, 4]] })
    expect(answers[4]).toMatchObject({ ok: false, message: expect.stringContaining('Number of intervals') })
    expect(answers[5]).toEqual({ ok: false, message: 'Unknown time zone' })
  })

  test('leave out what the caller may not read', async () => {
    expect(seriesOf((await ask(api.customer, range()))[0])).toEqual({
      [ofCustomer.id]: { a: [[start + 1_000, 10.5]] },
    })
    for (const client of [api.strangerAdmin, api.systemAdmin])
      expect(await ask(client, range())).toEqual([{ ok: true, series: {} }])
  })

  test('are refused when they are too many, or ask for nonsense', async () => {
    const keys = Array.from({ length: 200 }, (_, n) => `k${n}`)
    const entityIds = Array.from({ length: 26 }, () => own)
    for (const reads of [
      [],
      [{ ...range(), keys, entityIds }],
      [{ ...range(), thinTo: 1 }],
      [{ ...range(), startTs: -1 }],
    ])
      expect((await api.admin.post('/api/telemetry/series', { reads })).status).toBe(400)
  })
})

describe('many raw points', () => {
  const count = 20_000
  const value = (n: number) => (n === 7_777 ? 1_000 : n === 15_555 ? -1_000 : Math.sin(n / 100))

  beforeAll(async () => {
    for (let from = 0; from < count; from += 5_000)
      await save(
        own,
        Array.from({ length: 5_000 }, (_, n) => ({
          ts: start + 20_000 + (from + n) * 1_000,
          values: { wave: value(from + n), state: (from + n) % 50 === 0 ? `state ${n}` : 1 },
        })),
      )
  }, 120_000)

  test('come as those that draw the same line: every extreme, the first and the last', async () => {
    const read = {
      entityIds: [own],
      keys: ['wave', 'state', 'a'],
      startTs: start,
      endTs: start + 20_020_000,
      thinTo: 1_000,
    }
    const series = seriesOf((await ask(api.admin, read))[0]) as Record<string, Record<string, [number, unknown][]>>
    const { wave = [], state = [], a = [] } = series[own.id] ?? {}
    expect(wave.length).toBeGreaterThan(400)
    expect(wave.length).toBeLessThanOrEqual(1_000)
    expect(wave[0]).toEqual([start + 20_000, value(0)])
    expect(wave.at(-1)).toEqual([start + 20_000 + (count - 1) * 1_000, value(count - 1)])
    for (const n of [7_777, 15_555]) expect(wave).toContainEqual([start + 20_000 + n * 1_000, value(n)])
    // Texts among them: what stands for them is still of what is stored.
    expect(state.length).toBeGreaterThan(100)
    expect(state.length).toBeLessThanOrEqual(1_000)
    expect(a).toEqual([1, 2, 3, 4].map((n) => [start + n * 1_000, n]))
  })
})
