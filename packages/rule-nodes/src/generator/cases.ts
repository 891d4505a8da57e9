import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [
  { title: 'makes messages by itself; those that come to it end here', leaves: [] },
  {
    title: 'needs an originator that the tenant has',
    config: { originatorType: 'DEVICE', originatorId: '22222222-2222-4222-8222-22222222dead' },
    leaves: [],
    refuses: 'The tenant has no DEVICE with id 22222222-2222-4222-8222-22222222dead',
  },
  {
    title: 'needs the id of an originator',
    config: { originatorType: 'DEVICE', originatorId: null },
    leaves: [],
    refuses: 'Originator entity id must be specified',
  },
]
