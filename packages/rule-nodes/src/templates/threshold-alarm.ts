import { z } from 'zod'
import { clearAlarm } from '../clear-alarm/manifest.ts'
import { createAlarm } from '../create-alarm/manifest.ts'
import { messageTypeFilter } from '../message-type-filter/manifest.ts'
import { scriptFilter } from '../script-filter/manifest.ts'
import { alarmType, key, number, severity } from './parameters.ts'
import { bothDetails, bothLanguages, chainFile, defineTemplate, member, node } from './template.ts'

const sides = ['above', 'below'] as const

export const thresholdAlarm = defineTemplate({
  id: 'threshold-alarm',
  title: 'Threshold alarm',
  summary: 'Raises an alarm when a value goes beyond a limit, and clears it when it is back to normal.',
  icon: 'bell-plus',
  parameters: z
    .object({
      key: key('Key', 'The value that is watched, as devices send it.'),
      side: z.enum(sides).meta({ title: 'Raise it when the value is', description: 'On which side of the limit.' }),
      limit: number('Limit', 'Beyond it the alarm is raised.'),
      clearAt: number(
        'Clear at',
        'Back at this value the alarm is cleared. A distance from the limit keeps it from flapping.',
      ),
      alarmType,
      severity,
    })
    .refine(({ side, limit, clearAt }) => (side === 'above' ? clearAt <= limit : clearAt >= limit), {
      path: ['clearAt'],
      message: 'It must not lie beyond the limit',
    }),
  defaults: {
    key: 'temperature',
    side: 'above',
    limit: 30,
    clearAt: 28,
    alarmType: 'High temperature',
    severity: 'MAJOR',
  },
  build: ({ key: name, side, limit, clearAt, alarmType: type, severity: level }) => {
    const value = member(name)
    const [beyond, back] = side === 'above' ? ['>', '<='] : ['<', '>=']
    const step = (side === 'above' ? 1 : -1) * Math.max(1, Math.abs(limit), Math.abs(clearAt))
    const outside = limit + step
    const inside = clearAt - step
    const alarms = [{ type, severity: level }]
    const between = {
      connections: [
        passed('Telemetry only', 'True'),
        passed('Beyond the limit?', 'False'),
        passed('Back to normal?', 'False'),
      ],
      effects: [],
    }
    return chainFile({
      name: `${type} alarm`,
      description: `Raises the alarm “${type}” when ${name} is ${side} ${limit}, and clears it at ${clearAt}.`,
      note: [
        `**${type}**: raised when \`${name}\` is ${side} ${limit}, cleared at ${clearAt}.`,
        '',
        'Put a *rule chain* node behind *save time series* in your root chain and choose this chain there.',
      ].join('\n'),
      nodes: [
        node(messageTypeFilter, 'Telemetry only', [0, 0], { messageTypes: ['POST_TELEMETRY_REQUEST'] }),
        node(
          scriptFilter,
          'Beyond the limit?',
          [1, 0],
          bothLanguages(`return ${value} != null && ${value} ${beyond} ${limit};`),
        ),
        node(createAlarm, 'Raise the alarm', [2, 0], {
          alarmType: type,
          severity: level,
          ...bothDetails(`return {value: ${value}, limit: ${limit}};`),
        }),
        node(
          scriptFilter,
          'Back to normal?',
          [2, 1],
          bothLanguages(`return ${value} != null && ${value} ${back} ${clearAt};`),
        ),
        node(clearAlarm, 'Clear the alarm', [3, 1], { alarmType: type }),
      ],
      wires: [
        ['Telemetry only', 'True', 'Beyond the limit?'],
        ['Beyond the limit?', 'True', 'Raise the alarm'],
        ['Beyond the limit?', 'False', 'Back to normal?'],
        ['Back to normal?', 'True', 'Clear the alarm'],
      ],
      tests: [
        {
          name: 'a value beyond the limit raises the alarm',
          message: { data: { [name]: outside } },
          expect: {
            messages: [{ node: 'Raise the alarm', connection: 'Created' }],
            effects: [
              { kind: 'alarm', change: 'created', type, severity: level, details: { value: outside, limit } },
              { kind: 'message' },
            ],
          },
        },
        {
          name: 'a value that is back to normal clears it',
          message: { data: { [name]: inside } },
          given: { alarms },
          expect: {
            messages: [{ node: 'Clear the alarm', connection: 'Cleared' }],
            effects: [{ kind: 'alarm', change: 'cleared', type }, { kind: 'message' }],
          },
        },
        {
          name: 'the limit itself changes nothing',
          message: { data: { [name]: limit } },
          given: { alarms },
          expect: limit === clearAt ? {} : between,
        },
        {
          name: 'a message without the value changes nothing',
          message: { data: { [`not ${name}`]: 1 } },
          given: { alarms },
          expect: between,
        },
      ],
    })
  },
})

const passed = (name: string, connection: string) => ({ node: name, connection })
