import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { secret, table, text, whole } from '../outbound/settings.ts'

export const awsSqs = defineNode({
  type: 'aws-sqs',
  className: 'org.thingsboard.rule.engine.aws.sqs.TbSqsNode',
  name: 'aws sqs',
  description: 'Sends the data of messages to a queue of AWS SQS.',
  category: 'external',
  icon: 'inbox',
  configVersion: 0,
  config: z.object({
    queueType: z
      .enum(['STANDARD', 'FIFO'])
      .nullish()
      .transform((value) => value ?? 'STANDARD')
      .meta({ title: 'Kind of queue', description: 'FIFO keeps the order of each originator.' }),
    queueUrlPattern: text('Queue', 'URL of the queue.').meta({ isPattern: true }),
    delaySeconds: whole('Delay, s', 'How long the queue keeps a message back.', { most: 900 }).meta({
      when: { queueType: ['STANDARD', null] },
    }),
    messageAttributes: table('Attributes', 'Names and values are patterns.').meta({ isPattern: true }),
    accessKeyId: text('Access key id', 'Of an AWS user who may send.'),
    secretAccessKey: secret('Secret access key', 'The secret of that key.'),
    region: text('Region', 'AWS region.'),
  }),
  defaults: {
    queueType: 'STANDARD',
    queueUrlPattern: 'https://sqs.us-east-1.amazonaws.com/123456789012/my-queue-name',
    delaySeconds: 0,
    messageAttributes: {},
    accessKeyId: null,
    secretAccessKey: null,
    region: 'us-east-1',
  },
  connections: ['Success'],
  keepsCopies: true,
  upgrades: {},
})
