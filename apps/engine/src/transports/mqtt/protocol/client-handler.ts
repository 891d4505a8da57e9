import type { ConnectionLease } from '../../transport.ts'
import type { MqttConnection } from './connection.ts'
import type { ConnectPacket, PublishPacket, SubscriptionRequest } from './packets.ts'

/** `answer()` acknowledges, a PublishRefusal does what it says, any other error closes the connection. */
export type PublishAnswer = (error?: Error | null) => void

/** The client of an accepted connection, as the application sees it. */
export type ClientHandler = {
  publish(packet: PublishPacket, answer: PublishAnswer): void
  /**
   * The granted quality of service or a reason for each of the filters. `identifier` comes with its messages where the
   * terms of the connection offer identifiers.
   */
  subscribe(subscriptions: readonly SubscriptionRequest[], identifier: number | null): number[] | Promise<number[]>
  /** The SUBACK is on its way: what waits for it may follow. */
  subscribed(filters: readonly string[]): void
  /** A reason code for each filter. */
  unsubscribe(filters: readonly string[]): number[] | Promise<number[]>
  /** The client's last answer to a publish of the server with QoS 1 or 2. */
  acknowledged(messageId: number, isTaken: boolean): void
  /** CONNACK is on its way: what waits for the client may follow. */
  opened?(): void
  /** The client has a publish with QoS 2; PUBREL goes out when the answer is there. */
  received?(messageId: number): Promise<void> | null
  /** The client released a QoS 2 publish of its own; PUBCOMP goes out when the answer is there. */
  released?(messageId: number): Promise<void> | null
  /** Any sign of life. */
  touch(): void
  /** The connection is over; called once. Null: without a DISCONNECT. */
  closed(why: string, goodbye: Goodbye | null): void
}

export type Goodbye = {
  /** [MQTT-3.1.2-10]: a client that leaves in good order takes its will with it, unless it says otherwise. */
  keepsWill: boolean
  /** Null: as CONNECT said. */
  sessionExpirySeconds: number | null
}

/** The session that is kept for a client. */
export type SessionTerms = {
  isPresent: boolean
  /** How long it stays without a connection; 0: it ends with it. */
  expirySeconds: number
  /** Identifiers of QoS 2 publishes that an earlier connection began and did not release. */
  received: readonly number[]
}

/** What is there for the client beside the API of its devices: subscription identifiers, shared subscriptions. */
export type SpaceTerms = {
  /** It may publish: RETAIN means something. */
  retains: boolean
}

export type ConnectAnswer =
  | { isAccepted: true; handler: ClientHandler; session?: SessionTerms; space?: SpaceTerms }
  /** The code for 3.1 and 3.1.1, and the one for 5. */
  | { isAccepted: false; returnCode: number; reasonCode: number }

/** Where a connection comes from: the socket itself may be that of a proxy, or none at all (WebSocket). */
export type ConnectionOrigin = {
  readonly address: string
  /** What a TLS client showed: its certificate and its issuers', leaf first, each DER as base64 in one line. */
  readonly certificates: readonly string[]
  readonly lease: ConnectionLease
}

export type ConnectionOptions = {
  /** Decides on a CONNECT. Must not reject. */
  connect(connection: MqttConnection, packet: ConnectPacket): Promise<ConnectAnswer>
  onFault(connection: MqttConnection, fault: Error): void
  /** Publishes with QoS 1 and 2 that a version 5 client may leave without an answer at a time. */
  receiveMaximum: number
}
