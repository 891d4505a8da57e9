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
}

export type PublishPacket = {
  cmd: 'publish'
  /** Empty where a topic alias stands for it. */
  topic: string
  qos: 0 | 1 | 2
  /** 0 with QoS 0. */
  messageId: number
  payload: Buffer
  properties: Properties
}

export type ClientPacket =
  | ConnectPacket
  | PublishPacket
  | { cmd: 'puback' | 'pubrec' | 'pubrel' | 'pubcomp'; messageId: number; reasonCode: number }
  | { cmd: 'subscribe'; messageId: number; subscriptions: { filter: string; qos: 0 | 1 | 2 }[] }
  | { cmd: 'unsubscribe'; messageId: number; filters: string[] }
  | { cmd: 'pingreq' }
  | { cmd: 'disconnect'; reasonCode: number; properties: Properties }
  | { cmd: 'auth'; reasonCode: number; properties: Properties }
