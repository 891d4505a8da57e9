import { expect, test } from 'vitest'
import { createExchanges, exchangeLimits } from './exchanges.ts'
import { createReplySlots } from './reply-slots.ts'

const one = { address: '10.0.0.1', port: 5_000 }
const limits = { ...exchangeLimits, underWay: 6, underWayPerAddress: 4, remembered: 10, rememberedPerAddress: 6 }

test('an exchange is found while it is under way and after its answer, by endpoint and number', () => {
  const exchanges = createExchanges()
  const exchange = exchanges.begin(one, 1, true, 0)
  expect(exchanges.find(one, 1)).toBe(exchange)
  expect(exchanges.find({ ...one, port: 5_001 }, 1)).toBeUndefined()
  expect(exchanges.find(one, 2)).toBeUndefined()
  if (exchange) {
    exchange.reply = Buffer.from('the answer')
    exchanges.settle(exchange)
    exchange.reply.fill(0)
  }
  expect(exchanges.find(one, 1)?.reply?.toString()).toBe('the answer')
  exchanges.expire(exchangeLimits.lifetimeMs)
  expect(exchanges.find(one, 1)).toBeUndefined()
  expect(exchanges.counts()).toEqual({ underWay: 0, remembered: 0, addresses: 0 })
})

test('what is under way is bounded by address and in total', () => {
  const exchanges = createExchanges(limits)
  const begun = (address: string, count: number) =>
    Array.from({ length: count }, (_, id) => exchanges.begin({ address, port: 1 }, id, true, 0)).filter(Boolean).length
  expect(begun('a', 5)).toBe(4)
  expect(begun('b', 5)).toBe(2)
  expect(begun('c', 1)).toBe(0)
  expect(exchanges.counts()).toMatchObject({ underWay: 6, addresses: 2 })
})

test('answered ones are bounded: an address forgets its own oldest, and addresses take turns', () => {
  const exchanges = createExchanges(limits)
  const answer = (address: string, id: number) => {
    const exchange = exchanges.begin({ address, port: 1 }, id, false, id)
    if (exchange) exchanges.settle(exchange)
  }
  for (let id = 0; id < 1_000; id++) answer('flood', id)
  expect(exchanges.counts().remembered).toBe(6)
  expect(exchanges.find({ address: 'flood', port: 1 }, 993)).toBeUndefined()
  expect(exchanges.find({ address: 'flood', port: 1 }, 994)).toBeDefined()
  for (let id = 0; id < 1_000; id++) answer(`address ${id}`, 1)
  expect(exchanges.counts()).toEqual({ underWay: 0, remembered: 10, addresses: 10 })
  expect(exchanges.find({ address: 'address 999', port: 1 }, 1)).toBeDefined()
})

test('a slow request is told once, and only a confirmable one', () => {
  const exchanges = createExchanges()
  const slow = exchanges.begin(one, 1, true, 100)
  exchanges.begin(one, 2, false, 100)
  const later = exchanges.begin(one, 3, true, 200)
  expect(exchanges.takeSlow(99)).toEqual([])
  expect(exchanges.takeSlow(150)).toEqual([slow])
  expect(exchanges.takeSlow(150)).toEqual([])
  if (later) exchanges.settle(later)
  expect(exchanges.takeSlow(1_000)).toEqual([])
})

test('ports and numbers of any size are told apart', () => {
  const exchanges = createExchanges()
  const all = [0, 1, 32_767, 32_768, 65_535].flatMap((a) => [0, 1, 32_768, 65_535].map((b) => [a, b] as const))
  for (const [port, id] of all) {
    const exchange = exchanges.begin({ ...one, port }, id, true, 0)
    if (!exchange) throw new Error('no room')
    exchange.reply = Buffer.from(`${port} ${id}`)
    exchanges.settle(exchange)
  }
  for (const [port, id] of all) expect(exchanges.find({ ...one, port }, id)?.reply?.toString()).toBe(`${port} ${id}`)
})

test('replies stay as they were, short and long, while others come and go', () => {
  const slots = createReplySlots()
  const kept = new Map<number, string>()
  for (let i = 0; i < 20_000; i++) {
    const text = `reply ${i}`.padEnd(i % 50 === 0 ? 1_000 : 10, '.')
    kept.set(slots.put(Buffer.from(text), i), text)
    const [oldest] = kept.keys()
    if (i % 3 === 0 && oldest !== undefined) {
      slots.free(oldest)
      kept.delete(oldest)
    }
  }
  for (const [slot, text] of kept) expect(slots.reply(slot).toString()).toBe(text)
  expect(Math.max(...kept.keys())).toBeLessThan(14_000)
})
