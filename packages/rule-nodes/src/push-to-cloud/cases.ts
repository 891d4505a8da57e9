import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [
  {
    title: 'waits for edge management',
    leaves: [],
    refuses: '"push to cloud" needs edge management, which is not available yet',
  },
  {
    title: 'takes settings without a scope',
    config: { scope: null },
    leaves: [],
    refuses: '"push to cloud" needs edge management, which is not available yet',
  },
]
