import { defineHandler, perMessage } from '@thingwire/rules'
import { deviceProfile } from './manifest.ts'

export const deviceProfileHandler = defineHandler(deviceProfile, () =>
  perMessage((message) => [{ message, connection: 'Success' }]),
)
