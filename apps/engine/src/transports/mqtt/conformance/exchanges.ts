import type { ISubscription, Packet } from 'mqtt-packet'
import { expect } from 'vitest'
import type { Peer } from './broker-under-test.ts'

type Publish = Extract<Packet, { cmd: 'publish' }>
type QoS = 0 | 1 | 2

let lastId = 0
const nextId = () => (lastId = (lastId % 60_000) + 1)

/** Subscribes, and returns the granted codes. */
export const subscribe = async (
  peer: Peer,
  filter: string,
  qos: QoS,
  more: Partial<ISubscription> = {},
  properties?: { subscriptionIdentifier?: number },
): Promise<number[]> => {
  const messageId = nextId()
  peer.send({
    cmd: 'subscribe',
    messageId,
    subscriptions: [{ topic: filter, qos, ...more }],
    ...(properties && { properties }),
  } as Packet)
  const suback = await peer.expect({ cmd: 'suback', messageId })
  return (suback as { granted: number[] }).granted
}

export const unsubscribe = async (peer: Peer, filter: string): Promise<void> => {
  const messageId = nextId()
  peer.send({ cmd: 'unsubscribe', messageId, unsubscriptions: [filter] })
  await peer.expect({ cmd: 'unsuback', messageId })
}

export const publishPacket = (topic: string, payload: string, qos: QoS, more: Partial<Publish> = {}): Publish => ({
  cmd: 'publish',
  topic,
  payload,
  qos,
  dup: false,
  retain: false,
  ...(qos > 0 && { messageId: nextId() }),
  ...more,
})

/** Publishes by a client that receives nothing itself, through to the last acknowledgement. */
export const publish = async (
  peer: Peer,
  topic: string,
  payload: string,
  qos: QoS,
  more: Partial<Publish> = {},
): Promise<void> => {
  const packet = publishPacket(topic, payload, qos, more)
  const { messageId } = packet
  peer.send(packet)
  if (qos === 0) await peer.expectSilence()
  if (qos === 1) await peer.expect({ cmd: 'puback', messageId })
  if (qos === 2) {
    await peer.expect({ cmd: 'pubrec', messageId })
    peer.send({ cmd: 'pubrel', messageId: messageId ?? 0 })
    await peer.expect({ cmd: 'pubcomp', messageId })
  }
}

/** The acknowledgements of publishes that were sent at once, in their order; with QoS 2 to the end of each exchange. */
export const acknowledged = async (peer: Peer, packets: readonly Publish[]): Promise<void> => {
  for (const { qos, messageId } of packets) {
    if (qos === 1) await peer.expect({ cmd: 'puback', messageId })
    if (qos === 2) await peer.expect({ cmd: 'pubrec', messageId })
  }
  for (const { qos, messageId } of packets) {
    if (qos !== 2) continue
    peer.send({ cmd: 'pubrel', messageId: messageId ?? 0 })
    await peer.expect({ cmd: 'pubcomp', messageId })
  }
}

/** Messages that came while an earlier one waited for its PUBREL. */
const early = new WeakMap<Peer['socket'], Publish[]>()

/** The next message, acknowledged to the end. */
export const receive = async (peer: Peer, fields: Record<string, unknown> = {}): Promise<Publish> => {
  const packet = early.get(peer.socket)?.shift() ?? ((await peer.next()) as Publish)
  expect(packet).toMatchObject({ cmd: 'publish', ...fields })
  const messageId = packet.messageId ?? 0
  if (packet.qos === 1) peer.send({ cmd: 'puback', messageId })
  if (packet.qos === 2) {
    peer.send({ cmd: 'pubrec', messageId })
    let answer = await peer.next()
    for (; answer.cmd === 'publish'; answer = await peer.next())
      early.set(peer.socket, [...(early.get(peer.socket) ?? []), answer])
    expect(answer).toMatchObject({ cmd: 'pubrel', messageId })
    peer.send({ cmd: 'pubcomp', messageId })
  }
  return packet
}
