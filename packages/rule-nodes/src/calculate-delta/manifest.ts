import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

const key = (title: string, description: string) => z.string().nullish().meta({ title, description })

export const calculateDelta = defineNode({
  type: 'calculate-delta',
  className: 'org.thingsboard.rule.engine.metadata.CalculateDeltaNode',
  name: 'calculate delta',
  description: 'Adds by how much a value has changed since the message before.',
  category: 'enrichment',
  icon: 'triangle',
  configVersion: 1,
  config: z.object({
    inputValueKey: key('Input key', 'Member of the data with the value.').meta({ suggest: 'data-keys' }),
    outputValueKey: key('Output key', 'Member of the data to which the difference is written.'),
    useCache: z.boolean().default(false).meta({
      title: 'Remember values',
      description: 'Compare with the value of the message before. Off: with the stored latest value.',
    }),
    addPeriodBetweenMsgs: z
      .boolean()
      .default(false)
      .meta({ title: 'Add the period', description: 'Also write how long it took, in ms.' }),
    periodValueKey: key('Period key', 'Member of the data to which the period is written.').meta({
      when: { addPeriodBetweenMsgs: [true] },
    }),
    round: z
      .number()
      .int()
      .min(-308)
      .max(308)
      .nullish()
      .meta({ title: 'Decimals', description: 'Round to so many; empty: not at all.' }),
    tellFailureIfDeltaIsNegative: z
      .boolean()
      .default(false)
      .meta({ title: 'Fail when it is negative', description: 'A counter that went back takes Failure.' }),
    excludeZeroDeltas: z
      .boolean()
      .default(false)
      .meta({ title: 'Leave zero out', description: 'A message without a change leaves as it came.' }),
  }),
  defaults: {
    inputValueKey: 'pulseCounter',
    outputValueKey: 'delta',
    useCache: true,
    addPeriodBetweenMsgs: false,
    periodValueKey: 'periodInMs',
    round: null,
    tellFailureIfDeltaIsNegative: true,
    excludeZeroDeltas: false,
  },
  connections: ['Success', 'Other'],
  upgrades: { 0: (config) => ({ excludeZeroDeltas: false, ...config }) },
})
