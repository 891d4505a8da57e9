import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { perimeterDefaults, perimeterSettings } from '../geofencing/settings.ts'
import { timeUnits } from './durations.ts'

const duration = (title: string, description: string) => z.number().int().min(0).default(0).meta({ title, description })
const unit = (title: string) =>
  z
    .enum(timeUnits)
    .nullish()
    .transform((given) => given ?? 'MINUTES')
    .meta({ title, description: 'Of that time.' })

export const gpsGeofencingEvents = defineNode({
  type: 'gps-geofencing-events',
  className: 'org.thingsboard.rule.engine.geo.TbGpsGeofencingActionNode',
  name: 'gps geofencing events',
  description: 'Tells when something enters or leaves a perimeter, and whether it stays inside or outside.',
  category: 'action',
  icon: 'map-pinned',
  configVersion: 1,
  config: z.object({
    ...perimeterSettings,
    minInsideDuration: duration('Time inside', 'After which it counts as staying inside.').meta({
      unit: 'minInsideDurationTimeUnit',
      when: { reportPresenceStatusOnEachMessage: [false] },
    }),
    minInsideDurationTimeUnit: unit('Unit of the time inside').meta({
      when: { reportPresenceStatusOnEachMessage: [false] },
    }),
    minOutsideDuration: duration('Time outside', 'After which it counts as staying outside.').meta({
      unit: 'minOutsideDurationTimeUnit',
      when: { reportPresenceStatusOnEachMessage: [false] },
    }),
    minOutsideDurationTimeUnit: unit('Unit of the time outside').meta({
      when: { reportPresenceStatusOnEachMessage: [false] },
    }),
    reportPresenceStatusOnEachMessage: z.boolean().default(false).meta({
      title: 'Tell by each message',
      description: 'Inside or Outside for every message, without regard to these times.',
    }),
  }),
  defaults: {
    ...perimeterDefaults,
    minInsideDuration: 1,
    minInsideDurationTimeUnit: 'MINUTES',
    minOutsideDuration: 1,
    minOutsideDurationTimeUnit: 'MINUTES',
    reportPresenceStatusOnEachMessage: true,
  },
  connections: ['Success', 'Entered', 'Left', 'Inside', 'Outside'],
  upgrades: { 0: (config) => ({ reportPresenceStatusOnEachMessage: false, ...config }) },
})
