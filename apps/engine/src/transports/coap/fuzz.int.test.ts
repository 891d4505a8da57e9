import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { fuzzBudget, type Random, randomFrom, watchProcess } from '@thingwire/testing'
import {
  type CoapParts,
  type CoapResource,
  type CoapVerdict,
  coapCode,
  judgeCoap,
  readCoap,
  spoiltCoap,
  spokenCode,
  writeCoap,
} from '@thingwire/testing/coap-oracle'
import { expect, test } from 'vitest'
import { scriptedGateway } from '../../testing/scripted-gateway.ts'
import { startCoap } from './test-peer.ts'

const budget = fuzzBudget()
/** Few enough at a time that the kernel keeps them all. */
const atOnce = 100
const datagramsOfSocket = 50_000
const patienceMs = 5_000
const mostGrownBytes = 150_000_000

const [get, post] = [1, 2]

const pathOf = (path: string) => path.split('/').map((part) => ({ number: 11, value: Buffer.from(part) }))
const queryOf = (...parts: string[]) => parts.map((part) => ({ number: 15, value: Buffer.from(part) }))
const option = (number: number, ...bytes: number[]) => ({ number, value: Buffer.from(bytes) })

type Draft = Pick<CoapParts, 'code' | 'options'> & { payload?: string }

const drafts: readonly Draft[] = [
  { code: post, options: pathOf('api/v1/good/telemetry'), payload: '{"temperature":21.5}' },
  { code: post, options: pathOf('api/v1/good/attributes'), payload: '{"a":1}' },
  { code: post, options: [...pathOf('api/v1/good/telemetry'), option(27, 0x08)], payload: '0123456789abcdef' },
  { code: post, options: [...pathOf('api/v1/good/telemetry'), option(27, 0x18)], payload: '0123456789abcdef' },
  { code: post, options: [...pathOf('api/v1/good/telemetry'), option(27, 0x20)], payload: '}' },
  { code: post, options: [...pathOf('api/v1/good/rpc'), option(12, 50)], payload: '{"method":"m"}' },
  { code: post, options: pathOf('api/v1/good/rpc/1'), payload: '{}' },
  { code: post, options: pathOf('api/v1/good/claim') },
  { code: post, options: pathOf('api/v1/provision'), payload: '{}' },
  { code: get, options: [...pathOf('api/v1/good/attributes'), ...queryOf('clientKeys=a,b', 'sharedKeys=c')] },
  { code: get, options: [option(6), ...pathOf('api/v1/good/attributes')] },
  { code: get, options: [option(6), ...pathOf('api/v1/good/rpc')] },
  { code: get, options: [option(6, 1), ...pathOf('api/v1/good/attributes')] },
  { code: get, options: [...pathOf('fw/good'), ...queryOf('title=t', 'version=1', 'size=100', 'chunk=1')] },
  { code: get, options: [option(3, 104), option(7, 1), ...pathOf('api/v1/good/attributes'), option(17, 50)] },
  { code: get, options: [...pathOf('api/v1/good/attributes'), option(23, 0x16)] },
]

/** What the API of devices answers with the scripted gateway behind it. */
const resource: CoapResource = ({ isPart, ...request }) => [
  ...wholeAnswer(request),
  // The rest of a body is sent to whoever asks for it, one who ends an observation too.
  ...(isPart && request.observe === 1 ? ['2.05'] : []),
  ...(isPart ? ['2.31', '4.00', '4.06', '4.08', '4.13'] : []),
]

const wholeAnswer = ({ method, path, ...request }: Omit<Parameters<CoapResource>[0], 'isPart'>): readonly string[] => {
  const levels = path.at(-1) === '' ? path.slice(0, -1) : path
  const [first, second, third, feature, id] = levels
  if (first === 'fw' || first === 'sw') {
    if (levels.length !== 2) return ['4.04']
    return method === get ? ['4.00', second === 'good' ? '4.04' : '4.01'] : ['4.05']
  }
  if (first !== 'api' || second !== 'v1' || levels.length < 3 || levels.length > 5) return ['4.04']
  if (levels.length === 3) return third === 'provision' ? [method === post ? '2.05' : '4.05'] : ['4.04']
  if (id !== undefined && feature !== 'rpc') return ['4.04']
  const answer = featureAnswer(feature ?? '', { method, id, ...request })
  return answer[0]?.startsWith('2.') && third !== 'good' ? ['4.01'] : answer
}

