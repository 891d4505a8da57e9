import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [
  {
    title: 'sends messages on through its queue',
    messages: [{ data: '{"temperature":1}' }, { data: '{"temperature":2}' }],
    leaves: [
      { by: 'Success', data: '{"temperature":1}' },
      { by: 'Success', data: '{"temperature":2}' },
    ],
  },
]
