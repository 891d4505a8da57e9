import type { PublishPacket } from './packets.ts'
import { numberOf, property } from './properties.ts'
import { ProtocolFault, protocolError, reason } from './reasons.ts'

/** Aliases that a client may give to topics. */
export const topicAliasMaximum = 16

/** What a client of version 5 calls its topics. */
export class ClientAliases {
  readonly #topics = new Map<number, string>()

  /** The topic of a publish, whether it names it or its alias. */
  topicOf({ topic, properties }: Pick<PublishPacket, 'topic' | 'properties'>): string {
    const alias = numberOf(properties, property.topicAlias)
    if (alias === undefined) return topic
    // [MQTT-3.3.2-9]
    if (alias > topicAliasMaximum) throw new ProtocolFault(reason.topicAliasInvalid, 'A topic alias beyond the maximum')
    if (topic !== '') {
      this.#topics.set(alias, topic)
      return topic
    }
    const known = this.#topics.get(alias)
    if (known === undefined) throw protocolError('A topic alias that stands for nothing')
    return known
  }
}
