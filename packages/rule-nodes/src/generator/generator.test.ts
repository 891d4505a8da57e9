import type { Message } from '@thingwire/contracts'
import type { SeriesStep } from '@thingwire/rules'
import { testIds, testMessage } from '@thingwire/rules/testing'
import { expect, it } from 'vitest'
import { recordingPorts } from '../node-harness.ts'
import { generatorHandler } from './handler.ts'
import { generator } from './manifest.ts'

/** A generator on a series in memory, at times that the test says. */
const generating = async (config: Record<string, unknown>) => {
  const { ports } = recordingPorts()
  let nowMs = 10_000
  let waiting: SeriesStep | null = null
  const context = {
    ...{ tenantId: testIds.tenant, ruleChainId: testIds.chain, nodeId: 'n', nodeName: 'n', queueName: null },
    isConnected: () => true,
    suspended: () => {},
    ports: {
      ...ports,
      clock: { now: () => nowMs },
      series: {
        begin: async (_: unknown, first: SeriesStep) => {
          waiting = first
        },
        read: () => (waiting ? { generation: '', state: waiting.state } : null),
        next: async (_: unknown, __: Message, step: SeriesStep | null) => {
          waiting = step
          return 'go' as const
        },
      },
    },
  }
  const parsed = generator.config.parse({ ...generator.defaults, ...config })
  const handler = await generatorHandler.create(parsed, context)
  const tickAt = async (atMs: number) => {
    nowMs = atMs
    const tick = testMessage({ type: 'GENERATOR_NODE_SELF_MSG' })
    return handler.handle([tick], new AbortController().signal)
  }
  return { tickAt, dueMs: () => waiting?.dueMs ?? null }
}

it.each(['JS', 'TBEL'])('the standard script in %s makes its message', async (scriptLang) => {
  const { tickAt } = await generating({ scriptLang })
  const [made] = await tickAt(11_000)
  expect(made).toMatchObject({ connection: 'Success', message: { type: 'POST_TELEMETRY_REQUEST' } })
  expect(JSON.parse(made?.message.data ?? '')).toEqual({ temp: 42, humidity: 77 })
  expect(made?.message.metadata).toEqual({ data: '40' })
})

it('messages come at start + n × period, and those that were missed are left out', async () => {
  const { tickAt, dueMs } = await generating({ periodInSeconds: 2 })
  expect(dueMs()).toBe(12_000)
  await tickAt(12_700)
  expect(dueMs()).toBe(14_000)
  await tickAt(19_500)
  expect(dueMs()).toBe(20_000)
})

it('ends after as many as are wanted, and failures count', async () => {
  const { tickAt, dueMs } = await generating({ msgCount: 2, scriptLang: 'JS', jsScript: 'return 5;' })
  expect(await tickAt(11_000)).toMatchObject([{ connection: 'Failure' }])
  expect(dueMs()).not.toBeNull()
  expect(await tickAt(12_000)).toMatchObject([{ connection: 'Failure' }])
  expect(dueMs()).toBeNull()
})
