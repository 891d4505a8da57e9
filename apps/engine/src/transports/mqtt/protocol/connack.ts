import { topicAliasMaximum } from './client-aliases.ts'
import type { ConnectionOptions, SessionTerms, SpaceTerms } from './client-handler.ts'
import { packetOf } from './encode.ts'
import { maxPacketBytes } from './frames.ts'
import type { ConnectPacket } from './packets.ts'
import { numberOf, property } from './properties.ts'

/** A version 5 client that would be silent for longer is told to ping this often. */
export const maxKeepAliveSeconds = 3_600

/** The CONNACK of version 5 that accepts; it names what is not as the client would assume. */
export const connackSuccess5 = (
  packet: ConnectPacket,
  terms: { session: SessionTerms | null; space: SpaceTerms | null; assignedClientId: string | null },
  options: Pick<ConnectionOptions, 'receiveMaximum'>,
): Buffer => {
  const asked = numberOf(packet.properties, property.sessionExpiryInterval) ?? 0
  const granted = terms.session?.expirySeconds ?? 0
  const { space } = terms
  const properties = {
    receiveMaximum: options.receiveMaximum,
    maximumPacketSize: maxPacketBytes,
    topicAliasMaximum,
    ...(!space?.retains && { retainAvailable: false }),
    ...(!space && { subscriptionIdentifiersAvailable: false, sharedSubscriptionAvailable: false }),
    // [MQTT-3.2.2-16]
    ...(terms.assignedClientId !== null && { assignedClientIdentifier: terms.assignedClientId }),
    ...(asked !== granted && { sessionExpiryInterval: granted }),
    ...(packet.keepAliveSeconds > maxKeepAliveSeconds && { serverKeepAlive: maxKeepAliveSeconds }),
  }
  return packetOf({ cmd: 'connack', sessionPresent: terms.session?.isPresent ?? false, reasonCode: 0, properties }, 5)
}

let assigned = 0
/** Told apart by start of the engine, node and number. */
const assignedPrefix = `tw-${Math.random().toString(36).slice(2, 10)}`
/** A name for a client that brought none. */
export const assignedClientId = (): string => `${assignedPrefix}-${(++assigned).toString(36)}`
