import type {
  AttributeScope,
  ChecksumAlgorithm,
  ErrorCode,
  MqttProfile,
  OtaPackageType,
  PayloadType,
  TopicSpaceRights,
} from '@thingwire/contracts'
import type { Part } from '../lifecycle.ts'

/**
 * All that a transport sees of the engine. A transport translates packets into uplinks and answers into packets; it
 * never sees Prisma, BullMQ or rules.
 */
export type DeviceGateway = {
  /** Checks the credentials. Resolves to a refusal for bad ones; rejects only when they cannot be checked now. */
  open(credentials: DeviceCredentialsOffer, peer: Peer): Promise<OpenResult>
  /**
   * Resolves once the uplink is durable: the ack point. A refusal is an answer to the device, counted in the ledger.
   * Rejects only with an AppError whose `act` is `environment` or `bug`.
   */
  accept(session: DeviceSession, uplink: Uplink): Promise<AcceptResult>
  /** Current attribute values for `attributes/request` and `GET …/attributes`. Both lists absent: all; one absent: that scope is left out. */
  readAttributes(
    session: DeviceSession,
    request: { clientKeys?: readonly string[]; sharedKeys?: readonly string[] },
  ): Promise<{ client?: Record<string, unknown>; shared?: Record<string, unknown> }>
  /** The transport has set `onCommand`: commands that wait are delivered now. */
  wantsCommands(session: DeviceSession): void
  /** The device's answer to the command with this id; one that nobody waits for is dropped. */
  answerCommand(session: DeviceSession, id: number, body: string): Promise<void>
  /** A request of the device to the server. Resolves once it is durable; the answer comes later. */
  askServer(session: DeviceSession, requestId: number, payload: Uint8Array): Promise<ServerAnswer>
  /**
   * The device may be claimed for a while by whoever knows the key in the payload (`{"secretKey","durationMs"}`, both
   * optional). What cannot be claimed, or cannot be read, is passed over in silence (as ThingsBoard).
   */
  offerClaim(session: DeviceSession, payload: Uint8Array): Promise<void>
  /**
   * A device without credentials asks for some (`{"provisionDeviceKey","provisionDeviceSecret",…}`). Resolves to the
   * JSON of the answer, which may be a refusal; rejects with PAYLOAD_MALFORMED when the request is not one, and with
   * ADDRESS_LIMITED when there are too many from this address.
   */
  provision(payload: Uint8Array, from: Pick<Peer, 'transport' | 'address'>): Promise<string>
  /** The package that the device is to run: its own, else that of its profile. Null: none, or one that lies at a URL. */
  package(session: DeviceSession, kind: OtaPackageType): Promise<DevicePackage | null>
  /**
   * A session for a device behind this gateway, which is made when there is none of the name. It wants downlinks as one of
   * a connection does; close it before or with that of the gateway.
   */
  child(gateway: DeviceSession, wanted: { deviceName: string; deviceType: string }): Promise<ChildResult>
  /** Counts a message that the gateway does not see; false when the device sent more than it may. */
  admit(session: DeviceSession): boolean | Promise<boolean>
  /** A sign of life without data (a ping). */
  touch(session: DeviceSession): void
  close(session: DeviceSession, reason: string): void
}

export type DeviceCredentialsOffer =
  | { kind: 'access-token'; token: string }
  | { kind: 'mqtt-basic'; clientId: string; userName: string | null; password: string | null }
  /** Of a TLS client: its certificate and those that it sent with it, leaf first, each DER as base64 in one line. */
  | { kind: 'x509'; certificates: readonly string[] }

export type Peer = {
  transport: string
  address: string
  /**
   * `request`: the session ends with the answer. `poll`: it waits for one update. `connection`: it lasts as long as the
   * connection; a device has one such session, and the newest wins.
   */
  lifetime: 'request' | 'poll' | 'connection'
}

