import { defineHandler, perMessage } from '@thingwire/rules'
import { synchronizationStart } from './manifest.ts'

export const synchronizationStartHandler = defineHandler(synchronizationStart, () =>
  perMessage((message) => [{ message, connection: 'Success' }]),
)
