import { connectivityEvents, defineNode } from '@thingwire/rules'
import { z } from 'zod'

export const deviceState = defineNode({
  type: 'device-state',
  className: 'org.thingsboard.rule.engine.action.TbDeviceStateNode',
  name: 'device state',
  description: 'Reports that a device is connected, disconnected, active or inactive.',
  category: 'action',
  icon: 'plug-zap',
  configVersion: 0,
  config: z.object({
    event: z.enum(connectivityEvents).meta({ title: 'Event', description: 'What has happened to the device.' }),
  }),
  defaults: { event: 'ACTIVITY_EVENT' },
  connections: ['Success', 'Rate limited'],
  upgrades: {},
})
