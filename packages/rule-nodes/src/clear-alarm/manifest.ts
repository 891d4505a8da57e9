import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { detailsSettings, standardDetailsScripts } from '../alarming/details.ts'

export const clearAlarm = defineNode({
  type: 'clear-alarm',
  className: 'org.thingsboard.rule.engine.action.TbClearAlarmNode',
  name: 'clear alarm',
  description: 'Clears the active alarm of the originator.',
  category: 'action',
  icon: 'bell-off',
  configVersion: 0,
  config: z.object(detailsSettings),
  defaults: { alarmType: 'General Alarm', scriptLang: 'TBEL', ...standardDetailsScripts },
  connections: ['Cleared', 'False'],
  upgrades: {},
})
