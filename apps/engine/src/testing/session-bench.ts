import { waitFor } from '@thingwire/testing'
import type { Packet } from 'mqtt-packet'
import { afterAll, beforeAll, expect } from 'vitest'
import { startTestEngine, type TestEngine } from './test-engine.ts'
import {
  everything,
  spaceClient,
  type SpaceClientPeer,
  type SpaceDevice,
  type SpaceWorld,
  startSpaceWorld,
} from './topic-space-world.ts'

/** One world and one engine for the tests of a file. */
export let world: SpaceWorld
export let engine: TestEngine

/** To be called once at the top of a test file. */
export const useSessionBench = (): void => {
  beforeAll(async () => {
    world = await startSpaceWorld()
    engine = await startTestEngine(world.services)
  })
  afterAll(async () => {
    await engine[Symbol.asyncDispose]()
    await world[Symbol.asyncDispose]()
  })
}

export const kept = { clean: false, clientId: 'kept', properties: { sessionExpiryInterval: 3_600 } }
export const connect = (
  device: SpaceDevice,
  version: 3 | 4 | 5 = 5,
  more: Parameters<typeof spaceClient>[3] = kept,
  at = engine,
) => spaceClient(at, version, device.token, more)
export const publisher = async (at = engine) => spaceClient(at, 5, (await world.device(everything)).token)
export const leave = async (peer: SpaceClientPeer, more: Partial<Packet> = {}) => {
  peer.send({ cmd: 'disconnect', ...more } as Packet)
  expect(await peer.next()).toBeNull()
}
export const acknowledge = (peer: SpaceClientPeer, messageId = 0) =>
  peer.send({ cmd: 'puback', messageId, reasonCode: 0 })
/** The engine has noticed that the client is gone. */
export const untilAlone = ({ id }: SpaceDevice) =>
  waitFor(async () => {
    const sessions = (await keys()).filter((key) => key.includes(id) && !/:[a-z]+$/.test(key))
    const owners = await Promise.all(sessions.map((key) => world.services.redis.hexists(key, 'owner')))
    return owners.every((owner) => owner === 0)
  })
export const keys = () => world.services.redis.keys('tw:mqtt:session:*')

/** A connected client of a device of its own. */
export const client = async (
  version: 3 | 4 | 5 = 5,
  rights = everything,
  more: Parameters<typeof spaceClient>[3] = {},
) => spaceClient(engine, version, (await world.device(rights)).token, more)
