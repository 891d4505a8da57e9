import { createHash } from 'node:crypto'
import { saveDeviceProfileSchema, type TopicSpaceRights } from '@thingwire/contracts'
import type { IConnectPacket, Packet } from 'mqtt-packet'
import { expect } from 'vitest'
import { connectPacket, type RawMqtt, rawMqtt } from '../../../testing/raw-mqtt.ts'
import { startTestEngine, startTestServices } from '../../../testing/test-engine.ts'
import { watchServer } from '../../../testing/watch-server.ts'

type Version = 3 | 4 | 5

/** One client on the wire, and what it may expect. */
export type Peer = Omit<RawMqtt, 'next'> & {
  /** The next packet of the server; it has to be there before the test's own time is over. */
  next(): Promise<Packet>
  /** Sends hex bytes: header and body, the remaining length is put between. */
  sendHex(text: string): void
  /** The next packet has these fields. */
  expect(fields: Record<string, unknown>): Promise<Packet>
  /** Nothing has been said up to the answer to a PINGREQ. */
  expectSilence(): Promise<void>
  /** Closed without a word; with a reason: by a DISCONNECT of version 5. */
  expectEnd(reasonCode?: number): Promise<void>
  /** Goes without DISCONNECT. */
  vanish(): Promise<void>
  /** Goes with DISCONNECT. */
  leave(more?: Record<string, unknown>): Promise<void>
}

export type BrokerUnderTest = AsyncDisposable & {
  ports: Record<string, number>
  /** The token of a new device. Without rights of its own it may use the whole topic space. */
  device(rights?: TopicSpaceRights): Promise<string>
  /** A new device that signs in with client id, user name and password. */
  basicDevice(credentials: { clientId: string; userName: string; password: string }): Promise<void>
  /** A socket that has said nothing; `largest`: the longest packet that it will say it takes, bytes. */
  socket(version: Version, largest?: number): Promise<Peer>
  /** A device that is connected; its CONNACK was a success. */
  client(version: Version, more?: Partial<IConnectPacket>): Promise<Peer & { connack: Packet }>
}

const withLength = (text: string): Buffer => {
  const bytes = Buffer.from(text.replaceAll(' ', ''), 'hex')
  const body = bytes.subarray(1)
  const length: number[] = []
  let left = body.length
  do {
    length.push((left & 0x7f) | (left > 0x7f ? 0x80 : 0))
    left >>= 7
  } while (left > 0)
  return Buffer.concat([bytes.subarray(0, 1), Buffer.from(length), body])
}

const peerOf = (raw: RawMqtt, version: Version, largest = Number.POSITIVE_INFINITY): Peer => {
  const requireFaultless = watchServer(raw.socket, version, largest)
  const heard = async () => {
    const packet = await raw.next()
    requireFaultless()
    return packet
  }
  const next = async () => {
    const packet = await heard()
    if (!packet) throw new Error('The server closed the connection')
    return packet
  }
  const gone = new Promise<void>((resolve) => raw.socket.once('close', () => resolve()))
  return {
    ...raw,
    next,
    sendHex: (text) => void raw.socket.write(withLength(text)),
    expect: async (fields) => {
      const packet = await next()
      expect(packet).toMatchObject(fields)
      return packet
    },
    expectSilence: async () => {
      raw.send({ cmd: 'pingreq' })
      expect(await next()).toMatchObject({ cmd: 'pingresp' })
    },
    expectEnd: async (reasonCode) => {
      if (reasonCode !== undefined && version === 5)
        expect(await heard()).toMatchObject({ cmd: 'disconnect', reasonCode })
      expect(await heard()).toBeNull()
    },
    vanish: async () => {
      raw.socket.destroy()
      await gone
    },
    leave: async (more = {}) => {
      raw.send({ cmd: 'disconnect', ...more } as Packet)
      await gone
    },
  }
}

/** A whole engine with a profile whose devices may publish and subscribe whatever they like. */
export const brokerUnderTest = async (env: Record<string, string> = {}): Promise<BrokerUnderTest> => {
  const stack = new AsyncDisposableStack()
  const services = stack.use(await startTestServices())
  const { db, tenant } = services
  let profiles = 0
  const profile = async (topicSpace: TopicSpaceRights) => {
    const saved = await db.deviceProfiles.save(
      tenant.scope,
      saveDeviceProfileSchema.parse({
        name: `Plain MQTT ${++profiles}`,
        type: 'DEFAULT',
        transportType: 'DEFAULT',
        profileData: { topicSpace },
      }),
    )
    return { entityType: 'DEVICE_PROFILE', id: saved.id.id } as const
  }
  const everything = await profile({ enabled: true, publishFilters: ['#'], subscribeFilters: ['#'] })
  const engine = stack.use(await startTestEngine(services, env))
  let devices = 0
  const save = (name: string, deviceProfileId: typeof everything) =>
    db.devices.save(tenant.scope, { name, deviceProfileId }, { accessToken: `token-of-${name}` })
  const device = async (rights?: TopicSpaceRights) => {
    const name = `device-${++devices}`
    await save(name, rights ? await profile(rights) : everything)
    return `token-of-${name}`
  }
  const basicDevice = async (value: { clientId: string; userName: string; password: string }) => {
    const { id } = await save(`device-${++devices}`, everything)
    const credentials = await db.credentials.findByDevice(tenant.scope, id.id)
    if (!credentials) throw new Error('A device without credentials')
    await db.credentials.save(tenant.scope, {
      ...credentials,
      credentialsType: 'MQTT_BASIC',
      credentialsId: createHash('sha3-256').update(`${value.clientId}|${value.userName}`).digest('hex'),
      credentialsValue: JSON.stringify(value),
    })
  }
  const socket = async (version: Version, largest?: number) =>
    peerOf(await rawMqtt(engine.ports.mqtt ?? 0, version), version, largest)
  return {
    ports: engine.ports,
    device,
    basicDevice,
    socket,
    client: async (version, more = {}) => {
      const username = more.username ?? (await device())
      const peer = await socket(version, more.properties?.maximumPacketSize)
      peer.send(connectPacket(version, { clientId: `client-${devices}`, ...more, username }))
      const connack = await peer.expect(
        version === 5 ? { cmd: 'connack', reasonCode: 0 } : { cmd: 'connack', returnCode: 0 },
      )
      return { ...peer, connack }
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
