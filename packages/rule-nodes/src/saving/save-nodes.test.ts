import { AppError } from '@thingwire/contracts'
import { testMessage } from '@thingwire/rules/testing'
import { describe, expect, it } from 'vitest'
import { recordingPorts, runNode } from '../node-harness.ts'
import { saveAttributesHandler } from '../save-attributes/handler.ts'
import { saveTimeSeriesHandler } from '../save-time-series/handler.ts'

const nodes = [
  ['save time series', saveTimeSeriesHandler, 'POST_TELEMETRY_REQUEST', 'telemetry'],
  ['save attributes', saveAttributesHandler, 'POST_ATTRIBUTES_REQUEST', 'attributes'],
] as const

const dedup = { processingSettings: { type: 'DEDUPLICATE', deduplicationIntervalSecs: 60 } }

describe.each(nodes)('%s', (_, factory, type, port) => {
  const run = (
    count: number,
    change: { ports?: ReturnType<typeof recordingPorts>; labels?: string[]; config?: Record<string, unknown> } = {},
  ) => {
    const { ports, calls } = change.ports ?? recordingPorts()
    const messages = Array.from({ length: count }, (_, n) => testMessage({ type, data: `{"n":${n}}` }))
    const ran = runNode({
      manifest: factory.manifest,
      factory,
      config: change.config,
      messages,
      ports,
      labels: change.labels ?? [],
    })
    return { ran, calls, ports }
  }

  it('stores a whole batch by one call', async () => {
    const { ran, calls } = run(200)
    expect((await ran).result.outcomes).toEqual(Array(200).fill('stored'))
    expect(calls[port].map((call) => call.length)).toEqual([200])
    expect(calls.finds).toBe(port === 'attributes' ? 1 : 0)
  })

  it('fails only the message that the store refuses', async () => {
    const recording = recordingPorts()
    const { save } = recording.ports[port]
    recording.ports[port].save = async (saves: readonly never[]) => {
      if (JSON.stringify(saves).includes('"value":3')) throw new AppError('ARGUMENT_INVALID', 'no such entity')
      await save(saves)
    }
    const { ran } = run(5, { ports: recording })
    const { result } = await ran
    expect(result.outcomes).toEqual(['stored', 'stored', 'stored', 'dead-lettered', 'stored'])
    expect(result.deadLetters.map(({ error }) => error)).toEqual(['no such entity'])
  })

  it('rejects the batch when the database is away, even with Failure wired, and stores the same messages later', async () => {
    const recording = recordingPorts()
    recording.ports[port].save = () => Promise.reject(new AppError('DATABASE_UNAVAILABLE'))
    const { ran } = run(2, { ports: recording, labels: ['Failure'] })
    await expect(ran).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  })

  it('does not take a message for a repetition that an outage kept from being stored', async () => {
    const recording = recordingPorts()
    const { ports } = recording
    const { save } = ports[port]
    const config = { ...(typeof factory.manifest.defaults === 'object' ? factory.manifest.defaults : {}), ...dedup }
    const parsed = factory.manifest.config.parse(config)
    const unused = { queueName: null, isConnected: () => true, suspended: () => {} }
    const context = { tenantId: 't', ruleChainId: 'c', nodeId: 'n', nodeName: 'n', ...unused, ports }
    const handler = await factory.create(parsed as never, context)
    const message = testMessage({ type, data: '{"n":1}' })
    const { signal } = new AbortController()
    ports[port].save = () => Promise.reject(new AppError('DATABASE_UNAVAILABLE'))
    await expect(handler.handle([message], signal)).rejects.toThrow()
    ports[port].save = save
    expect(await handler.handle([message], signal)).toEqual([{ message, connection: 'Success', stored: true }])
    expect(await handler.handle([testMessage({ type, data: '{"n":2}' })], signal)).toMatchObject([
      { connection: 'Success' },
    ])
    expect(recording.calls[port]).toHaveLength(1)
  })
})
