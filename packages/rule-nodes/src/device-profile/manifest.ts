import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

const kept = 'Kept for export: what the rules count always outlives a restart here.'

export const deviceProfile = defineNode({
  type: 'device-profile',
  className: 'org.thingsboard.rule.engine.profile.TbDeviceProfileNode',
  name: 'device profile',
  description: 'Raises and clears alarms by the alarm rules of the device profile, and passes every message on.',
  category: 'action',
  icon: 'id-card',
  configVersion: 1,
  config: z.object({
    persistAlarmRulesState: z
      .boolean()
      .nullish()
      .transform((isOn) => isOn ?? false)
      .meta({ title: 'Keep the state of alarm rules', description: kept, isKept: true }),
    fetchAlarmRulesStateOnStart: z
      .boolean()
      .nullish()
      .transform((isOn) => isOn ?? false)
      .meta({ title: 'Load the state at start', description: kept, isKept: true }),
  }),
  defaults: { persistAlarmRulesState: false, fetchAlarmRulesStateOnStart: false },
  connections: ['Alarm Created', 'Alarm Updated', 'Alarm Severity Updated', 'Alarm Cleared', 'Success'],
  upgrades: {
    0: (config) =>
      'persistAlarmRulesState' in config && String(config.persistAlarmRulesState) !== 'true'
        ? { ...config, fetchAlarmRulesStateOnStart: false }
        : config,
  },
  worksAlone: true,
})
