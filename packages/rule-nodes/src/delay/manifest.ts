import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

export const delay = defineNode({
  type: 'delay',
  className: 'org.thingsboard.rule.engine.delay.TbMsgDelayNode',
  name: 'delay',
  description: 'Keeps messages for a while, and then sends them on.',
  category: 'action',
  icon: 'hourglass',
  configVersion: 0,
  config: z.object({
    periodInSeconds: z
      .number()
      .int()
      .min(0)
      .default(0)
      .meta({
        title: 'Period',
        description: 'How long every message is kept, in seconds.',
        suffix: 's',
        when: { useMetadataPeriodInSecondsPatterns: [false] },
      }),
    maxPendingMsgs: z
      .number()
      .int()
      .min(1)
      .max(100_000)
      .meta({ title: 'Most messages', description: 'How many may be kept at a time; one more fails.' }),
    useMetadataPeriodInSecondsPatterns: z.boolean().default(false).meta({
      title: 'Period of each message',
      description: 'Takes the period from the message by the pattern below.',
    }),
    periodInSecondsPattern: z
      .string()
      .nullish()
      .meta({
        title: 'Pattern',
        description: `Gives seconds, such as \${seconds} of the metadata or $[seconds] of the data.`,
        isPattern: true,
        when: { useMetadataPeriodInSecondsPatterns: [true] },
      }),
  }),
  defaults: {
    periodInSeconds: 60,
    maxPendingMsgs: 1_000,
    periodInSecondsPattern: null,
    useMetadataPeriodInSecondsPatterns: false,
  },
  connections: ['Success'],
  upgrades: {},
})
