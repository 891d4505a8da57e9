import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { secret, text } from '../outbound/settings.ts'

export const awsSns = defineNode({
  type: 'aws-sns',
  className: 'org.thingsboard.rule.engine.aws.sns.TbSnsNode',
  name: 'aws sns',
  description: 'Publishes the data of messages to a topic of AWS SNS.',
  category: 'external',
  icon: 'megaphone',
  configVersion: 0,
  config: z.object({
    topicArnPattern: text('Topic ARN', 'Topic to publish to.').meta({ isPattern: true }),
    accessKeyId: text('Access key id', 'Of an AWS user who may publish.'),
    secretAccessKey: secret('Secret access key', 'The secret of that key.'),
    region: text('Region', 'AWS region.'),
  }),
  defaults: {
    topicArnPattern: 'arn:aws:sns:us-east-1:123456789012:MyNewTopic',
    accessKeyId: null,
    secretAccessKey: null,
    region: 'us-east-1',
  },
  connections: ['Success'],
  keepsCopies: true,
  upgrades: {},
})
