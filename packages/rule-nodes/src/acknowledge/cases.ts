import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [
  { title: 'passes the same message on', leaves: [{ by: 'Success', data: '{"temperature":21.5}' }] },
]
