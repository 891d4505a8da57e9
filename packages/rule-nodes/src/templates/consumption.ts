import { z } from 'zod'
import { calculateDelta } from '../calculate-delta/manifest.ts'
import { log } from '../log/manifest.ts'
import { saveTimeSeries } from '../save-time-series/manifest.ts'
import { key } from './parameters.ts'
import { bothLanguages, chainFile, defineTemplate, node } from './template.ts'

export const consumption = defineTemplate({
  id: 'consumption',
  title: 'Consumption',
  summary: 'Makes what was used of a counter that only grows: energy, water, pieces.',
  icon: 'triangle',
  parameters: z
    .object({
      counter: key('Counter', 'The key of the reading, which only grows.'),
      consumed: key('New key', 'Under which the difference to the reading before is stored.'),
      decimals: z.number().int().min(0).max(12).meta({ title: 'Decimals', description: 'Of the difference.' }),
    })
    .refine(({ counter, consumed }) => counter !== consumed, {
      path: ['consumed'],
      message: 'It must be another key than that of the counter',
    }),
  defaults: { counter: 'energy', consumed: 'energyUsed', decimals: 3 },
  build: ({ counter, consumed, decimals }) =>
    chainFile({
      name: `${consumed} from ${counter}`,
      description: `Stores telemetry with ${consumed}: by how much ${counter} has grown since the message before.`,
      note: [
        `\`${consumed}\`: by how much \`${counter}\` has grown since the message before. The first one counts as 0.`,
        '',
        'Put a *rule chain* node that names this chain in the place of *save time series*: it stores all values of the message.',
      ].join('\n'),
      nodes: [
        node(calculateDelta, 'Difference', [0, 0], {
          inputValueKey: counter,
          outputValueKey: consumed,
          round: decimals,
          useCache: true,
          tellFailureIfDeltaIsNegative: true,
        }),
        node(saveTimeSeries, 'Store', [2, 0]),
        node(log, 'Note the reset', [1, 1], bothLanguages("return 'The counter went back: ' + JSON.stringify(msg);")),
      ],
      wires: [
        ['Difference', 'Success', 'Store'],
        ['Difference', 'Failure', 'Note the reset'],
        ['Note the reset', 'Success', 'Store'],
      ],
      tests: [
        {
          name: 'the first reading counts as nothing used',
          message: { data: { [counter]: 1_000 } },
          expect: { effects: [{ kind: 'telemetry', values: { [counter]: 1_000, [consumed]: 0 } }] },
        },
        {
          name: 'what has no reading passes by',
          message: { data: { 'other value': 1 } },
          expect: { connections: [{ node: 'Difference', connection: 'Other' }], effects: [] },
        },
        {
          name: 'attributes pass by',
          message: { type: 'POST_ATTRIBUTES_REQUEST', data: { [counter]: 1_000 } },
          expect: { connections: [{ node: 'Difference', connection: 'Other' }], effects: [] },
        },
      ],
    }),
})
