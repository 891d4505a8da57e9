import type { Properties } from './properties.ts'

export type ProtocolVersion = 3 | 4 | 5

export type ConnectPacket = {
  cmd: 'connect'
  version: ProtocolVersion
  isClean: boolean
  keepAliveSeconds: number
  clientId: string
  userName: string | null
  password: Buffer | null
  properties: Properties
  will: Will | null
}

export type Will = {
  topic: string
  payload: Buffer
  qos: 0 | 1 | 2
  isRetained: boolean
  properties: Properties
  /** The same as they came. */
  propertyBytes: Buffer
}

export type PublishPacket = {
  cmd: 'publish'
  /** Empty where a topic alias stands for it. */
  topic: string
  qos: 0 | 1 | 2
  /** 0 with QoS 0. */
  messageId: number
  isRetained: boolean
  payload: Buffer
  properties: Properties
  /** The same as they came: what is passed on keeps its order, and pairs that nobody here reads. */
  propertyBytes: Buffer
}

/** One filter of a SUBSCRIBE with its options; before version 5 there is the quality of service alone. */
export type SubscriptionRequest = {
  filter: string
  qos: 0 | 1 | 2
  noLocal: boolean
  retainAsPublished: boolean
  /** Retained messages are sent: 0 always, 1 with a new subscription, 2 never. */
  retainHandling: 0 | 1 | 2
}

export type ClientPacket =
  | ConnectPacket
  | PublishPacket
  | { cmd: 'puback' | 'pubrec' | 'pubrel' | 'pubcomp'; messageId: number; reasonCode: number }
  | { cmd: 'subscribe'; messageId: number; subscriptions: SubscriptionRequest[]; identifier: number | null }
  | { cmd: 'unsubscribe'; messageId: number; filters: string[] }
  | { cmd: 'pingreq' }
  | { cmd: 'disconnect'; reasonCode: number; properties: Properties }
  | { cmd: 'auth'; reasonCode: number; properties: Properties }
