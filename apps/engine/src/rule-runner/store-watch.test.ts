import type { Ports } from '@thingwire/rules'
import { expect, test } from 'vitest'
import { createStoreWatch } from './store-watch.ts'

/** Only storing is asked for; it ends when the test says so. */
const slowPorts = () => {
  const ends: (() => void)[] = []
  const save = () => new Promise<void>((resolve) => ends.push(resolve))
  const ports = { telemetry: { save } } as unknown as Ports
  return { ports, endFirst: () => ends.shift()?.() }
}

test('the store is slow while a call of it takes longer than a second, and no longer', async () => {
  let now = 0
  const watch = createStoreWatch(() => now)
  const { ports, endFirst } = slowPorts()
  const { telemetry } = watch.watched(ports)
  const first = telemetry.save([])
  now = 1_000
  expect(watch.isSlow()).toBe(false)
  const second = telemetry.save([])
  now = 1_001
  expect(watch.isSlow()).toBe(true)
  endFirst()
  await first
  expect(watch.isSlow()).toBe(false)
  now = 2_001
  expect(watch.isSlow()).toBe(true)
  endFirst()
  await second
  expect(watch.isSlow()).toBe(false)
})

test('a call that fails does not count as under way', async () => {
  let now = 0
  const watch = createStoreWatch(() => now)
  const failing = { telemetry: { save: () => Promise.reject(new Error('away')) } } as unknown as Ports
  const { telemetry } = watch.watched(failing)
  await expect(telemetry.save([])).rejects.toThrow('away')
  now = 60_000
  expect(watch.isSlow()).toBe(false)
})

test('a script that takes long is not the store', async () => {
  let now = 0
  const watch = createStoreWatch(() => now)
  const ports = { scripts: { load: () => new Promise<never>(() => {}) } } as unknown as Ports
  void watch.watched(ports).scripts.load({ language: 'JS', body: '', library: [] } as never)
  now = 60_000
  expect(watch.isSlow()).toBe(false)
})
