import type { ClientHandler, PublishAnswer } from './protocol/client-handler.ts'
import type { MqttConnection } from './protocol/connection.ts'

/** `answer()` acknowledges, a PublishRefusal does what it says, any other error closes the connection (as ThingsBoard). */
export type Answer = PublishAnswer

/** What one accepted connection may do: that of a device, or of one that comes for its credentials. */
export type MqttSession = ClientHandler

/** The connection as its session sees it. */
export type MqttLink = Pick<
  MqttConnection,
  'address' | 'send' | 'deliver' | 'end' | 'hold' | 'release' | 'unsentBytes' | 'version'
>
