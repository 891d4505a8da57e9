import type { SpaceMessage } from '../../../topic-space/space-message.ts'
import type { Will } from '../protocol/packets.ts'
import { numberOf, passedOn, property } from '../protocol/properties.ts'

/**
 * A will as it is stored. The time of a will runs from its publication: until then `expiresAtMs` holds the seconds it has,
 * below zero.
 */
export const willOf = (
  will: Will,
  from: { tenantId: string; publisher: string },
): { message: SpaceMessage; delaySeconds: number } => ({
  delaySeconds: numberOf(will.properties, property.willDelayInterval) ?? 0,
  message: {
    ...from,
    topic: will.topic,
    payload: will.payload,
    qos: will.qos,
    isRetained: will.isRetained,
    properties: passedOn(will.propertyBytes),
    expiresAtMs: -(numberOf(will.properties, property.messageExpiryInterval) ?? 0),
  },
})
