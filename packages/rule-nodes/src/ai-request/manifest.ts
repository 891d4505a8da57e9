import { uuidSchema } from '@thingwire/contracts'
import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

const mostChars = 500_000

const modelSchema = z.object({
  entityType: z.literal('AI_MODEL').meta({ title: 'Kind', description: 'Always a model.' }),
  id: uuidSchema.meta({ title: 'Id', description: 'Id of the model.' }),
})

const formatSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('TEXT') }),
  z.object({ type: z.literal('JSON') }),
  z.object({
    type: z.literal('JSON_SCHEMA'),
    schema: z
      .record(z.string(), z.unknown())
      .meta({ title: 'Schema', description: 'JSON schema that the answer follows; it needs a title.' }),
  }),
])

export const aiRequest = defineNode({
  type: 'ai-request',
  className: 'org.thingsboard.rule.engine.ai.TbAiNode',
  name: 'AI request',
  description: 'Asks a language model about each message and goes on with its answer.',
  category: 'external',
  icon: 'sparkles',
  needs: 'AI models',
  configVersion: 0,
  config: z.object({
    modelId: modelSchema.nullish().meta({ title: 'Model', description: 'The model that is asked.' }),
    systemPrompt: z.string().max(mostChars).nullish().meta({
      title: 'System prompt',
      description: 'What the model is told about its task.',
      isPattern: true,
      editor: 'lines',
    }),
    userPrompt: z
      .string()
      .max(mostChars)
      .nullish()
      .meta({ title: 'Prompt', description: 'What it is asked.', isPattern: true, editor: 'lines' }),
    resourceIds: z
      .array(uuidSchema)
      .nullish()
      .meta({ title: 'Resources', description: 'Texts, pictures and PDF files that go with the prompt.' }),
    responseFormat: formatSchema.nullish().meta({ title: 'Answer', description: 'What form the answer has.' }),
    timeoutSeconds: z
      .number()
      .int()
      .min(1)
      .max(600)
      .nullish()
      .meta({ title: 'Timeout, s', description: 'How long the model may take.' }),
    forceAck: z
      .boolean()
      .nullish()
      .meta({ title: 'Acknowledge first', description: 'The message is acknowledged before the model is asked.' }),
  }),
  defaults: {
    modelId: null,
    systemPrompt:
      'You assist an industrial IoT platform. Answer from the data that you are given, briefly and exactly; say so when it is not enough.',
    userPrompt: null,
    resourceIds: null,
    responseFormat: { type: 'JSON' },
    timeoutSeconds: 60,
    forceAck: true,
  },
  connections: ['Success'],
  upgrades: {},
})
