import { AppError, type ErrorCode } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import { describe, expect, test } from 'vitest'
import { blockOf, blockOption } from './block.ts'
import { encode, uintOf, uintOption } from './packet.ts'
import { scriptedGateway } from '../../testing/scripted-gateway.ts'
import { optionOf, type Peer, startCoap } from './test-peer.ts'

const telemetry = { path: 'api/v1/good/telemetry', payload: '{"a":1}' }
const attributes = { code: '0.01', path: 'api/v1/good/attributes' }

const never = new Promise<never>(() => {})

describe('messages', () => {
  test('a repeat of a confirmable request gets the same answer, and the request is carried out once', async () => {
    const { gateway, accepted } = scriptedGateway()
    await using coap = await startCoap(gateway)
    const peer = await coap.peer()
    const first = await peer.ask({ ...telemetry, messageId: 7 })
    const repeated = await peer.ask({ ...telemetry, messageId: 7 })
    expect(first).toMatchObject({ type: 'ACK', code: '2.01' })
    expect(repeated).toEqual(first)
    expect(accepted).toEqual(['{"a":1}'])
    // Another sender may use the same number.
    expect(await (await coap.peer()).ask({ ...telemetry, messageId: 7 })).toMatchObject({ code: '2.01' })
    expect(accepted).toHaveLength(2)
  })

  test('a request without confirmation is answered without one', async () => {
    const { gateway } = scriptedGateway()
    await using coap = await startCoap(gateway)
    expect(await (await coap.peer()).ask({ ...telemetry, type: 'NON' })).toMatchObject({ type: 'NON', code: '2.01' })
  })

  test('an answer that takes long is acknowledged first and sent until it is acknowledged', async () => {
    const durable = Promise.withResolvers<{ ok: true; messages: number }>()
    const { gateway } = scriptedGateway({ accept: () => durable.promise })
    await using coap = await startCoap(gateway, { separateMs: 30, ackTimeoutMs: 30 })
    const peer = await coap.peer()
    const token = Buffer.from('tok')
    expect(await peer.ask({ ...telemetry, messageId: 9, token })).toMatchObject({ type: 'ACK', code: '0.00' })
    // A repeat meanwhile gets the acknowledgement again.
    expect(await peer.ask({ ...telemetry, messageId: 9, token })).toMatchObject({ type: 'ACK', code: '0.00' })
    durable.resolve({ ok: true, messages: 1 })
    const answer = await peer.next()
    expect(answer).toMatchObject({ type: 'CON', code: '2.01', token })
    expect(await peer.next()).toEqual(answer)
    await peer.empty('ACK', answer.messageId)
  })

  test('a ping and a malformed confirmable message are reset, other nonsense is passed over', async () => {
    const { gateway } = scriptedGateway()
    await using coap = await startCoap(gateway)
    const peer = await coap.peer()
    await peer.settled()
    // A payload marker without payload, confirmable and not; another version; an answer nobody waits for; two bytes.
    await peer.write(Buffer.of(0x40, 2, 0, 1, 0xff))
    expect(await peer.next()).toMatchObject({ type: 'RST', messageId: 1 })
    await peer.write(Buffer.of(0x50, 2, 0, 2, 0xff))
    await peer.write(Buffer.of(0x80, 2, 0, 3))
    await peer.write(Buffer.of(0x60, 0x45, 0, 4))
    await peer.write(Buffer.of(0x40, 2))
    await peer.settled()
    expect(peer.inbox).toEqual([])
  })

  test('an answer to more requests than an address may have is overload, with a time to wait', async () => {
    const { gateway } = scriptedGateway({ accept: () => never })
    await using coap = await startCoap(gateway, { separateMs: 60_000 })
    const peer = await coap.peer()
    for (let id = 1; id <= 2_000; id++) {
      await peer.send({ ...telemetry, messageId: id })
      if (id % 50 === 0) {
        await peer.write(Buffer.of(0x40, 0, 0xff, id / 50))
        await peer.next(({ type }) => type === 'RST')
      }
    }
    const refused = await peer.ask({ ...telemetry, messageId: 2_001 })
    expect(refused.code).toBe('5.03')
    expect(uintOf(optionOf(refused, 'Max-Age') ?? Buffer.alloc(0), 4)).toBe(2)
    // Stopping does not wait for what never ends longer than it may.
    const started = Date.now()
    await coap.transport.stop(Date.now() + 100)
    expect(Date.now() - started).toBeLessThan(2_500)
  })
})

