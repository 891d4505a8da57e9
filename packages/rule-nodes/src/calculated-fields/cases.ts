import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [
  {
    title: 'waits for calculated fields',
    leaves: [],
    refuses: '"calculated fields and alarm rules" needs calculated fields, which is not available yet',
  },
]
