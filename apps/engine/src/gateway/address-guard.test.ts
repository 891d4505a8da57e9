import { expect, test } from 'vitest'
import { addressSet } from '../addresses.ts'
import { createMetrics } from '../observability/metrics.ts'
import { createAddressGuard } from './address-guard.ts'

const by = (address: string, transport = 'mqtt') => ({ address, transport })

const guardWith = (limits: { banFailures?: number; banMs?: number; provisionRate?: string }) => {
  let nowMs = 1_000
  const metrics = createMetrics()
  const guard = createAddressGuard({
    limits: { banFailures: 3, banMs: 60_000, provisionRate: '', ...limits },
    isExempt: addressSet(['10.0.0.0/8']),
    metrics,
    now: () => nowMs,
  })
  return { guard, metrics, pass: (ms: number) => (nowMs += ms) }
}

test('an address with too many wrong credentials is not heard for a while', async () => {
  const { guard, metrics, pass } = guardWith({})
  guard.failed(by('192.0.2.1'))
  guard.failed(by('192.0.2.1'))
  expect(guard.isBanned(by('192.0.2.1'))).toBe(false)
  pass(30_000)
  guard.failed(by('::ffff:192.0.2.1'))
  expect(guard.isBanned(by('192.0.2.1'))).toBe(true)
  expect(guard.isBanned(by('192.0.2.2'))).toBe(false)
  pass(59_999)
  expect(guard.isBanned(by('192.0.2.1'))).toBe(true)
  pass(1)
  expect(guard.isBanned(by('192.0.2.1'))).toBe(false)
  expect((await metrics.addressRefusals.get()).values).toMatchObject([{ value: 2, labels: { reason: 'banned' } }])
})

test('failures far apart are forgotten', () => {
  const { guard, pass } = guardWith({})
  for (let i = 0; i < 10; i++) {
    guard.failed(by('192.0.2.1'))
    pass(31_000)
    expect(guard.isBanned(by('192.0.2.1'))).toBe(false)
  }
})

test('nobody is banned when the number is 0', () => {
  const { guard } = guardWith({ banFailures: 0 })
  for (let i = 0; i < 1_000; i++) guard.failed(by('192.0.2.1'))
  expect(guard.isBanned(by('192.0.2.1'))).toBe(false)
})

test('a proxy is not banned for those behind it', () => {
  const { guard } = guardWith({})
  for (let i = 0; i < 10; i++) guard.failed(by('10.0.0.1'))
  expect(guard.isBanned(by('10.0.0.1'))).toBe(false)
})

test('a subscriber cannot get round it with the other addresses of its network', () => {
  const { guard } = guardWith({})
  for (let i = 0; i < 3; i++) guard.failed(by(`2001:db8:0:1::${i}`))
  expect(guard.isBanned(by('2001:db8:0:1::ffff'))).toBe(true)
  expect(guard.isBanned(by('2001:db8:0:2::1'))).toBe(false)
})

test('what came by datagrams, whose sender anybody can write, closes no other door', () => {
  const { guard } = guardWith({})
  for (let i = 0; i < 3; i++) guard.failed(by('192.0.2.1', 'coap'))
  expect(guard.isBanned(by('192.0.2.1', 'coap'))).toBe(true)
  expect(guard.isBanned(by('192.0.2.1', 'mqtt'))).toBe(false)
  for (let i = 0; i < 3; i++) guard.failed(by('192.0.2.2', 'http'))
  expect(guard.isBanned(by('192.0.2.2', 'mqtt'))).toBe(true)
  expect(guard.isBanned(by('192.0.2.2', 'coap'))).toBe(false)
})

test('provision requests are limited by address', () => {
  const { guard } = guardWith({ provisionRate: '5:1' })
  const asked = (address: string) =>
    Array.from({ length: 8 }, () => guard.mayProvision(by(address))).filter(Boolean).length
  expect(asked('192.0.2.1')).toBe(5)
  expect(asked('192.0.2.2')).toBe(5)
  expect(asked('10.0.0.1')).toBe(8)
})
