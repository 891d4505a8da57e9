import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [
  {
    title: 'waits for device RPC',
    refuses: '"rpc call request" needs device RPC, which is not available yet',
    leaves: [],
  },
]
