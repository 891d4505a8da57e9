import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

export const deduplication = defineNode({
  type: 'deduplication',
  className: 'org.thingsboard.rule.engine.deduplication.TbMsgDeduplicationNode',
  name: 'deduplication',
  description: 'Lets one message of each originator and interval pass, or all of them as one.',
  category: 'transformation',
  icon: 'layers-2',
  configVersion: 1,
  config: z.object({
    interval: z
      .number()
      .int()
      .min(1)
      .meta({ title: 'Interval', description: 'In seconds, by the time of the messages themselves.', suffix: 's' }),
    strategy: z.enum(['FIRST', 'LAST', 'ALL']).meta({
      title: 'Strategy',
      description: 'Passes the first, the last, or one that holds all of the interval.',
      words: { FIRST: 'The first', LAST: 'The last', ALL: 'All of them as one' },
    }),
    outMsgType: z
      .string()
      .nullish()
      .meta({
        title: 'Message type',
        description: 'Of the message that holds all; only with that strategy.',
        when: { strategy: ['ALL'] },
        suggest: 'message-types',
      }),
    maxPendingMsgs: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .meta({ title: 'Most messages', description: 'How many of one originator may wait; one more fails.' }),
    maxRetries: z.number().int().min(0).default(0).meta({
      title: 'Retries',
      description: 'Kept for chains of ThingsBoard: what waits is durable here, and goes on as soon as it can.',
      isKept: true,
    }),
  }),
  defaults: { interval: 60, strategy: 'FIRST', outMsgType: null, maxPendingMsgs: 100, maxRetries: 3 },
  connections: ['Success'],
  // The name of the queue left the configuration, which happens to every node that has one.
  upgrades: { 0: (config) => config },
  answersLater: true,
  hasQueueName: true,
})