type FeatureRequest = Pick<Parameters<CoapResource>[0], 'method' | 'observe' | 'payload'> & { id: string | undefined }

const featureAnswer = (feature: string, { method, observe, payload, id }: FeatureRequest): readonly string[] => {
  if (!['telemetry', 'attributes', 'rpc', 'claim'].includes(feature)) return ['4.04']
  if (method !== get && method !== post) return ['4.05']
  const ended = observe === 1 ? ['2.02'] : null
  if (method === get && feature === 'attributes') return ended ?? ['2.05']
  if (method === get && feature === 'rpc' && id === undefined) return observe === 0 ? ['2.03'] : (ended ?? ['4.00'])
  if (method === get) return ['4.00']
  if (feature !== 'rpc') return ['2.01']
  if (id !== undefined) return /^\d{1,10}$/.test(id) ? ['2.01'] : ['4.00']
  return payload.equals(Buffer.from('{"method":"m"}')) ? ['2.05'] : ['2.05', '4.00']
}

type Due = { datagram: Buffer; verdict: CoapVerdict }

const idOf = (datagram: Buffer) => (datagram.length < 4 ? 0 : datagram.readUInt16BE(2))

/** A device that says what it likes, each datagram with a message id of its own. */
const openSpeaker = async (serverPort: number) => {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const heard: Buffer[] = []
  let wake = () => {}
  socket.on('message', (datagram) => {
    heard.push(Buffer.from(datagram))
    wake()
  })
  return {
    heard,
    say: (datagram: Buffer) => socket.send(datagram, serverPort, '127.0.0.1', () => {}),
    /** Waits until all of that has been said, or for too long. */
    until: async (isDone: () => boolean): Promise<void> => {
      let isLate = false
      const timer = setTimeout(() => {
        isLate = true
        wake()
      }, patienceMs)
      while (!isDone() && !isLate)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      clearTimeout(timer)
    },
    close: () => socket.close(),
  }
}

/** The answer to one datagram, whatever its code. */
const isAbout = ({ verdict }: Due, answer: CoapParts): boolean => {
  if (verdict.kind === 'reset') return answer.type === 'RST' && answer.messageId === verdict.messageId
  if (verdict.kind === 'silence') return false
  const { type, messageId, token } = verdict.request
  return (
    answer.token.equals(token) &&
    (type === 'CON' ? answer.type === 'ACK' && answer.messageId === messageId : answer.type === 'NON') &&
    verdict.codes.includes(spokenCode(answer.code))
  )
}

/** An observation that another one takes the place of is told so. */
const isEndOfObservation = ({ type, code }: CoapParts) => type === 'NON' && code === coapCode('2.02')

/** What of it is missing and what came too much, in words; null: all is as it should be. */
const differences = (dues: readonly Due[], heard: readonly Buffer[], pingId: number): string | null => {
  const left = dues.filter(({ verdict }) => verdict.kind !== 'silence')
  const unasked: string[] = []
  const isOwed = ({ verdict }: Due) => verdict.kind !== 'response' || !verdict.isOptional
  for (const datagram of heard) {
    const read = readCoap(datagram)
    const at = read.kind === 'message' ? left.findIndex((due) => isAbout(due, read.parts)) : -1
    const isPong = read.kind === 'message' && read.parts.type === 'RST' && read.parts.messageId === pingId
    if (at >= 0) left.splice(at, 1)
    else if (read.kind !== 'message' || !(isPong || isEndOfObservation(read.parts)))
      unasked.push(datagram.toString('hex'))
  }
  const owed = left.filter(isOwed)
  if (owed.length === 0 && unasked.length === 0) return null
  const blamed = dues.filter(({ datagram }) => unasked.some((hex) => idOf(datagram) === idOf(Buffer.from(hex, 'hex'))))
  const described = [...new Set([...owed, ...blamed])].map(({ datagram, verdict }) => {
    const codes = verdict.kind === 'response' ? ` ${verdict.codes.join(' or ')}` : ''
    return `${datagram.toString('hex')} (${verdict.what}: ${verdict.kind}${codes})`
  })
  return `Not answered so: ${described.join(', ')}; the server said ${unasked.join(', ') || 'nothing else'}`
}

