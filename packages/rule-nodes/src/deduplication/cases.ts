import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [
  {
    title: 'keeps messages until their interval is over',
    messages: [{ data: '{"temperature":1}' }, { data: '{"temperature":2}' }],
    leaves: [],
    outcomes: ['finished', 'finished'],
  },
  {
    title: 'fails what comes while it keeps as many as it may',
    config: { maxPendingMsgs: 1 },
    messages: [{ data: '1' }, { data: '2' }],
    leaves: [{ by: 'Failure', error: 'Max limit of pending messages reached!', data: '2' }],
    outcomes: ['finished', 'dead-lettered'],
  },
  {
    title: 'needs a type for the message that holds all',
    config: { strategy: 'ALL', outMsgType: null },
    leaves: [],
    refuses: 'With the strategy ALL a message type is needed',
  },
]
