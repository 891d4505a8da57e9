import { defineHandler, perMessage } from '@thingwire/rules'
import { acknowledge } from './manifest.ts'

export const acknowledgeHandler = defineHandler(acknowledge, () =>
  perMessage((message) => [{ message, connection: 'Success', acknowledged: true }]),
)
