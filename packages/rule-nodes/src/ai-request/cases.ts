import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [
  {
    title: 'imports with everything that is set, and fails messages until there are models',
    config: {
      modelId: { entityType: 'AI_MODEL', id: '22222222-2222-4222-8222-222222222222' },
      userPrompt: 'Is $[temperature] too hot?',
      responseFormat: { type: 'JSON_SCHEMA', schema: { title: 'Answer', type: 'object' } },
      resourceIds: [],
    },
    leaves: [],
    refuses: '"AI request" needs AI models, which is not available yet',
  },
]
