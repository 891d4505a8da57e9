import { messageTypeLabels } from '@thingwire/contracts'
import { defineHandler, perMessage } from '@thingwire/rules'
import { messageTypeSwitch } from './manifest.ts'

/** A map, because a message type may be any text, `constructor` too. */
const labelOf = new Map<string, string | null>(Object.entries(messageTypeLabels))

export const messageTypeSwitchHandler = defineHandler(messageTypeSwitch, () =>
  perMessage((message) => [{ message, connection: labelOf.get(message.type) ?? 'Other' }]),
)
