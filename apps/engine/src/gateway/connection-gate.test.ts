import { expect, test } from 'vitest'
import { createMetrics } from '../observability/metrics.ts'
import { type ConnectionLimits, createConnectionGate } from './connection-gate.ts'

const open: ConnectionLimits = {
  mostStrangers: 100,
  mostStrangersOfAddress: 100,
  mostOfAddress: 0,
  attemptRate: '',
  strangerMs: 10_000,
}

const gateWith = (limits: Partial<ConnectionLimits> = {}, banned: readonly string[] = []) => {
  let nowMs = 1_000
  const metrics = createMetrics()
  const gate = createConnectionGate({
    limits: { ...open, ...limits },
    guard: { isBanned: ({ address }) => banned.includes(address) },
    metrics,
    now: () => nowMs,
  })
  const reasons = async () => (await metrics.addressRefusals.get()).values.map(({ labels }) => labels.reason)
  const strangers = async () => (await metrics.strangers.get()).values[0]?.value
  return { gate, reasons, strangers, pass: (ms: number) => (nowMs += ms) }
}
const nothing = () => {}

test('strangers are limited in all, and those who are known are none', async () => {
  const { gate, reasons, strangers } = gateWith({ mostStrangers: 2 })
  const first = gate.enter('192.0.2.1', nothing)
  const second = gate.enter('192.0.2.2', nothing)
  expect(gate.enter('192.0.2.3', nothing)).toBeNull()
  expect(await reasons()).toEqual(['strangers'])
  first?.isKnown()
  const third = gate.enter('192.0.2.3', nothing)
  expect(third).not.toBeNull()
  expect(gate.enter('192.0.2.4', nothing)).toBeNull()
  for (const lease of [first, second, third]) {
    lease?.left()
    lease?.left()
  }
  expect(await strangers()).toBe(0)
})

test('strangers of one address leave room for others', async () => {
  const { gate, reasons } = gateWith({ mostStrangers: 3, mostStrangersOfAddress: 2 })
  expect([1, 2, 3].map(() => gate.enter('192.0.2.1', nothing) !== null)).toEqual([true, true, false])
  expect(await reasons()).toEqual(['address-strangers'])
  expect(gate.enter('192.0.2.2', nothing)).not.toBeNull()
})

test('behind a proxy the address counts that it names', () => {
  const { gate } = gateWith({ mostStrangersOfAddress: 1 })
  const enter = () => gate.enter(null, nothing)
  const [one, two, three] = [enter(), enter(), enter()]
  expect(one?.asks()).toBe(false)
  expect(one?.locate('192.0.2.1')).toBe(true)
  expect(two?.locate('192.0.2.1')).toBe(false)
  expect(three?.locate('192.0.2.2')).toBe(true)
  expect(three?.locate('192.0.2.3')).toBe(false)
  one?.left()
  expect(enter()?.locate('192.0.2.1')).toBe(true)
})

test('connections of one address are limited, and each that leaves makes room', async () => {
  const { gate, reasons } = gateWith({ mostOfAddress: 2 })
  const ask = () => {
    const lease = gate.enter('192.0.2.1', nothing)
    const isIn = lease?.asks() ?? false
    if (isIn) lease?.isKnown()
    else lease?.left()
    return isIn ? lease : null
  }
  const first = ask()
  expect(ask()).not.toBeNull()
  expect(ask()).toBeNull()
  expect(await reasons()).toEqual(['address-connections'])
  first?.left()
  expect(ask()).not.toBeNull()
  expect(ask()).toBeNull()
})

test('attempts of one address are limited by time', () => {
  const { gate, pass } = gateWith({ attemptRate: '3:1' })
  const attempts = (address: string) =>
    [1, 2, 3, 4, 5].filter(() => {
      const lease = gate.enter(address, nothing)
      const isIn = lease?.asks()
      lease?.left()
      return isIn
    }).length
  expect(attempts('192.0.2.1')).toBe(3)
  expect(attempts('192.0.2.2')).toBe(3)
  pass(1_000)
  expect(attempts('192.0.2.1')).toBe(3)
})

test('who is banned does not get in', () => {
  const { gate } = gateWith({}, ['192.0.2.1'])
  expect(gate.enter('192.0.2.1', nothing)?.asks()).toBe(false)
  expect(gate.enter('192.0.2.2', nothing)?.asks()).toBe(true)
})

test('strangers that take too long are cut, others are not', async () => {
  const { gate, reasons, pass } = gateWith()
  const cut: string[] = []
  const enter = (name: string) => gate.enter('192.0.2.1', () => cut.push(name))
  enter('slow')
  enter('known')?.isKnown()
  enter('waits for credentials')?.stays()
  pass(9_000)
  enter('new')
  gate.sweep()
  expect(cut).toEqual([])
  pass(1_000)
  gate.sweep()
  gate.sweep()
  expect(cut).toEqual(['slow'])
  expect(await reasons()).toEqual(['timeout'])
})

test('one that waits for credentials is counted until it leaves', () => {
  const { gate } = gateWith({ mostStrangers: 1 })
  const lease = gate.enter('192.0.2.1', nothing)
  lease?.stays()
  expect(gate.enter('192.0.2.2', nothing)).toBeNull()
  lease?.left()
  expect(gate.enter('192.0.2.2', nothing)).not.toBeNull()
})
