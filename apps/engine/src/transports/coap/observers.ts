import { payloadAdaptor } from '../payload/index.ts'
import type { PayloadAdaptor } from '../payload/payload-format.ts'
import type { AttributesUpdate, DeviceCommand, DeviceGateway, DeviceSession, SessionEnd } from '../transport.ts'
import { type Endpoint, isSameEndpoint } from './endpoint.ts'
import type { Delivery } from './reliable-sender.ts'
import { codeOfEnd, type Observed } from './translate.ts'

/** Where the notifications of one observation go (RFC 7641). */
export type Observation = {
  readonly endpoint: Endpoint
  readonly token: Buffer
  /** Path and query of the request: blocks after the first are asked for by it. */
  readonly uri: string
  readonly blockBytes: number
}

export type Notification = { code: string; sequence: number; body: string | Buffer | null }

export type ObserverPorts = {
  gateway: DeviceGateway
  /** Sends a notification until it is acknowledged. */
  notify(observation: Observation, notification: Notification): Promise<Delivery>
  /** Ends an observation with a last message, which nobody has to acknowledge. */
  end(observation: Observation, code: string): void
  /** Asks for a sign of life. */
  ping(endpoint: Endpoint): Promise<Delivery>
}

/** Devices that observe something at a time; more are told to come later. */
const maxDevices = 100_000
/** Notifications that wait for an acknowledgement before them; a device that lets more gather is given up. */
const maxWaiting = 100
/** A device that nothing was heard of for this long is asked for a sign of life, ms (ThingsBoard ends its session). */
const defaultSilentMs = 600_000
const pingsAtOnce = 1_000

type Waiting = {
  body: (adaptor: PayloadAdaptor) => string | Buffer
  /** Set when newer updates may be put into it. */
  update: AttributesUpdate | null
  done: (isTaken: boolean) => void
}

type Relation = Observation & { sequence: number; readonly waiting: Waiting[]; isSending: boolean }

type Device = { session: DeviceSession; relations: Map<Observed, Relation>; lastHeardMs: number; isClosed: boolean }

/** `open` makes the session that lasts; called only for a device that has none. */
export type Observing = { deviceId: string; open: () => Promise<DeviceSession | null> }

export type Observers = {
  /** Registers, or renews what the same endpoint registered. The number of the first answer; null: there is no room. */
  observe(device: Observing, what: Observed, observation: Observation): Promise<number | null>
  /** Whether there was such an observation. */
  cancel(deviceId: string, what: Observed, observation: Pick<Observation, 'endpoint' | 'token'>): Promise<boolean>
  /** Delivers what waited for the device; after the answer to its request. */
  ready(deviceId: string): void
  /** Asks devices that were silent for long whether they are there; ends the observations of those that are not. */
  checkSilent(nowMs: number): void
  endAll(reason: SessionEnd): void
  counts(): { devices: number }
}

/**
 * A device that observes has one session, whatever it observes: attribute updates, commands or both, each once. Messages
 * of one observation are sent one after another (NSTART, RFC 7252 §4.7); a reset or a missing acknowledgement ends it
 * (RFC 7641 §4.5).
 */
