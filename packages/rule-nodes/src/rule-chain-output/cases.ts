import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [{ title: 'finishes a message that no chain is waiting for', leaves: [] }]