export type DeviceSession = {
  readonly id: string
  readonly deviceId: string
  readonly tenantId: string
  readonly deviceName: string
  readonly deviceType: string
  /** May speak for other devices. */
  readonly isGateway: boolean
  /** What the profile says now; changes while the session lasts. */
  readonly settings: SessionSettings
  /** Ends the connection: credentials changed, device deleted, engine stops. Set by stateful transports. */
  onClose: ((reason: SessionEnd) => void) | null
  /** Shared-attribute updates for the device, while the transport wants them. */
  onAttributes: ((update: AttributesUpdate) => void) | null
  /**
   * Commands for the device, while the transport wants them. Resolves to whether the device took it: true at once where
   * the protocol has no acknowledgement, false when none came in time.
   */
  onCommand: ((command: DeviceCommand) => Promise<boolean>) | null
}

export type SessionSettings = {
  /** Null: the profile is none of MQTT. */
  mqtt: MqttProfile | null
  /** Null: nothing outside of the device API. */
  topicSpace: TopicSpaceRights | null
  /** How the device writes, where a topic does not say it. */
  payload: PayloadType
}

/** A command as the device gets it; `params` is JSON text. */
export type DeviceCommand = { id: number; method: string; params: string }

/** `answer` is JSON text; after 60 s it says that none came. */
export type ServerAnswer = { ok: true; answer: Promise<string> } | { ok: false; code: ErrorCode; message: string }

export type AttributesUpdate = { scope: AttributeScope; values?: Record<string, unknown>; deleted?: string[] }

export type SessionEnd = 'credentials-changed' | 'device-deleted' | 'taken-over' | 'stopping'

export type OpenResult =
  | { ok: true; session: DeviceSession }
  | { ok: false; refusal: 'bad-credentials' | 'wrong-transport' | 'too-many' }

/** A refusal says why there is no such session: no gateway, a name that cannot be one, no room for another device. */
export type ChildResult = { ok: true; session: DeviceSession } | { ok: false; code: ErrorCode; message: string }

export type DevicePackage = {
  title: string
  version: string
  fileName: string
  contentType: string
  sizeBytes: number
  checksumAlgorithm: ChecksumAlgorithm
  /** Lowercase hex. */
  checksum: string
  /** Bytes from `offset` on, at most `length`; empty past the end. Parts that were read lately are at hand. */
  read(offset: number, length: number): Promise<Uint8Array>
}

/** Payload bytes as they came; the gateway parses them so that every transport treats them alike. */
export type Uplink = {
  kind: 'telemetry' | 'attributes'
  payload: Uint8Array
  /** How it is written, where that is not what the profile says. */
  format?: PayloadType | null
  /** Where it was published, for the metadata `mqttTopic`; given when the profile is one of MQTT. */
  topic?: string
}

export type AcceptResult = { ok: true; messages: number } | { ok: false; code: ErrorCode; message: string }

/**
 * Limits on the connections of one process, by address and for those that nobody knows yet. Every transport with
 * connections asks the same one.
 */
export type ConnectionGate = {
  /**
   * Somebody connected. Null: there is no room for another stranger, close it at once. `cut` is called when no lease of
   * credentials came of it in time.
   * @param address Null: a proxy is going to say it (`ConnectionLease.locate`)
   */
  enter(address: string | null, cut: () => void): ConnectionLease | null
}

/** A connection's place; `left` gives it back and is called in any case. */
export type ConnectionLease = {
  /** Whose connection it is, by the word of a proxy. False: no room, close it at once. */
  locate(address: string): boolean
  /** It asks to be let in. False: too many connections or attempts from there; say so and close it. */
  asks(): boolean
  /** It waits for credentials (provisioning): a stranger still, but not one to be cut. */
  stays(): void
  /** Its credentials are good. */
  isKnown(): void
  left(): void
}

export type Transport = Part & {
  /** The port it listens on after `start` (settings may ask for port 0). */
  port(): number
}
