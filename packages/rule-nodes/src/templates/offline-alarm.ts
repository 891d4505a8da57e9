import { z } from 'zod'
import { clearAlarm } from '../clear-alarm/manifest.ts'
import { createAlarm } from '../create-alarm/manifest.ts'
import { messageTypeSwitch } from '../message-type-switch/manifest.ts'
import { alarmType, severity } from './parameters.ts'
import { chainFile, defineTemplate, node } from './template.ts'

export const offlineAlarm = defineTemplate({
  id: 'offline-alarm',
  title: 'Offline alarm',
  summary: 'Raises an alarm when a device falls silent, and clears it when it sends again.',
  icon: 'plug-zap',
  parameters: z.object({ alarmType, severity }),
  defaults: { alarmType: 'Offline', severity: 'WARNING' },
  build: ({ alarmType: type, severity: level }) =>
    chainFile({
      name: `${type} alarm`,
      description: `Raises the alarm “${type}” when a device has been silent for its inactivity time, and clears it when it sends again.`,
      note: [
        `**${type}**: a device that has sent nothing for its inactivity time.`,
        '',
        'Wire *Inactivity Event* and *Activity Event* of your root chain to a *rule chain* node that names this chain. The time is the server attribute `inactivityTimeout` of a device, in ms.',
      ].join('\n'),
      nodes: [
        node(messageTypeSwitch, 'Silent or back?', [0, 0]),
        node(createAlarm, 'Raise the alarm', [1, 0], { alarmType: type, severity: level }),
        node(clearAlarm, 'Clear the alarm', [1, 1], { alarmType: type }),
      ],
      wires: [
        ['Silent or back?', 'Inactivity Event', 'Raise the alarm'],
        ['Silent or back?', 'Activity Event', 'Clear the alarm'],
      ],
      tests: [
        {
          name: 'a device that falls silent raises the alarm',
          message: { type: 'INACTIVITY_EVENT', data: { active: false } },
          expect: {
            messages: [{ node: 'Raise the alarm', connection: 'Created' }],
            effects: [{ kind: 'alarm', change: 'created', type, severity: level }, { kind: 'message' }],
          },
        },
        {
          name: 'a device that sends again clears it',
          message: { type: 'ACTIVITY_EVENT', data: { active: true } },
          given: { alarms: [{ type, severity: level }] },
          expect: {
            messages: [{ node: 'Clear the alarm', connection: 'Cleared' }],
            effects: [{ kind: 'alarm', change: 'cleared', type }, { kind: 'message' }],
          },
        },
        {
          name: 'telemetry changes nothing',
          message: { data: { temperature: 20 } },
          expect: { connections: [{ node: 'Silent or back?', connection: 'Post telemetry' }], effects: [] },
        },
      ],
    }),
})
