import { AppError } from '@thingwire/contracts'
import { testMessage } from '@thingwire/rules/testing'
import { expect, it } from 'vitest'
import { recordingPorts } from '../node-harness.ts'
import { calculateDeltaHandler } from './handler.ts'

const reading = (value: number, ts = 1_000) =>
  testMessage({ data: `{"pulseCounter":${value}}`, metadata: { ts: String(ts) } })

const started = async (given: Parameters<typeof recordingPorts>[0] = {}, config: Record<string, unknown> = {}) => {
  const { ports, reads } = recordingPorts(given)
  const { manifest } = calculateDeltaHandler
  const context = {
    ...{ tenantId: 't', ruleChainId: 'c', nodeId: 'n', nodeName: 'n', queueName: null, ports },
    ...{ isConnected: () => true, suspended: () => {} },
  }
  const handler = await calculateDeltaHandler.create(
    manifest.config.parse({ ...manifest.defaults, ...config }),
    context,
  )
  const { signal } = new AbortController()
  const deltas = async (messages: ReturnType<typeof reading>[]): Promise<unknown[]> =>
    (await handler.handle(messages, signal)).map(
      (one) => JSON.parse('data' in one.message ? one.message.data : '').delta,
    )
  return { deltas, ports, reads }
}

it('gives a batch that runs again the same differences, and what follows goes on from its last value', async () => {
  const { deltas } = await started()
  const batch = [reading(10), reading(15), reading(21)]
  expect(await deltas(batch)).toEqual([0, 5, 6])
  expect(await deltas(batch)).toEqual([0, 5, 6])
  expect(await deltas(batch.slice(1, 2))).toEqual([5])
  expect(await deltas([reading(22)])).toEqual([1])
})

it('asks for the stored values of a batch once, and for those of originators that it knows not at all', async () => {
  const { deltas, reads } = await started()
  await deltas([reading(1), reading(2), reading(3)])
  expect(reads.reads).toBe(1)
  await deltas([reading(4)])
  expect(reads.reads).toBe(1)
})

it('remembers nothing of a batch for which the store was away', async () => {
  const { deltas, ports } = await started({
    latest: [{ entries: [{ key: 'pulseCounter', ts: 1, type: 'LONG', value: 4 }] }],
  })
  const { latest } = ports.telemetry
  ports.telemetry.latest = () => Promise.reject(new AppError('DATABASE_UNAVAILABLE'))
  const batch = [reading(10), reading(11)]
  await expect(deltas(batch)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  ports.telemetry.latest = latest
  expect(await deltas(batch)).toEqual([6, 1])
})

it('compares with the store each time when it remembers nothing, but the messages of a batch with each other', async () => {
  const given = { latest: [{ entries: [{ key: 'pulseCounter', ts: 1, type: 'LONG' as const, value: 4 }] }] }
  const { deltas, reads } = await started(given, { useCache: false })
  expect(await deltas([reading(10), reading(11)])).toEqual([6, 1])
  expect(await deltas([reading(10)])).toEqual([6])
  expect(reads.reads).toBe(2)
})
