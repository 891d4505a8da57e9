import { z } from 'zod'
import { messageTypeFilter } from '../message-type-filter/manifest.ts'
import { saveTimeSeries } from '../save-time-series/manifest.ts'
import { scriptTransformation } from '../script-transformation/manifest.ts'
import { key, number } from './parameters.ts'
import { bothLanguages, chainFile, defineTemplate, member, node } from './template.ts'

export const unitConversion = defineTemplate({
  id: 'unit-conversion',
  title: 'Unit conversion',
  summary: 'Stores a value in another unit, too: times a factor, plus an offset.',
  icon: 'calculator',
  parameters: z.object({
    from: key('Key', 'The value as devices send it.'),
    to: key('New key', 'Under which the converted value is stored, beside the other.'),
    factor: number('Factor', 'The value is multiplied by it.'),
    offset: number('Offset', 'This is added then. From °F to °C: factor 0.5556, offset -17.7778.'),
  }),
  defaults: { from: 'pressurePsi', to: 'pressureBar', factor: 0.0689476, offset: 0 },
  build: ({ from, to, factor, offset }) =>
    chainFile({
      name: `${from} as ${to}`,
      description: `Stores telemetry with ${to} = ${from} · ${factor} + ${offset}.`,
      note: [
        `\`${to}\` = \`${from}\` · ${factor} + ${offset}`,
        '',
        'Put a *rule chain* node that names this chain in the place of *save time series*: it stores all values of the message.',
      ].join('\n'),
      nodes: [
        node(messageTypeFilter, 'Telemetry only', [0, 0], { messageTypes: ['POST_TELEMETRY_REQUEST'] }),
        node(
          scriptTransformation,
          'Convert',
          [1, 0],
          bothLanguages(
            [
              `if (${member(from)} != null) {`,
              `  ${member(to)} = ${member(from)} * (${factor}) + (${offset});`,
              '}',
              'return {msg: msg, metadata: metadata, msgType: msgType};',
            ].join('\n'),
          ),
        ),
        node(saveTimeSeries, 'Store', [2, 0]),
      ],
      wires: [
        ['Telemetry only', 'True', 'Convert'],
        ['Convert', 'Success', 'Store'],
      ],
      tests: [
        {
          name: 'the value is stored in both units',
          message: { data: { [from]: 32 } },
          expect: { effects: [{ kind: 'telemetry', values: { [from]: 32, [to]: 32 * factor + offset } }] },
        },
        {
          name: 'telemetry without the value is stored as it came',
          message: { data: { 'other value': 1 } },
          expect: { effects: [{ kind: 'telemetry', values: { 'other value': 1 } }] },
        },
        {
          name: 'attributes pass by',
          message: { type: 'POST_ATTRIBUTES_REQUEST', data: { [from]: 32 } },
          expect: { connections: [{ node: 'Telemetry only', connection: 'False' }], effects: [] },
        },
      ],
    }),
})