describe('codes', () => {
  test.each<[string, Parameters<Peer['ask']>[0], string]>([
    ['telemetry', telemetry, '2.01'],
    ['attributes', { ...telemetry, path: 'api/v1/good/attributes' }, '2.01'],
    ['an unknown token', { ...telemetry, path: 'api/v1/bad/telemetry' }, '4.01'],
    [
      'an observation with an unknown token',
      { code: '0.01', path: 'api/v1/bad/rpc', options: [uintOption('Observe', 0)] },
      '4.01',
    ],
    ['reading telemetry', { code: '0.01', path: 'api/v1/good/telemetry' }, '4.00'],
    ['reading commands without observing', { code: '0.01', path: 'api/v1/good/rpc' }, '4.00'],
    ['an answer to no number', { path: 'api/v1/good/rpc/x' }, '4.00'],
    ['an answer to a command', { path: 'api/v1/good/rpc/5', payload: '{}' }, '2.01'],
    ['a claim', { path: 'api/v1/good/claim' }, '2.01'],
    ['another path', { code: '0.01', path: 'api/v1/good/nonsense' }, '4.04'],
    ['the root', { code: '0.01', path: '' }, '4.04'],
    ['another method', { code: '0.03', path: 'api/v1/good/telemetry' }, '4.05'],
    ['a proxy request', { ...telemetry, options: [{ name: 'Proxy-Uri', value: Buffer.from('coap://x') }] }, '5.05'],
    [
      'a critical option that is not known',
      { ...telemetry, options: [{ name: 'If-Match', value: Buffer.of(1) }] },
      '4.02',
    ],
    ['a representation that there is not', { ...attributes, options: [uintOption('Accept', 60)] }, '4.06'],
    ['a block of the reserved size', { ...telemetry, options: [{ name: 'Block1', value: Buffer.of(7) }] }, '4.00'],
    [
      'a block option that is too long',
      { ...telemetry, options: [{ name: 'Block1', value: Buffer.alloc(4) }] },
      '4.02',
    ],
    ['a method that nobody knows', { code: '0.09', path: 'nonsense' }, '4.05'],
    ['no package', { code: '0.01', path: 'fw/good', query: ['title=a', 'version=1'] }, '4.04'],
    ['a package without a title', { code: '0.01', path: 'sw/good' }, '4.00'],
  ])('%s', async (_what, sent, code) => {
    const { gateway } = scriptedGateway()
    await using coap = await startCoap(gateway)
    expect((await (await coap.peer()).ask(sent)).code).toBe(code)
  })

  test('a critical option in a message that wants no acknowledgement is passed over in silence', async () => {
    const { gateway, accepted } = scriptedGateway()
    await using coap = await startCoap(gateway)
    const peer = await coap.peer()
    await peer.send({ ...telemetry, type: 'NON', options: [{ name: 'If-Match', value: Buffer.of(1) }] })
    await peer.settled()
    expect(peer.inbox).toEqual([])
    expect(accepted).toEqual([])
  })

  test.each<[ErrorCode, string]>([
    ['PAYLOAD_MALFORMED', '4.00'],
    ['PAYLOAD_TOO_LARGE', '4.13'],
    ['QUEUE_OVERLOADED', '5.03'],
    ['DATABASE_UNAVAILABLE', '5.03'],
    ['RATE_LIMITED', '5.00'],
    ['INTERNAL', '5.00'],
  ])('%s is %s, refused or thrown', async (error, code) => {
    for (const accept of [
      async () => ({ ok: false as const, code: error, message: 'refused' }),
      async () => Promise.reject(new AppError(error)),
    ]) {
      const { gateway } = scriptedGateway({ accept })
      await using coap = await startCoap(gateway)
      const answer = await (await coap.peer()).ask(telemetry)
      expect(answer.code).toBe(code)
      if (code === '5.03') expect(optionOf(answer, 'Max-Age')).toEqual(Buffer.of(2))
    }
  })

  test('answers are JSON and say so', async () => {
    const { gateway } = scriptedGateway()
    await using coap = await startCoap(gateway)
    const peer = await coap.peer()
    const read = await peer.ask({ ...attributes, query: ['clientKeys=firmware'] })
    expect(read).toMatchObject({ code: '2.05' })
    expect(optionOf(read, 'Content-Format')).toEqual(Buffer.of(50))
    expect(JSON.parse(read.payload.toString())).toEqual({ client: { firmware: '1' }, shared: { limit: 5 } })
    const asked = await peer.ask({ path: 'api/v1/good/rpc', payload: '{"method":"time"}' })
    expect(asked).toMatchObject({ code: '2.05', payload: Buffer.from('{"time":1}') })
    const provisioned = await peer.ask({ path: 'api/v1/provision', payload: '{}' })
    expect(provisioned).toMatchObject({ code: '2.05', payload: Buffer.from('{"status":"SUCCESS"}') })
  })
})

