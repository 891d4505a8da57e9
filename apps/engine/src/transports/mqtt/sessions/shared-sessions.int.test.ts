import { waitFor } from '@thingwire/testing'
import { describe, expect, test } from 'vitest'
import {
  acknowledge,
  connect,
  engine,
  kept,
  leave,
  publisher,
  world,
  useSessionBench,
} from '../../../testing/session-bench.ts'
import { startTestEngine } from '../../../testing/test-engine.ts'
import { everything, spaceClient, type SpaceClientPeer } from '../../../testing/topic-space-world.ts'

useSessionBench()

describe('shared subscriptions', () => {
  test.each([0, 1, 2] as const)('QoS %i: each message goes to one of the group, in turn', async (qos) => {
    const members = [await publisher(), await publisher(), await publisher()]
    const outside = await publisher()
    for (const member of members) expect(await member.subscribe(`$share/group/turn${qos}/+`)).toEqual([2])
    expect(await outside.subscribe(`turn${qos}/#`)).toEqual([2])
    const other = await publisher()
    for (let n = 0; n < 9; n++) await other.publish(`turn${qos}/x`, `${n}`, { qos })
    const got: string[][] = []
    for (const member of members) {
      const own: string[] = []
      for (let n = 0; n < 3; n++) own.push((await member.message()).payload.toString())
      await member.nothing()
      got.push(own)
    }
    expect(got.flat().sort()).toEqual(Array.from({ length: 9 }, (_, n) => `${n}`))
    for (let n = 0; n < 9; n++) expect(await outside.message()).toMatchObject({ payload: Buffer.from(`${n}`) })
  })

  test('a kept session takes part while nobody else is there', async () => {
    const device = await world.device(everything)
    const first = await connect(device)
    await first.subscribe('$share/absent/absent/1', { subscriptionIdentifier: 7 })
    await leave(first)
    const other = await publisher()
    await other.publish('absent/1', 'a')
    const present = await publisher()
    await present.subscribe('$share/absent/absent/1')
    await other.publish('absent/1', 'b')
    expect(await present.message()).toMatchObject({ payload: Buffer.from('b') })
    const second = await connect(device)
    expect(await second.message()).toMatchObject({
      payload: Buffer.from('a'),
      properties: { subscriptionIdentifier: 7 },
    })
    await second.nothing()
  })

  test('what a member leaves behind when its session ends goes to another of the group', async () => {
    const leaver = await publisher()
    await leaver.subscribe('$share/jobs/jobs/+')
    const other = await publisher()
    for (const text of ['a', 'b', 'c']) await other.publish('jobs/1', text)
    const begun = [await leaver.message(), await leaver.message(), await leaver.message()]
    acknowledge(leaver, begun[1]?.messageId)
    const stays = await publisher()
    await stays.subscribe('$share/jobs/jobs/+')
    leaver.socket.destroy()
    expect(await stays.message()).toMatchObject({ payload: Buffer.from('a'), dup: false })
    expect(await stays.message()).toMatchObject({ payload: Buffer.from('c') })
    await stays.nothing()
  })

  test('bring no retained messages', async () => {
    const other = await publisher()
    await other.publish('shared/retained', 'x', { retain: true })
    const peer = await publisher()
    await peer.subscribe('$share/g/shared/retained')
    await peer.subscribe('shared/retained', { qos: 0 })
    expect(await peer.message()).toMatchObject({ qos: 0, retain: true })
    await peer.nothing()
  })

  test.each([3, 4] as const)('are there in version %i as well', async (version) => {
    const peer = await spaceClient(engine, version, (await world.device(everything)).token)
    expect(await peer.subscribe(`$share/g/older/${version}`)).toEqual([2])
    await peer.publish(`older/${version}`, 'x')
    expect(await peer.message()).toMatchObject({ payload: Buffer.from('x') })
    expect(await peer.subscribe('$share/older')).toEqual([0x80])
  })
})

describe('several nodes', () => {
  test('messages, sessions and retained ones are the same at all of them', async () => {
    await using second = await startTestEngine(world.services)
    const device = await world.device(everything)
    const here = await connect(device)
    await here.subscribe('nodes/#')
    await here.subscribe('live/#', { qos: 0 })
    const plain = await publisher()
    await plain.subscribe('nodes/#')
    const there = await publisher(second)
    for (const qos of [0, 1, 2] as const) {
      await there.publish(`nodes/${qos}`, 'x', { qos })
      expect(await here.message()).toMatchObject({ topic: `nodes/${qos}`, qos })
      expect(await plain.message()).toMatchObject({ topic: `nodes/${qos}`, qos })
    }
    await there.publish('nodes/kept', 'x', { retain: true })
    const later = await publisher()
    await later.subscribe('nodes/kept')
    expect(await later.message()).toMatchObject({ retain: true })
    here.socket.destroy()
    await there.publish('nodes/later', 'x')
    const moved = await connect(device, 5, kept, second)
    expect(moved.connack).toMatchObject({ sessionPresent: true })
    const topics: string[] = []
    for (let n = 0; n < 4; n++) topics.push((await moved.message()).topic)
    expect(topics).toEqual(['nodes/1', 'nodes/2', 'nodes/kept', 'nodes/later'])
  })

  test('a session goes where its client is: the other connection ends with 0x8E', async () => {
    await using second = await startTestEngine(world.services)
    const device = await world.device(everything)
    const here = await connect(device)
    await connect(device, 5, kept, second)
    expect(await here.next()).toMatchObject({ cmd: 'disconnect', reasonCode: 0x8e })
  })

  test('a shared subscription brings each message once', async () => {
    await using second = await startTestEngine(world.services)
    const here = await publisher()
    const there = await publisher(second)
    await here.subscribe('$share/both/both/+')
    await there.subscribe('$share/both/both/+')
    const others = [await publisher(), await publisher(second)]
    for (const qos of [0, 1] as const)
      for (let n = 0; n < 10; n++) await others[n % 2]?.publish(`both/${qos}`, `${qos}.${n}`, { qos })
    const drain = async (peer: SpaceClientPeer, into: string[]) => {
      peer.send({ cmd: 'pingreq' })
      for (;;) {
        const packet = await peer.next()
        if (packet?.cmd !== 'publish') return
        into.push(packet.payload.toString())
      }
    }
    const got: string[] = []
    await waitFor(async () => {
      await drain(here, got)
      await drain(there, got)
      return got.length >= 20
    })
    expect([...got].sort()).toEqual([...Array(10).keys()].flatMap((n) => [`0.${n}`, `1.${n}`]).sort())
  })
})
