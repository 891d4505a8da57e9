import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

export const deviceProfile = defineNode({
  type: 'device-profile',
  className: 'org.thingsboard.rule.engine.profile.TbDeviceProfileNode',
  name: 'device profile',
  description:
    'Entry point of chains from older systems: passes messages on. Alarm rules of profiles are not evaluated.',
  category: 'action',
  icon: 'id-card',
  configVersion: 1,
  config: z.object({
    persistAlarmRulesState: z.boolean().default(false).meta({
      title: 'Keep the state of alarm rules',
      description: 'Kept for export; without effect while alarm rules of profiles are not evaluated.',
    }),
    fetchAlarmRulesStateOnStart: z.boolean().default(false).meta({
      title: 'Load the state at start',
      description: 'Kept for export; without effect while alarm rules of profiles are not evaluated.',
    }),
  }),
  defaults: { persistAlarmRulesState: false, fetchAlarmRulesStateOnStart: false },
  connections: ['Success'],
  upgrades: {
    0: (config) =>
      config.persistAlarmRulesState === false ? { ...config, fetchAlarmRulesStateOnStart: false } : config,
  },
})
