import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BrokerUnderTest, brokerUnderTest } from './broker-under-test.ts'
import { acknowledged, publish, publishPacket, receive, subscribe, unsubscribe } from './exchanges.ts'

let broker: BrokerUnderTest
beforeAll(async () => {
  broker = await brokerUnderTest()
})
afterAll(() => broker[Symbol.asyncDispose]())

const unique = () => `t/${randomUUID()}`
const bytes = (text: string) => Buffer.from(text)

describe.each([4, 5] as const)('delivery, version %i', (version) => {
  const pair = async () => [await broker.client(version), await broker.client(version)] as const

  test.each([
    [0, 0, 0],
    [0, 2, 0],
    [1, 0, 0],
    [1, 1, 1],
    [1, 2, 1],
    [2, 0, 0],
    [2, 1, 1],
    [2, 2, 2],
  ] as const)(
    '[MQTT-3.8.4-6 v3] [MQTT-3.8.4-8 v5] QoS %i to a subscription of %i comes with %i',
    async (published, asked, granted) => {
      const [publisher, subscriber] = await pair()
      const topic = unique()
      expect(await subscribe(subscriber, topic, asked)).toEqual([asked])
      await publish(publisher, topic, 'x', published)
      await receive(subscriber, { topic, payload: bytes('x'), qos: granted, dup: false, retain: false })
      await subscriber.expectSilence()
      await publisher.leave()
      await subscriber.leave()
    },
  )

  test('[MQTT-4.3.1-1 v3] [MQTT-3.3.1-2 v3] [MQTT-4.3.1-1 v5] [MQTT-3.3.1-2 v5] QoS 0 is sent once and with DUP 0', async () => {
    const [publisher, subscriber] = await pair()
    const topic = unique()
    await subscribe(subscriber, topic, 0)
    await publish(publisher, topic, 'x', 0)
    await receive(subscriber, { qos: 0, dup: false })
    await subscriber.expectSilence()
    await publisher.leave()
    await subscriber.leave()
  })

  test('[MQTT-2.3.1-4 v3] [MQTT-4.3.2-1 v3] [MQTT-2.2.1-4 v5] [MQTT-4.3.2-1 v5] [MQTT-4.3.2-2 v5] [MQTT-4.3.3-1 v5] [MQTT-4.3.3-2 v5] messages that are under way have each an identifier of their own, not 0, and DUP 0', async () => {
    const [publisher, subscriber] = await pair()
    const topic = unique()
    await subscribe(subscriber, topic, 2)
    for (const qos of [1, 2, 1, 2] as const) await publish(publisher, topic, `${qos}`, qos)
    const ids: number[] = []
    for (let n = 0; n < 4; n++) {
      const packet = await subscriber.expect({ cmd: 'publish', dup: false })
      ids.push((packet as { messageId: number }).messageId)
    }
    expect(new Set(ids).size).toBe(4)
    expect(Math.min(...ids)).toBeGreaterThan(0)
    await publisher.leave()
    await subscriber.vanish()
  })

  test('[MQTT-4.3.3-1 v3] [MQTT-4.3.3-4 v5] QoS 2 is released with its own identifier and over with PUBCOMP', async () => {
    const [publisher, subscriber] = await pair()
    const topic = unique()
    await subscribe(subscriber, topic, 2)
    await publish(publisher, topic, 'x', 2)
    const { messageId } = await receive(subscriber, { qos: 2 })
    expect(messageId).toBeGreaterThan(0)
    await subscriber.expectSilence()
    await publisher.leave()
    await subscriber.leave()
  })

  test('[MQTT-4.3.3-2 v3] [MQTT-4.3.3-10 v5] a QoS 2 message that is sent again before PUBREL is not delivered again', async () => {
    const [publisher, subscriber] = await pair()
    const topic = unique()
    await subscribe(subscriber, topic, 0)
    const packet = publishPacket(topic, 'once', 2)
    publisher.send(packet)
    await publisher.expect({ cmd: 'pubrec', messageId: packet.messageId })
    publisher.send({ ...packet, dup: true })
    await publisher.expect({ cmd: 'pubrec', messageId: packet.messageId })
    publisher.send({ cmd: 'pubrel', messageId: packet.messageId ?? 0 })
    await publisher.expect({ cmd: 'pubcomp', messageId: packet.messageId })
    await receive(subscriber, { payload: bytes('once') })
    await subscriber.expectSilence()
    await publisher.leave()
    await subscriber.leave()
  })

  test('[MQTT-4.3.2-2 v3] [MQTT-4.3.2-5 v5] [MQTT-4.3.3-12 v5] an identifier that is free again stands for a new message', async () => {
    const [publisher, subscriber] = await pair()
    const topic = unique()
    await subscribe(subscriber, topic, 0)
    for (const qos of [1, 1, 2, 2] as const)
      await publish(publisher, topic, 'x', qos, { messageId: 77, dup: qos === 1 })
    for (let n = 0; n < 4; n++) await receive(subscriber, { topic })
    await publisher.leave()
    await subscriber.leave()
  })

  test('[MQTT-3.3.1-3 v3] [MQTT-3.3.1-3 v5] DUP of the publisher is not passed on', async () => {
    const [publisher, subscriber] = await pair()
    const topic = unique()
    await subscribe(subscriber, topic, 1)
    await publish(publisher, topic, 'x', 1, { dup: true })
    await receive(subscriber, { qos: 1, dup: false })
    await publisher.leave()
    await subscriber.leave()
  })

  test.each([
    [2, 0, 1],
    [0, 2, 1],
    [1, 0, 2],
  ] as const)(
    '[MQTT-3.3.5-1 v3] [MQTT-3.3.4-2 v5] overlapping subscriptions (#: %i, +: %i, a: %i) deliver with the greatest QoS of them',
    async (all, level, name) => {
      const [publisher, subscriber] = await pair()
      const topic = unique()
      await subscribe(subscriber, `${topic}/#`, all)
      await subscribe(subscriber, `${topic}/+`, level)
      await subscribe(subscriber, `${topic}/a`, name)
      await publish(publisher, `${topic}/a`, 'x', 2)
      await receive(subscriber, { qos: 2 })
      await publisher.leave()
      await subscriber.vanish()
    },
  )

  test.each([
    [
      'sport/tennis/player1/#',
      ['sport/tennis/player1', 'sport/tennis/player1/ranking', 'sport/tennis/player1/score/w'],
    ],
    ['sport/tennis/+', ['sport/tennis/player1', 'sport/tennis/']],
    [
      '+/tennis/#',
      ['sport/tennis/player1', 'sport/tennis/player1/ranking', 'sport/tennis/player1/score/w', 'sport/tennis/'],
    ],
    ['sport/+', ['sport/']],
    ['Sport/tennis/player1', []],
    ['sport/tennis/player1/', []],
    ['sport//player1', []],
    // One sign, written in one piece or in two.
    ['caf\u00e9', ['caf\u00e9']],
    ['cafe\u0301', ['cafe\u0301']],
  ])(
    '[MQTT-3.3.2-3 v3] [MQTT-4.7.3-4 v3] [MQTT-3.3.2-3 v5] [MQTT-4.7.3-4 v5] %s matches what it should',
    async (filter, expected) => {
      const [publisher, subscriber] = await pair()
      const place = unique()
      await subscribe(subscriber, `${place}/${filter}`, 0)
      const topics = [
        'sport/tennis/player1',
        'sport/tennis/player1/ranking',
        'sport/tennis/player1/score/w',
        'sport/tennis/',
        'sport/',
        'caf\u00e9',
        'cafe\u0301',
      ]
      for (const topic of topics) await publish(publisher, `${place}/${topic}`, 'x', 1)
      const met: string[] = []
      for (let n = 0; n < expected.length; n++) met.push((await receive(subscriber)).topic.slice(place.length + 1))
      await subscriber.expectSilence()
      expect(met).toEqual(expected)
      await publisher.leave()
      await subscriber.leave()
    },
  )

  test('[MQTT-1.5.3-3 v3] [MQTT-1.5.4-3 v5] U+FEFF in a topic is a character as any other', async () => {
    const [publisher, subscriber] = await pair()
    const place = unique()
    await subscribe(subscriber, `${place}/\ufeffa`, 0)
    await publish(publisher, `${place}/a`, 'no', 1)
    await publish(publisher, `${place}/\ufeffa`, 'yes', 1)
    await receive(subscriber, { payload: bytes('yes'), topic: `${place}/\ufeffa` })
    await publisher.leave()
    await subscriber.leave()
  })

  test.each([0, 1, 2] as const)(
    '[MQTT-4.6.0-5 v3] [MQTT-4.6.0-6 v3] [MQTT-4.6.0-5 v5] [MQTT-4.6.0-6 v5] [MQTT-4.5.0-1 v3] [MQTT-4.5.0-1 v5] 60 messages of QoS %i that are sent at once come in their order',
    async (qos) => {
      const [publisher, subscriber] = await pair()
      const topic = unique()
      await subscribe(subscriber, topic, 1)
      const packets = Array.from({ length: 60 }, (_, n) => publishPacket(topic, `${n}`, qos))
      // All of them are on their way at once.
      publisher.send(...packets)
      const met: string[] = []
      while (met.length < packets.length) met.push((await receive(subscriber)).payload.toString())
      await acknowledged(publisher, packets)
      expect(met).toEqual(packets.map(({ payload }) => payload))
      await publisher.leave()
      await subscriber.leave()
    },
  )

  test('[MQTT-3.8.4-4 v3] [MQTT-3.8.4-5 v5] filters of one SUBSCRIBE work as one packet each', async () => {
    const [publisher, subscriber] = await pair()
    const place = unique()
    const subscriptions = [
      { topic: `${place}/a`, qos: 1 },
      { topic: `${place}/b`, qos: 0 },
      { topic: `${place}/a`, qos: 0 },
    ] as const
    subscriber.send({ cmd: 'subscribe', messageId: 1, subscriptions: [...subscriptions] })
    await subscriber.expect({ cmd: 'suback', granted: [1, 0, 0] })
    await publish(publisher, `${place}/a`, 'x', 1)
    await publish(publisher, `${place}/b`, 'x', 1)
    await receive(subscriber, { topic: `${place}/a`, qos: 0 })
    await receive(subscriber, { topic: `${place}/b`, qos: 0 })
    await publisher.leave()
    await subscriber.leave()
  })

  test('[MQTT-3.8.4-3 v3] [MQTT-3.8.4-3 v5] [MQTT-3.8.4-4 v5] the same filter again replaces the subscription and brings the retained message again', async () => {
    const [publisher, subscriber] = await pair()
    const topic = unique()
    await publish(publisher, topic, 'kept', 1, { retain: true })
    await subscribe(subscriber, topic, 1)
    await receive(subscriber, { retain: true, qos: 1 })
    await subscribe(subscriber, topic, 0)
    await receive(subscriber, { retain: true, qos: 0 })
    await publish(publisher, topic, 'x', 1)
    await receive(subscriber, { payload: bytes('x'), qos: 0 })
    await subscriber.expectSilence()
    await publish(publisher, topic, '', 1, { retain: true })
    await publisher.leave()
    await subscriber.vanish()
  })

  test('[MQTT-3.8.4-4 v5] no message is lost while a subscription is replaced', async () => {
    const [publisher, subscriber] = await pair()
    const topic = unique()
    await subscribe(subscriber, topic, 1)
    const packets = Array.from({ length: 40 }, (_, n) => publishPacket(topic, `${n}`, 1))
    const again = { cmd: 'subscribe', subscriptions: [{ topic, qos: 1 }] } as const
    for (const [n, packet] of packets.entries()) {
      publisher.send(packet)
      subscriber.send({ ...again, subscriptions: [...again.subscriptions], messageId: 1 + n })
    }
    const met = new Set<string>()
    while (met.size < packets.length) {
      const packet = await subscriber.next()
      if (packet.cmd === 'publish') {
        met.add(packet.payload.toString())
        subscriber.send({ cmd: 'puback', messageId: packet.messageId ?? 0 })
      } else expect(packet.cmd).toBe('suback')
    }
    await publisher.vanish()
    await subscriber.vanish()
  })

  test('[MQTT-3.10.4-1 v3] [MQTT-3.10.4-2 v3] [MQTT-3.10.4-6 v3] [MQTT-3.10.4-1 v5] [MQTT-3.10.4-2 v5] [MQTT-3.10.4-6 v5] UNSUBSCRIBE ends the subscriptions of just these filters', async () => {
    const [publisher, subscriber] = await pair()
    const place = unique()
    for (const name of ['a', '+', 'b']) await subscribe(subscriber, `${place}/${name}`, 0)
    await unsubscribe(subscriber, `${place}/c`)
    subscriber.send({ cmd: 'unsubscribe', messageId: 9, unsubscriptions: [`${place}/+`, `${place}/b`] })
    await subscriber.expect({ cmd: 'unsuback', messageId: 9 })
    await publish(publisher, `${place}/b`, 'x', 1)
    await publish(publisher, `${place}/a`, 'x', 1)
    await receive(subscriber, { topic: `${place}/a` })
    await subscriber.expectSilence()
    await publisher.leave()
    await subscriber.leave()
  })

  test('[MQTT-3.10.4-3 v3] [MQTT-3.10.4-3 v5] a delivery that has begun is completed after UNSUBSCRIBE', async () => {
    const [publisher, subscriber] = await pair()
    const topic = unique()
    await subscribe(subscriber, topic, 2)
    await publish(publisher, topic, 'x', 2)
    const { messageId = 0 } = (await subscriber.expect({ cmd: 'publish', qos: 2 })) as { messageId?: number }
    await unsubscribe(subscriber, topic)
    subscriber.send({ cmd: 'pubrec', messageId })
    await subscriber.expect({ cmd: 'pubrel', messageId })
    subscriber.send({ cmd: 'pubcomp', messageId })
    await subscriber.expectSilence()
    await publisher.leave()
    await subscriber.leave()
  })
})

