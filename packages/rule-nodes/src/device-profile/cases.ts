import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [
  {
    title: 'passes messages of every type on unchanged',
    messages: [{ type: 'POST_TELEMETRY_REQUEST' }, { type: 'ENTITY_UPDATED', data: '{"name":"x"}' }],
    leaves: [{ by: 'Success' }, { by: 'Success', data: '{"name":"x"}' }],
  },
]
