import { defineHandler, perMessage } from '@thingwire/rules'
import { synchronizationEnd } from './manifest.ts'

export const synchronizationEndHandler = defineHandler(synchronizationEnd, () =>
  perMessage((message) => [{ message, connection: 'Success' }]),
)
