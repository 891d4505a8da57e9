import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [{ title: 'counts messages, which end here', messages: [{}, {}, {}], leaves: [] }]