describe('blocks', () => {
  const block = (number: number, more: boolean, sizeBytes = 16) => blockOption('Block1', { number, more, sizeBytes })
  const upload = (number: number, more: boolean, payload: string) => ({
    ...telemetry,
    payload,
    options: [block(number, more)],
  })

  test('a body that comes in blocks is accepted as a whole', async () => {
    const { gateway, accepted } = scriptedGateway()
    await using coap = await startCoap(gateway)
    const peer = await coap.peer()
    const first = await peer.ask(upload(0, true, '{"key":"0123456'))
    expect(first.code).toBe('4.08')
    expect(await peer.ask(upload(0, true, '{"key":"01234567'))).toMatchObject({ code: '2.31' })
    expect(await peer.ask(upload(2, false, '"}'))).toMatchObject({ code: '4.08' })
    expect(await peer.ask(upload(1, true, '89abcdef01234567'))).toMatchObject({ code: '2.31' })
    const last = await peer.ask(upload(2, false, '"}'))
    expect(last.code).toBe('2.01')
    expect(blockOf(optionOf(last, 'Block1') ?? Buffer.alloc(9))).toEqual({ number: 2, more: false, sizeBytes: 16 })
    expect(accepted).toEqual(['{"key":"0123456789abcdef01234567"}'])
  })

  test('a body beyond the limit is refused with the limit, and one of a stranger at its first block', async () => {
    const { gateway, accepted } = scriptedGateway()
    await using coap = await startCoap(gateway)
    const peer = await coap.peer()
    const payload = Buffer.alloc(1_024, ' ')
    const send = (number: number) => peer.ask({ ...telemetry, payload, options: [block(number, true, 1_024)] })
    for (let number = 0; number < 64; number++) expect((await send(number)).code).toBe('2.31')
    const refused = await send(64)
    expect(refused.code).toBe('4.13')
    expect(uintOf(optionOf(refused, 'Size1') ?? Buffer.alloc(9), 4)).toBe(65_536)
    const stranger = { path: 'api/v1/bad/telemetry', payload: Buffer.alloc(16), options: [block(0, true)] }
    expect((await peer.ask(stranger)).code).toBe('4.01')
    expect(accepted).toEqual([])
  })

  /** Fetches a body block by block as a client does. */
  const download = async (peer: Peer, sent: Parameters<Peer['ask']>[0], sizeBytes: number) => {
    const parts: Buffer[] = []
    const etags = new Set<string>()
    for (let number = 0; ; number++) {
      const options = [blockOption('Block2', { number, more: false, sizeBytes })]
      const answer = await peer.ask({ ...sent, options, ...(number > 0 && { payload: '' }) })
      expect(answer.code).toBe('2.05')
      parts.push(Buffer.from(answer.payload))
      etags.add(optionOf(answer, 'ETag')?.toString('hex') ?? '')
      if (!blockOf(optionOf(answer, 'Block2') ?? Buffer.alloc(9))?.more) return { body: Buffer.concat(parts), etags }
    }
  }

  test('a long answer is fetched in blocks of the size that the client wants, and asked for once', async () => {
    const long = JSON.stringify({ text: 'x'.repeat(3_000) })
    let questions = 0
    const { gateway } = scriptedGateway({
      readAttributes: async () => ({ shared: JSON.parse(long) }),
      askServer: async () => {
        questions++
        return { ok: true, answer: Promise.resolve(long) }
      },
    })
    await using coap = await startCoap(gateway)
    const peer = await coap.peer()
    const read = await download(peer, attributes, 256)
    expect(JSON.parse(read.body.toString())).toEqual({ shared: JSON.parse(long) })
    expect(read.etags.size).toBe(1)
    const asked = await download(peer, { path: 'api/v1/good/rpc', payload: '{"method":"m"}' }, 1_024)
    expect(asked.body.toString()).toBe(long)
    expect(questions).toBe(1)
    const past = { ...attributes, options: [blockOption('Block2', { number: 900, more: false, sizeBytes: 1_024 })] }
    expect((await peer.ask(past)).code).toBe('4.00')
    // What another method fetches is no part of the answer to this one.
    const posted = {
      ...past,
      code: '0.02',
      options: [blockOption('Block2', { number: 1, more: false, sizeBytes: 256 })],
    }
    expect((await peer.ask(posted)).code).toBe('4.08')
  })

  test('a package is read in blocks, as a whole or by chunks', async () => {
    const bytes = Buffer.from(Array.from({ length: 5_000 }, (_, i) => i % 251))
    let largestRead = 0
    const { gateway } = scriptedGateway({
      package: async (_session, kind) => ({
        title: kind,
        version: '1.0',
        fileName: 'f.bin',
        contentType: 'application/octet-stream',
        sizeBytes: bytes.length,
        checksumAlgorithm: 'SHA256',
        checksum: 'c',
        read: async (offset, length) => {
          largestRead = Math.max(largestRead, length)
          return bytes.subarray(offset, offset + length)
        },
      }),
    })
    await using coap = await startCoap(gateway)
    const peer = await coap.peer()
    const request = { code: '0.01', path: 'fw/good', query: ['title=FIRMWARE', 'version=1.0'] }
    expect((await download(peer, request, 512)).body.equals(bytes)).toBe(true)
    const chunk = { ...request, query: [...request.query, 'size=2000', 'chunk=2'] }
    expect((await download(peer, chunk, 1_024)).body.equals(bytes.subarray(4_000))).toBe(true)
    expect(largestRead).toBeLessThanOrEqual(1_024)
    const past = await peer.ask({ ...request, query: [...request.query, 'size=2000', 'chunk=3'] })
    expect(past).toMatchObject({ code: '2.05', payload: Buffer.alloc(0) })
    expect((await peer.ask({ ...request, query: ['title=FIRMWARE', 'version=2.0'] })).code).toBe('4.00')
  })
})

