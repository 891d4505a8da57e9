import { freePort } from '@thingwire/local-services'
import type { OutboundKinds } from '@thingwire/rules'
import { waitFor } from '@thingwire/testing'
import { expect, test } from 'vitest'
import { startKafkaBroker } from '../../testing/kafka-broker.ts'
import { openClient } from '../../testing/outbound-calls.ts'
import { testOutbound } from '../../testing/test-outbound.ts'
import { createOutboundGuard } from '../address-guard/outbound-guard.ts'

const settings = (change: Partial<OutboundKinds['kafka']['settings']>) => ({
  bootstrapServers: '127.0.0.1:1',
  acks: -1 as const,
  retries: 0,
  headersCharset: 'UTF-8',
  properties: {},
  ...change,
})
const request = { topic: 'readings', key: 'hall', value: '{"t":"ö"}', headers: [['tb_msg_md_a', 'ö']] as const }

test('writes key, value and headers, and tells where they stand', async () => {
  await using kafka = await startKafkaBroker()
  const client = openClient(testOutbound(), 'kafka', settings({ bootstrapServers: `127.0.0.1:${kafka.port}` }))
  const [first, second] = [await client.ask(request, 'message-node'), await client.ask(request)]
  expect(first).toMatchObject({ topic: 'readings', offset: '0' })
  expect(second).toMatchObject({ offset: '1' })
  expect(kafka.records[0]).toMatchObject({
    topic: 'readings',
    key: Buffer.from('hall'),
    value: Buffer.from('{"t":"ö"}'),
  })
  expect(kafka.records[0]?.headers.map(([name, value]) => [name, value.toString()])).toEqual([
    ['tb_msg_md_a', 'ö'],
    ['Idempotency-Key', 'message-node'],
  ])
  // What has the same key is in the same partition, in order.
  expect(new Set(kafka.records.map(({ partition }) => partition)).size).toBe(1)
  expect(kafka.acks).toEqual([-1, -1])
  await client.close()
})

test('writes records without a key, and those of which nobody acknowledges', async () => {
  await using kafka = await startKafkaBroker()
  const bootstrapServers = `127.0.0.1:1, 127.0.0.1:${kafka.port}`
  const client = openClient(testOutbound(), 'kafka', settings({ bootstrapServers, acks: 0 }))
  expect(await client.ask({ ...request, key: null })).toMatchObject({ topic: 'readings', partition: -1 })
  await waitFor(() => kafka.records.length === 1, { what: 'the record' })
  expect(kafka.acks).toEqual([0])
  expect(kafka.records).toMatchObject([{ key: null }])
  await client.close()
})

test('a topic that there is not, and a Kafka that is away, fail messages with the reason', async () => {
  await using kafka = await startKafkaBroker()
  const client = openClient(testOutbound(), 'kafka', settings({ bootstrapServers: `127.0.0.1:${kafka.port}` }))
  expect(await client.ask({ ...request, topic: 'missing' })).toMatch(/^kafka 127\.0\.0\.1:\d+: /)
  expect(await client.ask(request)).toMatchObject({ topic: 'readings' })
  const away = openClient(testOutbound(), 'kafka', settings({}))
  const reason = await away.ask(request)
  expect(reason).toMatch(/^kafka 127\.0\.0\.1:1: .*127\.0\.0\.1:1/)
  expect(away.reasons).toEqual([reason])
  const began = performance.now()
  expect(await away.ask(request)).toBe(reason)
  expect(performance.now() - began).toBeLessThan(900)
  await Promise.all([client.close(), away.close()])
}, 60_000)

test('a Kafka that goes away suspends the node; when it is back the node goes on by itself', async () => {
  const port = await freePort()
  const first = await startKafkaBroker({ port })
  const client = openClient(testOutbound(), 'kafka', settings({ bootstrapServers: `127.0.0.1:${port}` }))
  expect(await client.ask(request)).toMatchObject({ offset: '0' })
  await first[Symbol.asyncDispose]()
  expect(await client.ask(request)).toMatch(/^kafka 127/)
  await using again = await startKafkaBroker({ port })
  await waitFor(() => client.reasons.at(-1) === null, { what: 'the connection', deadlineMs: 15_000 })
  expect(await client.ask(request)).toMatchObject({ offset: '0' })
  expect(again.records).toHaveLength(1)
  await client.close()
}, 60_000)

test('goes to no broker that stands where it may not, also when Kafka names it', async () => {
  await using kafka = await startKafkaBroker({ advertised: '127.0.0.2' })
  const bootstrapServers = `127.0.0.1:${kafka.port}`
  const nowhere = openClient(testOutbound({ guard: createOutboundGuard([]) }), 'kafka', settings({ bootstrapServers }))
  expect(await nowhere.ask(request)).toContain('may not connect to')
  expect(kafka.connections()).toBe(0)
  const named = openClient(
    testOutbound({ guard: createOutboundGuard([]) }),
    'kafka',
    settings({ bootstrapServers: `localhost:${kafka.port}` }),
  )
  expect(await named.ask(request)).toContain('may not connect to')
  expect(kafka.connections()).toBe(0)
  const secure = { bootstrapServers, properties: { 'security.protocol': 'SSL' } }
  const overTls = openClient(testOutbound({ guard: createOutboundGuard([]) }), 'kafka', settings(secure))
  expect(await overTls.ask(request)).toContain('may not connect to')
  expect(kafka.connections()).toBe(0)
  const led = openClient(testOutbound(), 'kafka', settings({ bootstrapServers }))
  expect(await led.ask(request)).toContain('127.0.0.2 is an address that rule chains may not connect to')
  expect(kafka.records).toEqual([])
  await Promise.all([nowhere.close(), named.close(), overTls.close(), led.close()])
}, 60_000)
