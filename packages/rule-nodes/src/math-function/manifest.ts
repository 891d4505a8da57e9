import { attributeScopeSchema } from '@thingwire/contracts'
import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { operationNames } from './operations.ts'

const places = {
  ATTRIBUTE: 'Attribute',
  TIME_SERIES: 'Time series',
  MESSAGE_BODY: 'Data of the message',
  MESSAGE_METADATA: 'Metadata of the message',
  CONSTANT: 'Constant',
} as const

const scope = attributeScopeSchema
  .nullish()
  .transform((given) => given ?? 'SERVER_SCOPE')
  .meta({ title: 'Scope', description: 'Of an attribute.' })

export const mathFunction = defineNode({
  type: 'math-function',
  className: 'org.thingsboard.rule.engine.math.TbMathNode',
  name: 'math function',
  description: 'Calculates a value from the message, attributes and telemetry, and puts it where it belongs.',
  category: 'action',
  icon: 'calculator',
  configVersion: 0,
  config: z.object({
    operation: z
      .enum(operationNames)
      .meta({ title: 'Operation', description: 'What is calculated.', words: { CUSTOM: 'An expression' } }),
    arguments: z
      .array(
        z.object({
          name: z
            .string()
            .nullish()
            .transform((name) => name ?? '')
            .meta({ title: 'Name', description: 'Under which the expression knows the value.' }),
          type: z
            .enum(['ATTRIBUTE', 'TIME_SERIES', 'MESSAGE_BODY', 'MESSAGE_METADATA', 'CONSTANT'])
            .meta({ title: 'Source', description: 'Where the value comes from.', words: places }),
          key: z
            .string()
            .nullish()
            .transform((key) => key ?? '')
            .meta({
              title: 'Key',
              description: 'Of the value. The number itself for a constant.',
              isPattern: true,
              suggest: 'data-keys',
            }),
          attributeScope: scope.meta({ when: { type: ['ATTRIBUTE'] } }),
          defaultValue: z
            .number()
            .nullish()
            .transform((value) => value ?? null)
            .meta({
              title: 'Default',
              description: 'When there is no value.',
              when: { type: ['ATTRIBUTE', 'TIME_SERIES', 'MESSAGE_BODY', 'MESSAGE_METADATA'] },
            }),
        }),
      )
      .nullish()
      .transform((list) => list ?? [])
      .meta({ title: 'Values', description: 'As many as the operation takes, in its order.' }),
    customFunction: z
      .string()
      .max(256)
      .nullish()
      .transform((text) => text ?? '')
      .meta({
        title: 'Expression',
        description: 'Such as (x - 32) / 1.8.',
        when: { operation: ['CUSTOM'] },
      }),
    result: z
      .object({
        type: z
          .enum(['ATTRIBUTE', 'TIME_SERIES', 'MESSAGE_BODY', 'MESSAGE_METADATA'])
          .meta({ title: 'Where to', description: 'Where the result goes.', words: places }),
        key: z.string().min(1).meta({
          title: 'Key',
          description: 'Of the result; for telemetry it is taken as it stands.',
          isPattern: true,
          suggest: 'data-keys',
        }),
        resultValuePrecision: z
          .number()
          .int()
          .min(0)
          .max(300)
          .default(0)
          .meta({ title: 'Digits', description: 'Behind the point; 0 cuts them off.' }),
        addToBody: z
          .boolean()
          .default(false)
          .meta({
            title: 'Also into the data',
            description: 'Of what is stored as attribute or telemetry.',
            when: { type: ['ATTRIBUTE', 'TIME_SERIES'] },
          }),
        addToMetadata: z
          .boolean()
          .default(false)
          .meta({
            title: 'Also into the metadata',
            description: 'Of what is stored as attribute or telemetry.',
            when: { type: ['ATTRIBUTE', 'TIME_SERIES'] },
          }),
        attributeScope: scope.meta({ when: { type: ['ATTRIBUTE'] } }),
      })
      .meta({ title: 'Result', description: 'What becomes of the value.' }),
  }),
  defaults: {
    operation: 'CUSTOM',
    arguments: [{ name: 'x', type: 'MESSAGE_BODY', key: 'temperature', attributeScope: null, defaultValue: null }],
    customFunction: '(x - 32) / 1.8',
    result: {
      type: 'MESSAGE_BODY',
      key: 'temperatureCelsius',
      resultValuePrecision: 2,
      addToBody: false,
      addToMetadata: false,
      attributeScope: null,
    },
  },
  connections: ['Success'],
  upgrades: {},
})