describe('observations', () => {
  const observeAttributes = { ...attributes, options: [uintOption('Observe', 0)] }
  const observeCommands = { ...observeAttributes, path: 'api/v1/good/rpc' }
  const sequenceOf = (message: Parameters<typeof optionOf>[0]) =>
    uintOf(optionOf(message, 'Observe') ?? Buffer.alloc(9), 3)
  const isNotification = ({ type, code }: { type: string; code: string }) => type === 'CON' && code === '2.05'

  test('attributes: the current ones first, then each update, until it is reset', async () => {
    const script = scriptedGateway()
    await using coap = await startCoap(script.gateway)
    const peer = await coap.peer()
    const first = await peer.ask(observeAttributes)
    expect(JSON.parse(first.payload.toString())).toEqual({ limit: 5 })
    const session = script.lasting[0]
    session?.onAttributes?.({ scope: 'SHARED_SCOPE', values: { limit: 6 } })
    const second = await peer.next(isNotification)
    expect(second.token).toEqual(first.token)
    expect(JSON.parse(second.payload.toString())).toEqual({ limit: 6 })
    expect(sequenceOf(second)).toBeGreaterThan(sequenceOf(first) ?? Number.NaN)
    await peer.empty('ACK', second.messageId)
    await peer.settled()
    session?.onAttributes?.({ scope: 'SHARED_SCOPE', deleted: ['limit'] })
    const third = await peer.next(isNotification)
    expect(third.payload.toString()).toBe('{"deleted":["limit"]}')
    await peer.empty('RST', third.messageId)
    await waitFor(async () => script.closed.some(({ session: closed }) => closed === session))
    expect(session?.onAttributes).toBeNull()
  })

  test('updates that wait for an acknowledgement become one', async () => {
    const script = scriptedGateway()
    await using coap = await startCoap(script.gateway)
    const peer = await coap.peer()
    await peer.ask(observeAttributes)
    for (let i = 0; i < 1_000; i++)
      script.lasting[0]?.onAttributes?.({ scope: 'SHARED_SCOPE', values: { [`k${i % 3}`]: i } })
    const first = await peer.next(isNotification)
    expect(first.payload.toString()).toBe('{"k0":0}')
    await peer.empty('ACK', first.messageId)
    const rest = await peer.next((message) => isNotification(message) && message.messageId !== first.messageId)
    expect(JSON.parse(rest.payload.toString())).toEqual({ k0: 999, k1: 997, k2: 998 })
    await peer.empty('ACK', rest.messageId)
  })

  test('commands: valid and empty first; taken when acknowledged, not taken without', async () => {
    let wanted = 0
    const script = scriptedGateway({ wantsCommands: () => void wanted++ })
    await using coap = await startCoap(script.gateway, { ackTimeoutMs: 15 })
    const peer = await coap.peer()
    const first = await peer.ask(observeCommands)
    expect(first).toMatchObject({ code: '2.03', payload: Buffer.alloc(0) })
    await waitFor(async () => wanted === 1)
    const session = script.lasting[0]
    const taken = session?.onCommand?.({ id: 3, method: 'open', params: '{"a":1}' })
    const command = await peer.next(isNotification)
    expect(JSON.parse(command.payload.toString())).toEqual({ id: 3, method: 'open', params: { a: 1 } })
    await peer.empty('ACK', command.messageId)
    expect(await taken).toBe(true)
    expect(await session?.onCommand?.({ id: 4, method: 'open', params: '1' })).toBe(false)
    // It was sent five times before the observation was given up (RFC 7252 §4.8).
    expect(peer.inbox.filter(isNotification)).toHaveLength(5)
    await waitFor(async () => script.closed.some(({ session: closed }) => closed === session))
  })

  test('a device has one session for both, and an observation of each kind', async () => {
    const script = scriptedGateway()
    await using coap = await startCoap(script.gateway)
    const [peer, other] = [await coap.peer(), await coap.peer()]
    const [one] = await Promise.all([peer.ask(observeAttributes), peer.ask(observeCommands)])
    expect(script.lasting).toHaveLength(1)
    await other.ask(observeAttributes)
    expect(await peer.next(({ code }) => code === '2.02')).toMatchObject({ type: 'NON', token: one.token })
    expect(script.lasting).toHaveLength(1)
    const cancel = { ...observeCommands, options: [uintOption('Observe', 1)] }
    await peer.ask(cancel)
    // Another token: not the observation of this one.
    expect(script.lasting[0]?.onCommand).not.toBeNull()
    script.lasting[0]?.onClose?.('credentials-changed')
    expect(await other.next()).toMatchObject({ type: 'NON', code: '4.01' })
    expect(await peer.next(({ type }) => type === 'NON')).toMatchObject({ code: '4.01' })
    expect(script.closed.filter(({ session }) => session === script.lasting[0])).toHaveLength(1)
  })

  test('a cancelled observation is silent, and its session ends', async () => {
    const script = scriptedGateway()
    await using coap = await startCoap(script.gateway)
    const peer = await coap.peer()
    const token = Buffer.from('obs')
    await peer.ask({ ...observeAttributes, token })
    // A renewal is the same observation.
    expect(sequenceOf(await peer.ask({ ...observeAttributes, token }))).toBeGreaterThan(1)
    const cancelled = await peer.ask({ ...attributes, token, options: [uintOption('Observe', 1)] })
    expect(cancelled.code).toBe('2.02')
    expect(script.lasting[0]?.onAttributes).toBeNull()
    expect(script.closed.at(-2)?.reason).toBe('observes nothing')
  })

  test('a device that is silent for long is asked for a sign of life', async () => {
    const script = scriptedGateway()
    await using coap = await startCoap(script.gateway, { silentMs: 50, ackTimeoutMs: 15, tickMs: 2 })
    const peer = await coap.peer()
    await peer.ask(observeAttributes)
    const ping = await peer.next(({ type, code }) => type === 'CON' && code === '0.00')
    await peer.empty('RST', ping.messageId)
    await peer.next(({ type, code, messageId }) => type === 'CON' && code === '0.00' && messageId !== ping.messageId)
    expect(script.lasting[0]?.onAttributes).not.toBeNull()
    await waitFor(async () => script.closed.some(({ reason }) => reason === 'no sign of life'))
  })

  test('a stop tells the observers, and ends requests that only wait', async () => {
    const script = scriptedGateway({ askServer: async () => ({ ok: true, answer: never }) })
    await using coap = await startCoap(script.gateway, { separateMs: 60_000 })
    const peer = await coap.peer()
    await peer.ask(observeAttributes)
    const asked = peer.ask({ path: 'api/v1/good/rpc', payload: '{"method":"m"}' })
    await peer.settled()
    const started = Date.now()
    await coap.transport.stop(Date.now() + 3_000)
    expect(Date.now() - started).toBeLessThan(2_500)
    expect(await asked).toMatchObject({ code: '5.03' })
    expect(await peer.next()).toMatchObject({ type: 'NON', code: '5.03' })
  })

  test('the first block of a long notification is followed by requests for the others', async () => {
    const script = scriptedGateway()
    await using coap = await startCoap(script.gateway)
    const peer = await coap.peer()
    await peer.ask(observeAttributes)
    const values = { text: 'y'.repeat(1_500) }
    script.lasting[0]?.onAttributes?.({ scope: 'SHARED_SCOPE', values })
    const first = await peer.next(isNotification)
    await peer.empty('ACK', first.messageId)
    expect(blockOf(optionOf(first, 'Block2') ?? Buffer.alloc(9))).toMatchObject({ number: 0, more: true })
    const options = [blockOption('Block2', { number: 1, more: false, sizeBytes: 1_024 })]
    const rest = await peer.ask({ ...attributes, options })
    expect(JSON.parse(first.payload.toString() + rest.payload.toString())).toEqual(values)
    expect(optionOf(rest, 'Observe')).toBeUndefined()
  })
})

test('encodes nothing that it cannot read itself', () => {
  expect(() => encode({ type: 'CON', code: '2.05', messageId: 1, payload: Buffer.alloc(3_000) })).toThrow()
})
