import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { perimeterDefaults, perimeterSettings } from '../geofencing/settings.ts'

export const gpsGeofencingFilter = defineNode({
  type: 'gps-geofencing-filter',
  className: 'org.thingsboard.rule.engine.geo.TbGpsGeofencingFilterNode',
  name: 'gps geofencing filter',
  description: 'Tells whether the position in the message is within a perimeter.',
  category: 'filter',
  icon: 'map-pin-check',
  configVersion: 0,
  config: z.object(perimeterSettings),
  defaults: perimeterDefaults,
  connections: ['True', 'False'],
  upgrades: {},
})
