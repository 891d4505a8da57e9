import type { PayloadType } from '@thingwire/contracts'
import type { DeviceCommand, SessionSettings, Uplink } from '../transport.ts'

/** Keys of an attribute request. Both lists absent: all; one absent: that scope is left out. */
export type AttributeKeys = { clientKeys?: readonly string[]; sharedKeys?: readonly string[] }

/**
 * Between the bytes that a device writes and the JSON that the platform speaks. What cannot be read is null: the gateway
 * or the transport refuses it in its own words.
 */
export type PayloadAdaptor = {
  readonly type: PayloadType
  /** Telemetry or client attributes, as JSON text. */
  uplink(kind: Uplink['kind'], payload: Uint8Array): string | null
  attributesRequest(payload: Uint8Array): AttributeKeys | null
  /** A request to the server, as JSON text with `method` and `params`. */
  serverRequest(payload: Uint8Array): Uint8Array | null
  /** The answer to a command, as the text that the caller gets. */
  commandAnswer(payload: Uint8Array): string | null
  /** A claim, as JSON text with `secretKey` and `durationMs`. */
  claim(payload: Uint8Array): Uint8Array | null
  /** The answer to an attribute request. */
  attributes(values: { client?: Record<string, unknown>; shared?: Record<string, unknown> }): string | Buffer
  /** Either updated values or deleted keys, never both. */
  attributesUpdate(update: { values?: Record<string, unknown>; deleted?: readonly string[] }): string | Buffer
  /** `params` is JSON text; the id is left out where the protocol carries it. */
  command(command: Omit<DeviceCommand, 'id'> & { id?: number }): string | Buffer
  /** The server's answer, from its JSON text. */
  serverAnswer(answer: string): string | Buffer
}

/** One folder of this one. An adaptor may need what the profile says, such as a schema; made for each message, so cheaply. */
export type PayloadFormat = { adaptor(settings: SessionSettings): PayloadAdaptor }
