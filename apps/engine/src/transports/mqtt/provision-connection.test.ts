import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { MqttLink } from './mqtt-session.ts'
import type { PublishPacket } from './protocol/packets.ts'
import { reason } from './protocol/reasons.ts'
import { createProvisionConnection, wantsProvisioning } from './provision-connection.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const connection = (version: MqttLink['version'] = 4) => {
  const sent: string[] = []
  const ends: number[] = []
  const link: MqttLink = {
    address: '127.0.0.1',
    version,
    unsentBytes: 0,
    send: (topic, payload) => {
      sent.push(`${topic} ${payload.toString()}`)
      return 1
    },
    end: (code) => void ends.push(code),
    deliver: () => null,
    hold: () => {},
    release: () => {},
  }
  const session = createProvisionConnection({ gateway: { provision: async () => '{"status":"NOT_FOUND"}' }, link })
  const publish = (topic: string) =>
    new Promise<Error | null>((resolve) => {
      const packet: Partial<PublishPacket> = { topic, payload: Buffer.from('{}'), qos: 1, messageId: 1 }
      session.publish(packet as PublishPacket, (error) => resolve(error ?? null))
    })
  return { session, sent, ends, publish }
}

test('a connection is for provisioning by its user name or its client id', () => {
  expect(wantsProvisioning({ clientId: 'c', userName: 'provision' })).toBe(true)
  expect(wantsProvisioning({ clientId: 'provision', userName: null })).toBe(true)
  expect(wantsProvisioning({ clientId: 'c', userName: 'token' })).toBe(false)
})

test('the answer comes on its topic, and the connection ends a minute after it', async () => {
  const { sent, ends, publish } = connection()
  expect(await publish('/provision/request')).toBeNull()
  await vi.advanceTimersByTimeAsync(59_999)
  expect(sent).toEqual(['/provision/response {"status":"NOT_FOUND"}'])
  expect(ends).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(ends).toEqual([reason.administrativeAction])
})

test('nobody stays for ever without asking', async () => {
  const { ends } = connection()
  await vi.advanceTimersByTimeAsync(600_000)
  expect(ends).toEqual([reason.administrativeAction])
})

test.each([
  [4, 0],
  [5, 1],
] as const)('any other topic is a reason to close, version %i', (version, answers) => {
  const { session, ends } = connection(version)
  const answered: unknown[] = []
  const packet: Partial<PublishPacket> = { topic: 'v1/devices/me/telemetry', payload: Buffer.from('{}'), qos: 1 }
  session.publish(packet as PublishPacket, (error) => answered.push(error))
  expect(answered).toHaveLength(answers)
  for (const error of answered) expect(error).toMatchObject({ name: 'PublishRefusal', kind: 'topic' })
  expect(ends).toEqual([reason.topicNameInvalid])
})

test('only the topic of the answer can be subscribed', () => {
  const { session } = connection()
  const ask = (filter: string, qos: 0 | 1 | 2) => ({ filter, qos }) as Parameters<typeof session.subscribe>[0][number]
  expect(session.subscribe([ask('/provision/response', 2), ask('#', 0)], null)).toEqual([1, reason.topicFilterInvalid])
})
