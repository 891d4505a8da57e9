import type { IPublishPacket } from 'mqtt-packet'

/** `answer()` acknowledges, `answer(error)` closes the connection (as ThingsBoard). */
export type Answer = (error?: Error | null) => void

/** What one accepted connection may do: that of a device, or of one that comes for its credentials. */
export type MqttSession = {
  touch(): void
  publish(packet: IPublishPacket, answer: Answer): void
  /** The granted quality of service, or null to refuse the filter. */
  subscribe(filter: string, qos: number): 0 | 1 | null
  /** The device has its SUBACK: what waits for it may follow. */
  subscribed(filters: readonly string[]): void
  /** A PUBACK. */
  acknowledged(messageId: number): void
  unsubscribe(filters: readonly string[]): void
  /** Resolves when every publish that was read has its answer. */
  settled(): Promise<void>
  closed(reason: string): void
}
