import { randomUUID } from 'node:crypto'
import { saveDeviceProfileSchema } from '@thingwire/contracts'
import { type SeededTenant, seedTenant } from '@thingwire/testing'
import type { IConnectPacket, IPublishPacket, Packet } from 'mqtt-packet'
import { connectPacket, type RawMqtt, rawMqtt } from './raw-mqtt.ts'
import { startTestServices, type TestServices } from './test-engine.ts'

export type SpaceRights = { publishFilters: string[]; subscribeFilters: string[] }
export const everything: SpaceRights = { publishFilters: ['#'], subscribeFilters: ['#'] }

export type SpaceDevice = { id: string; tenantId: string; name: string; token: string; profileId: string }

/** Tenants whose devices may use topics of their own. */
export type SpaceWorld = AsyncDisposable & {
  services: TestServices
  /** Its users can sign in. */
  tenant: SeededTenant
  /** A device of a profile of its own; rights null: without a topic space. */
  device(rights: SpaceRights | null, name?: string): Promise<SpaceDevice>
  /** The same in another tenant. */
  stranger(rights: SpaceRights): Promise<SpaceDevice>
  changeRights(device: SpaceDevice, rights: SpaceRights | null): Promise<void>
}

const profileOf = (rights: SpaceRights | null) =>
  saveDeviceProfileSchema.parse({
    name: `Profile ${randomUUID()}`,
    profileData: rights && { topicSpace: { enabled: true, ...rights } },
  })

export const startSpaceWorld = async (): Promise<SpaceWorld> => {
  const services = await startTestServices()
  const { db } = services
  const tenant = await seedTenant(db, { passwordHash: 'of no password' })
  const deviceOf = async (tenantId: string, rights: SpaceRights | null, name: string): Promise<SpaceDevice> => {
    const scope = { kind: 'tenant', tenantId } as const
    const profile = await db.deviceProfiles.save(scope, profileOf(rights))
    const token = randomUUID().slice(0, 20)
    const device = await db.devices.save(scope, { name, deviceProfileId: profile.id }, { accessToken: token })
    return { id: device.id.id, tenantId, name, token, profileId: profile.id.id }
  }
  return {
    services,
    tenant,
    device: (rights, name = `Device ${randomUUID()}`) => deviceOf(tenant.tenantId, rights, name),
    stranger: async (rights) => deviceOf((await seedTenant(db)).tenantId, rights, 'Stranger'),
    changeRights: async ({ profileId }, rights) => {
      const { scope, tenantId } = tenant
      const id = { entityType: 'DEVICE_PROFILE' as const, id: profileId }
      await db.deviceProfiles.save(scope, { ...profileOf(rights), id })
      await services.redis.publish('tw:invalidate', JSON.stringify({ kind: 'device-profile', tenantId, id: profileId }))
    },
    [Symbol.asyncDispose]: () => services[Symbol.asyncDispose](),
  }
}

/** A connected client that says what a test wants. */
export type SpaceClientPeer = RawMqtt & {
  connack: Packet | null
  /** Subscribes and answers the codes. */
  subscribe(filter: string, options?: Record<string, unknown>): Promise<readonly number[]>
  /** Publishes and answers the reason of the PUBACK or PUBREC; QoS 2 is completed. */
  publish(topic: string, payload: string, more?: Partial<IPublishPacket>): Promise<number | undefined>
  /** The next publish of the server, not yet acknowledged. */
  message(): Promise<IPublishPacket>
  /** A round trip: nothing else came before it. */
  nothing(): Promise<void>
}

let messageIds = 0

export const spaceClient = async (
  engine: { ports: { mqtt?: number | undefined } },
  version: 3 | 4 | 5,
  token: string,
  more: Partial<IConnectPacket> = {},
): Promise<SpaceClientPeer> => {
  const raw = await rawMqtt(engine.ports.mqtt ?? 0, version)
  raw.send(connectPacket(version, { username: token, clientId: randomUUID().slice(0, 20), ...more }))
  const connack = await raw.next()
  /** Publishes that came while another answer was awaited. */
  const early: IPublishPacket[] = []
  const answer = async (cmd: Packet['cmd']): Promise<Packet> => {
    for (;;) {
      const packet = await raw.next()
      if (!packet) throw new Error(`The connection closed instead of ${cmd}`)
      if (packet.cmd === cmd) return packet
      if (packet.cmd !== 'publish') throw new Error(`${packet.cmd} instead of ${cmd}: ${JSON.stringify(packet)}`)
      early.push(packet)
    }
  }
  return {
    ...raw,
    connack,
    subscribe: async (filter, { subscriptionIdentifier, ...options } = {}) => {
      const properties = subscriptionIdentifier
        ? { properties: { subscriptionIdentifier: Number(subscriptionIdentifier) } }
        : {}
      raw.send({
        cmd: 'subscribe',
        messageId: ++messageIds,
        subscriptions: [{ topic: filter, qos: 2, ...options }],
        ...properties,
      })
      const suback = await answer('suback')
      return suback.cmd === 'suback' ? suback.granted.map(Number) : []
    },
    publish: async (topic, payload, options = {}) => {
      const { qos = 1 } = options
      const messageId = ++messageIds
      raw.send({
        cmd: 'publish',
        topic,
        payload,
        qos,
        dup: false,
        retain: false,
        ...(qos > 0 && { messageId }),
        ...options,
      })
      if (qos === 0) return undefined
      const first = await answer(qos === 1 ? 'puback' : 'pubrec')
      const reasonCode = 'reasonCode' in first ? first.reasonCode : undefined
      if (qos === 2 && (reasonCode ?? 0) < 0x80) {
        raw.send({ cmd: 'pubrel', messageId })
        await answer('pubcomp')
      }
      return reasonCode
    },
    message: async () => {
      const packet = early.shift() ?? (await raw.next())
      if (packet?.cmd !== 'publish') throw new Error(`No publish but ${JSON.stringify(packet)}`)
      return packet
    },
    nothing: async () => {
      raw.send({ cmd: 'pingreq' })
      const packet = early.shift() ?? (await raw.next())
      if (packet?.cmd !== 'pingresp') throw new Error(`${JSON.stringify(packet)} although nothing should come`)
    },
  }
}
