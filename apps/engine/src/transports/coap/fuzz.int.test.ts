import { expect, test } from 'vitest'
import { blockOption, largestBlockBytes } from './block.ts'
import { decode, uintOption } from './packet.ts'
import { type Peer, scriptedGateway, startCoap } from './test-peer.ts'
import { understand } from './translate.ts'

const datagrams = 50_000
/** Few enough at a time that the kernel keeps them all. */
const atOnce = 100
const mostGrownBytes = 150_000_000

/** The same datagrams in every run. */
const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}

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

const mutated = (list: readonly Buffer[], next: () => number): Buffer => {
  const below = (limit: number) => Math.floor(next() * limit)
  const pick = () => list[below(list.length)] ?? Buffer.alloc(0)
  let bytes: Buffer = Buffer.from(pick())
  for (let times = below(4) + 1; times > 0; times--) {
    const at = below(bytes.length + 1)
    switch (below(6)) {
      case 0:
        if (bytes.length > 0) bytes.writeUInt8(below(256), at % bytes.length)
        break
      case 1:
        bytes = bytes.subarray(0, at)
        break
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), Buffer.of(below(256)), bytes.subarray(at)])
        break
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), pick().subarray(below(20))])
        break
      case 4:
        if (bytes.length > 3) bytes.writeUInt16BE(below(0x10000), 2)
        break
      default:
        bytes = Buffer.concat([bytes, Buffer.alloc(below(200), below(256))])
    }
    bytes = Buffer.from(bytes.subarray(0, 4_000))
  }
  return bytes
}

test(`${datagrams} mutated datagrams neither crash the server nor fill its memory`, { timeout: 120_000 }, async () => {
  const { gateway } = scriptedGateway({ readAttributes: async () => ({ shared: { text: 'z'.repeat(3_000) } }) })
  await using coap = await startCoap(gateway)
  const peer = await coap.peer()
  const list = seeds(peer)
  const next = random(20_261_121)
  let understoodOnes = 0
  const before = process.memoryUsage()
  for (let sent = 0; sent < datagrams; sent += atOnce) {
    for (let i = 0; i < atOnce; i++) {
      const datagram = mutated(list, next)
      const decoded = decode(datagram)
      if (decoded.kind === 'message' && understand(decoded.message).ok) understoodOnes++
      void peer.write(datagram)
    }
    await peer.settled()
    peer.inbox.length = 0
  }
  const after = process.memoryUsage()
  expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(mostGrownBytes)
  // Mutations that nobody understands any more would test the parser alone.
  expect(understoodOnes).toBeGreaterThan(datagrams / 20)
  expect(understoodOnes).toBeLessThan(datagrams)
  const healthy = await coap.peer()
  expect((await healthy.ask({ path: 'api/v1/good/telemetry', payload: '{"a":1}' })).code).toBe('2.01')
})