describe.each([4, 5] as const)('retained messages, version %i', (version) => {
  const keep = async (topic: string, payload: string, qos: 0 | 1 | 2 = 1) => {
    const publisher = await broker.client(version)
    await publish(publisher, topic, payload, qos, { retain: true })
    await publisher.leave()
  }

  test('[MQTT-3.3.1-5 v3] [MQTT-3.3.1-6 v3] [MQTT-3.3.1-8 v3] [MQTT-3.1.2-7 v3] [MQTT-3.3.1-5 v5] [MQTT-3.3.1-9 v5] a new subscription gets the last one of each topic, with RETAIN and its QoS, after its publisher is gone', async () => {
    const place = unique()
    await keep(`${place}/a`, 'old', 1)
    await keep(`${place}/a`, 'new', 2)
    await keep(`${place}/b`, 'other', 0)
    const subscriber = await broker.client(version)
    await subscribe(subscriber, `${place}/#`, 2)
    const met = [await receive(subscriber), await receive(subscriber)].map(
      ({ topic, payload, qos, retain }) => `${topic.slice(place.length)} ${payload} ${qos} ${retain}`,
    )
    expect(met.toSorted()).toEqual(['/a new 2 true', '/b other 0 true'])
    await subscriber.expectSilence()
    await subscriber.leave()
  })

  test('[MQTT-3.3.1-7 v3] a retained message of QoS 0 takes the place of the one before', async () => {
    const topic = unique()
    await keep(topic, 'first', 1)
    await keep(topic, 'second', 0)
    const subscriber = await broker.client(version)
    await subscribe(subscriber, topic, 1)
    await receive(subscriber, { payload: bytes('second'), retain: true })
    await subscriber.leave()
  })

  test('[MQTT-3.3.1-9 v3] [MQTT-3.3.1-12 v5] a standing subscription gets it with RETAIN 0', async () => {
    const topic = unique()
    const subscriber = await broker.client(version)
    await subscribe(subscriber, topic, 1)
    await keep(topic, 'x')
    await receive(subscriber, { retain: false })
    await subscriber.leave()
  })

  test('[MQTT-3.3.1-10 v3] [MQTT-3.3.1-11 v3] [MQTT-3.3.1-6 v5] [MQTT-3.3.1-7 v5] an empty one is passed on and removes what was kept', async () => {
    const topic = unique()
    await keep(topic, 'x')
    const standing = await broker.client(version)
    await subscribe(standing, topic, 1)
    await receive(standing, { retain: true })
    await keep(topic, '')
    await receive(standing, { payload: bytes('') })
    const late = await broker.client(version)
    await subscribe(late, topic, 1)
    await late.expectSilence()
    await late.leave()
    await standing.leave()
  })

  test('[MQTT-3.3.1-12 v3] [MQTT-3.3.1-8 v5] a message without RETAIN neither keeps nor removes', async () => {
    const topic = unique()
    await keep(topic, 'kept')
    const publisher = await broker.client(version)
    await publish(publisher, topic, 'passing', 1)
    await publish(publisher, topic, '', 1)
    await publisher.leave()
    const subscriber = await broker.client(version)
    await subscribe(subscriber, topic, 1)
    await receive(subscriber, { payload: bytes('kept'), retain: true })
    await subscriber.expectSilence()
    await subscriber.leave()
  })
})