const spoken = (random: Random, messageId: number): Buffer => {
  const { code, options, payload = '' } = drafts[random(drafts.length)] ?? { code: 0, options: [] }
  const parts: CoapParts = {
    type: random(3) === 0 ? 'NON' : 'CON',
    code,
    messageId,
    token: Buffer.alloc(random(9), random(256)),
    options,
    payload: Buffer.from(payload),
  }
  let datagram = spoiltCoap(parts, random)
  if (random(4) === 0) {
    const read = readCoap(datagram)
    if (read.kind === 'message') datagram = spoiltCoap(read.parts, random)
  }
  if (datagram.length >= 4) datagram.writeUInt16BE(messageId, 2)
  return datagram
}

test('the transport with a scripted gateway answers each mutated datagram as RFC 7252 says', {
  timeout: budget.timeoutMs,
}, async () => {
  const { gateway } = scriptedGateway({ readAttributes: async () => ({ shared: { text: 'z'.repeat(3_000) } }) })
  await using coap = await startCoap(gateway)
  await using watch = watchProcess()
  const counts = new Map<string, number>()
  let speaker = await openSpeaker(coap.port)
  let messageId = 0
  for (let batch = 0, said = 0; said < budget.packets; batch++) {
    if (messageId + atOnce > datagramsOfSocket) {
      speaker.close()
      speaker = await openSpeaker(coap.port)
      messageId = 0
    }
    const seed = budget.seed + batch
    const random = randomFrom(seed)
    const dues = Array.from({ length: atOnce }, (): Due => {
      const datagram = spoken(random, ++messageId)
      return { datagram, verdict: judgeCoap(datagram, resource) }
    })
    speaker.heard.length = 0
    for (const { datagram } of dues) speaker.say(datagram)
    // The answer to a ping behind them shows that all were read.
    const pingId = 60_000 + (batch % 5_000)
    speaker.say(
      writeCoap({
        type: 'CON',
        code: 0,
        messageId: pingId,
        token: Buffer.alloc(0),
        options: [],
        payload: Buffer.alloc(0),
      }),
    )
    await speaker.until(() => differences(dues, speaker.heard, pingId) === null && hasPong(speaker.heard, pingId))
    const difference = differences(dues, speaker.heard, pingId)
    if (difference !== null) throw new Error(`FUZZ_SEED=${seed} FUZZ_PACKETS=${atOnce}: ${difference}`)
    await expectRepeats(speaker, dues)
    for (const { verdict } of dues) counts.set(verdict.what, (counts.get(verdict.what) ?? 0) + 1)
    said += atOnce
  }
  speaker.close()
  expect(watch.grownBytes()).toBeLessThan(mostGrownBytes)
  expect(watch.unexpected).toEqual([])
  if (budget.packets >= 10_000) {
    expect(counts.get('a request')).toBeGreaterThan(budget.packets / 10)
    expect(counts.size).toBeGreaterThan(15)
  }
  const healthy = await coap.peer()
  expect((await healthy.ask({ path: 'api/v1/good/telemetry', payload: '{"a":1}' })).code).toBe('2.01')
})

const hasPong = (heard: readonly Buffer[], pingId: number) =>
  heard.some((datagram) => datagram.equals(Buffer.of(0x70, 0, pingId >> 8, pingId & 255)))

/** §4.5: a confirmable request that comes again gets the same answer again, and is not carried out again. */
const expectRepeats = async (speaker: Awaited<ReturnType<typeof openSpeaker>>, dues: readonly Due[]): Promise<void> => {
  const again = dues.filter(({ verdict }) => verdict.kind === 'response' && verdict.request.type === 'CON').slice(0, 3)
  // Other answers have message ids of the server's own.
  const acknowledgements = speaker.heard.filter((datagram) => ((datagram[0] ?? 0) & 0x30) === 0x20)
  const first = new Map(acknowledgements.map((datagram) => [idOf(datagram), datagram.toString('hex')]))
  speaker.heard.length = 0
  for (const { datagram } of again) speaker.say(datagram)
  await speaker.until(() => speaker.heard.length >= again.length)
  const answers = speaker.heard.map((datagram) => datagram.toString('hex'))
  expect(answers).toEqual(again.map(({ datagram }) => first.get(idOf(datagram))))
}
