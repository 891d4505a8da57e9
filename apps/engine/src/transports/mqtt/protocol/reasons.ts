/** Reason codes of MQTT 5 that the engine sends or tells apart (§2.4). */
export const reason = {
  success: 0x00,
  noSubscriptionExisted: 0x11,
  unspecified: 0x80,
  malformedPacket: 0x81,
  protocolError: 0x82,
  implementationSpecific: 0x83,
  unsupportedVersion: 0x84,
  clientIdInvalid: 0x85,
  badUserNameOrPassword: 0x86,
  notAuthorized: 0x87,
  serverUnavailable: 0x88,
  shuttingDown: 0x8b,
  badAuthenticationMethod: 0x8c,
  keepAliveTimeout: 0x8d,
  takenOver: 0x8e,
  topicFilterInvalid: 0x8f,
  topicNameInvalid: 0x90,
  packetIdNotFound: 0x92,
  receiveMaximumExceeded: 0x93,
  topicAliasInvalid: 0x94,
  packetTooLarge: 0x95,
  messageRateTooHigh: 0x96,
  quotaExceeded: 0x97,
  administrativeAction: 0x98,
  payloadFormatInvalid: 0x99,
  sharedSubscriptionsUnsupported: 0x9e,
  connectionRateExceeded: 0x9f,
  subscriptionIdsUnsupported: 0xa1,
} as const

/** A packet that ends its connection: `code` is told to a version 5 client, all others see the connection close. */
export class ProtocolFault extends Error {
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.name = 'ProtocolFault'
    this.code = code
  }
}

export const malformed = (message: string): ProtocolFault => new ProtocolFault(reason.malformedPacket, message)
export const protocolError = (message: string): ProtocolFault => new ProtocolFault(reason.protocolError, message)

/**
 * Why a publish is not taken, where that does not end every connection.
 * `topic`: nobody takes this topic (acknowledged, 5: with 0x90). `not-permitted`, `no-room`: the same with 0x87, 0x97. `payload`: the payload cannot be read (5: acknowledged
 * with 0x99; before: the connection closes). `payload-passed-over`: the same, acknowledged in all versions.
 * `unanswered`: neither acknowledged nor a reason to close.
 */
export class PublishRefusal extends Error {
  readonly kind: 'topic' | 'not-permitted' | 'no-room' | 'payload' | 'payload-passed-over' | 'unanswered'

  constructor(kind: PublishRefusal['kind'], message: string) {
    super(message)
    this.name = 'PublishRefusal'
    this.kind = kind
  }
}

/** Why nobody can have this filter. */
export const refusedFilter = (filter: string): number =>
  filter.startsWith('$share/') ? reason.sharedSubscriptionsUnsupported : reason.topicFilterInvalid
