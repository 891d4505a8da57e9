import { defineHandler, perMessage } from '@thingwire/rules'
import { createIsInside } from '../geofencing/is-inside.ts'
import { gpsGeofencingFilter } from './manifest.ts'

export const gpsGeofencingFilterHandler = defineHandler(gpsGeofencingFilter, (config) => {
  const look = createIsInside(config)
  return perMessage((message) => [{ message, connection: look(message).isInside ? 'True' : 'False' }])
})