export const createObservers = (ports: ObserverPorts, silentMs = defaultSilentMs): Observers => {
  const devices = new Map<string, Device>()
  /** Two requests of one device at a time must not open two sessions: the second would end the first. */
  const opening = new Map<string, Promise<Device | null>>()

  const close = (device: Device, reason: string) => {
    if (device.isClosed) return
    device.isClosed = true
    if (devices.get(device.session.deviceId) === device) devices.delete(device.session.deviceId)
    ports.gateway.close(device.session, reason)
  }

  const endRelation = (device: Device, what: Observed, code: string | null) => {
    const relation = device.relations.get(what)
    if (!relation) return
    device.relations.delete(what)
    if (what === 'attributes') device.session.onAttributes = null
    else device.session.onCommand = null
    for (const { done } of relation.waiting.splice(0)) done(false)
    if (code) ports.end(relation, code)
  }

  const endDevice = (device: Device, reason: SessionEnd) => {
    for (const what of [...device.relations.keys()]) endRelation(device, what, codeOfEnd(reason))
    close(device, reason)
  }

  const lost = (device: Device, what: Observed, relation: Relation) => {
    if (device.relations.get(what) === relation) endRelation(device, what, null)
    if (device.relations.size === 0) close(device, 'no acknowledgement')
  }

  const heard = (device: Device) => {
    device.lastHeardMs = Date.now()
    if (!device.isClosed) ports.gateway.touch(device.session)
  }

  const pump = async (device: Device, what: Observed, relation: Relation): Promise<void> => {
    if (relation.isSending) return
    relation.isSending = true
    for (;;) {
      const next = relation.waiting.shift()
      if (!next) break
      const adaptor = payloadAdaptor(null, device.session.settings)
      if (!adaptor) {
        // The profile changed to a format that is not served.
        next.done(false)
        endRelation(device, what, '4.15')
        break
      }
      const notification = { code: '2.05', sequence: nextSequence(relation), body: next.body(adaptor) }
      const delivery = await ports.notify(relation, notification).catch((): Delivery => 'lost')
      next.done(delivery === 'acknowledged')
      if (delivery === 'acknowledged') heard(device)
      else {
        lost(device, what, relation)
        break
      }
    }
    relation.isSending = false
  }

  const enqueue = (device: Device, what: Observed, waiting: Waiting) => {
    const relation = device.relations.get(what)
    if (!relation || relation.waiting.length >= maxWaiting) {
      waiting.done(false)
      if (relation) lost(device, what, relation)
      return
    }
    relation.waiting.push(waiting)
    void pump(device, what, relation)
  }

  const tellAttributes = (device: Device, update: AttributesUpdate) => {
    const last = device.relations.get('attributes')?.waiting.at(-1)
    if (last?.update && isSameKind(last.update, update)) {
      last.update = merged(last.update, update)
      return
    }
    const waiting: Waiting = {
      update,
      body: (adaptor) => adaptor.attributesUpdate(waiting.update ?? update),
      done: () => {},
    }
    enqueue(device, 'attributes', waiting)
  }

  const tellCommand = (device: Device, command: DeviceCommand): Promise<boolean> =>
    new Promise((done) =>
      enqueue(device, 'commands', { update: null, body: (adaptor) => adaptor.command(command), done }),
    )

  const deviceOf = async ({ deviceId, open }: Observing): Promise<Device | null> => {
    const known = devices.get(deviceId) ?? opening.get(deviceId)
    if (known) return known
    if (devices.size + opening.size >= maxDevices) return null
    const promise = (async () => {
      const own = await open()
      if (!own) return null
      const device: Device = { session: own, relations: new Map(), lastHeardMs: Date.now(), isClosed: false }
      own.onClose = (reason) => endDevice(device, reason)
      devices.set(deviceId, device)
      return device
    })().finally(() => opening.delete(deviceId))
    opening.set(deviceId, promise)
    return promise
  }

  const listen = (device: Device, what: Observed) => {
    if (what === 'attributes') device.session.onAttributes = (update) => tellAttributes(device, update)
    else device.session.onCommand = (command) => tellCommand(device, command)
  }

  const checkOne = async (device: Device) => {
    const relation = [...device.relations.values()][0]
    if (!relation) return close(device, 'observes nothing')
    // Any CoAP endpoint answers an empty confirmable message by a reset (RFC 7252 §4.3).
    if ((await ports.ping(relation.endpoint)) !== 'lost') return heard(device)
    for (const what of [...device.relations.keys()]) endRelation(device, what, null)
    close(device, 'no sign of life')
  }

  return {
    observe: async (observing, what, observation) => {
      const device = await deviceOf(observing)
      if (!device || device.isClosed) return null
      device.lastHeardMs = Date.now()
      const before = device.relations.get(what)
      if (before && isOf(before, observation)) return nextSequence(before)
      endRelation(device, what, '2.02')
      const relation: Relation = { ...observation, sequence: 1, waiting: [], isSending: false }
      device.relations.set(what, relation)
      listen(device, what)
      return relation.sequence
    },

    cancel: async (deviceId, what, observation) => {
      const device = devices.get(deviceId) ?? (await opening.get(deviceId))
      const relation = device?.relations.get(what)
      if (!device || !relation || !isOf(relation, observation)) return false
      endRelation(device, what, null)
      if (device.relations.size === 0) close(device, 'observes nothing')
      return true
    },

    ready: (deviceId) => {
      const device = devices.get(deviceId)
      if (device?.relations.has('commands')) ports.gateway.wantsCommands(device.session)
    },

    checkSilent: (nowMs) => {
      let asked = 0
      for (const device of devices.values()) {
        if (nowMs - device.lastHeardMs < silentMs) continue
        if (asked++ >= pingsAtOnce) return
        // Not again while this one waits.
        device.lastHeardMs = nowMs
        void checkOne(device)
      }
    },

    endAll: (reason) => {
      for (const device of [...devices.values()]) endDevice(device, reason)
    },

    counts: () => ({ devices: devices.size }),
  }
}

const isOf = (relation: Relation, { endpoint, token }: Pick<Observation, 'endpoint' | 'token'>) =>
  isSameEndpoint(relation.endpoint, endpoint) && relation.token.equals(token)

/** 24 bits, and around (RFC 7641 §3.4). */
const nextSequence = (relation: Relation): number => {
  relation.sequence = (relation.sequence + 1) & 0xffffff
  return relation.sequence
}

const isSameKind = (one: AttributesUpdate, other: AttributesUpdate) =>
  one.scope === other.scope && (one.deleted === undefined) === (other.deleted === undefined)

/** Updates that wait become one: a device that is slow gets the newest values, and none is left out. */
const merged = (one: AttributesUpdate, other: AttributesUpdate): AttributesUpdate =>
  other.deleted
    ? { scope: one.scope, deleted: [...new Set([...(one.deleted ?? []), ...other.deleted])] }
    : { scope: one.scope, values: { ...one.values, ...other.values } }
