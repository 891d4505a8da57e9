import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { flag, secret, text, whole } from '../outbound/settings.ts'

export const awsLambda = defineNode({
  type: 'aws-lambda',
  className: 'org.thingsboard.rule.engine.aws.lambda.TbAwsLambdaNode',
  name: 'aws lambda',
  description: 'Calls a function of AWS Lambda with the data of each message and goes on with what it returns.',
  category: 'external',
  icon: 'zap',
  configVersion: 0,
  config: z.object({
    accessKey: text('Access key id', 'Of an AWS user who may invoke the function.'),
    secretKey: secret('Secret access key', 'The secret of that key.'),
    region: text('Region', 'AWS region.'),
    functionName: text('Function', 'Name or ARN.').meta({ isPattern: true }),
    qualifier: text('Qualifier', 'Version or alias. Empty: $LATEST.').meta({
      isPattern: true,
    }),
    connectionTimeout: whole('Connection timeout, s', 'How long connecting may take.', { fallback: 10 }),
    requestTimeout: whole('Request timeout, s', 'How long the function may take.', { fallback: 5 }),
    tellFailureIfFuncThrowsExc: flag(
      'Errors are failures',
      'What the function throws takes Failure instead of Success.',
    ),
  }),
  defaults: {
    accessKey: null,
    secretKey: null,
    region: 'us-east-1',
    functionName: null,
    qualifier: '$LATEST',
    connectionTimeout: 10,
    requestTimeout: 5,
    tellFailureIfFuncThrowsExc: false,
  },
  connections: ['Success'],
  upgrades: {},
})
