import { fuzzBudget, mutated, randomFrom, watchProcess } from '@thingwire/testing'
import { expect, test } from 'vitest'
import { blockOption, largestBlockBytes } from './block.ts'
import { decode, uintOption } from './packet.ts'
import { scriptedGateway } from '../../testing/scripted-gateway.ts'
import { type Peer, startCoap } from './test-peer.ts'
import { understand } from './translate.ts'

const budget = fuzzBudget()
/** Few enough at a time that the kernel keeps them all. */
const atOnce = 100
const mostGrownBytes = 150_000_000

const seeds = (peer: Peer): Buffer[] => {
  const get = '0.01'
  const observe = uintOption('Observe', 0)
  const block = (number: number, more: boolean) => blockOption('Block1', { number, more, sizeBytes: 16 })
  const sent = [
    { path: 'api/v1/good/telemetry', payload: '{"temperature":21.5}' },
    { path: 'api/v1/good/attributes', payload: '{"a":1}' },
    { path: 'api/v1/good/telemetry', payload: '0123456789abcdef', options: [block(0, true)] },
    { path: 'api/v1/good/telemetry', payload: '0123456789abcdef', options: [block(1, true)] },
    { path: 'api/v1/good/telemetry', payload: '}', options: [block(2, false)] },
    { path: 'api/v1/good/rpc', payload: '{"method":"m"}' },
    { path: 'api/v1/good/rpc/1', payload: '{}' },
    { path: 'api/v1/good/claim' },
    { path: 'api/v1/provision', payload: '{}' },
    { code: get, path: 'api/v1/good/attributes', query: ['clientKeys=a,b', 'sharedKeys=c'] },
    { code: get, path: 'api/v1/good/attributes', options: [observe] },
    { code: get, path: 'api/v1/good/rpc', options: [observe] },
    { code: get, path: 'api/v1/good/attributes', options: [uintOption('Observe', 1)] },
    { code: get, path: 'fw/good', query: ['title=t', 'version=1', 'size=100', 'chunk=1'] },
    {
      code: get,
      path: 'api/v1/good/attributes',
      options: [blockOption('Block2', { number: 1, more: false, sizeBytes: largestBlockBytes })],
    },
  ]
  return [...sent.map((one) => peer.encoded(one).datagram), Buffer.of(0x40, 0, 0, 1), Buffer.of(0x60, 0, 0, 1)]
}

test('mutated datagrams neither crash the server nor fill its memory', { timeout: budget.timeoutMs }, async () => {
  const { gateway } = scriptedGateway({ readAttributes: async () => ({ shared: { text: 'z'.repeat(3_000) } }) })
  await using coap = await startCoap(gateway)
  const peer = await coap.peer()
  const list = seeds(peer)
  const random = randomFrom(budget.seed)
  let understoodOnes = 0
  await using watch = watchProcess()
  for (let sent = 0; sent < budget.packets; sent += atOnce) {
    for (let i = 0; i < atOnce; i++) {
      const datagram = mutated(list, random)
      const decoded = decode(datagram)
      if (decoded.kind === 'message' && understand(decoded.message).ok) understoodOnes++
      void peer.write(datagram)
    }
    await peer.settled()
    peer.inbox.length = 0
  }
  expect(watch.grownBytes()).toBeLessThan(mostGrownBytes)
  expect(watch.unexpected).toEqual([])
  // Mutations that nobody understands any more would test the parser alone.
  expect(understoodOnes).toBeGreaterThan(budget.packets / 20)
  expect(understoodOnes).toBeLessThan(budget.packets)
  const healthy = await coap.peer()
  expect((await healthy.ask({ path: 'api/v1/good/telemetry', payload: '{"a":1}' })).code).toBe('2.01')
})
