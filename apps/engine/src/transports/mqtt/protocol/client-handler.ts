import type { ConnectionLease } from '../../transport.ts'
import type { MqttConnection } from './connection.ts'
import type { ConnectPacket, PublishPacket } from './packets.ts'

/** `answer()` acknowledges, a PublishRefusal does what it says, any other error closes the connection. */
export type PublishAnswer = (error?: Error | null) => void

/** The client of an accepted connection, as the application sees it. */
export type ClientHandler = {
  publish(packet: PublishPacket, answer: PublishAnswer): void
  /** The granted quality of service, or null to refuse the filter. */
  subscribe(filter: string, qos: number): 0 | 1 | null
  /** The SUBACK is on its way: what waits for it may follow. */
  subscribed(filters: readonly string[]): void
  /** A reason code for each filter. */
  unsubscribe(filters: readonly string[]): number[]
  /** The client's answer to a QoS 1 publish of the server. */
  acknowledged(messageId: number, isTaken: boolean): void
  /** Any sign of life. */
  touch(): void
  /** The connection is over; called once. */
  closed(why: string): void
}

export type ConnectAnswer =
  | { isAccepted: true; handler: ClientHandler }
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
