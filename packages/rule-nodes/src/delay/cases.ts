import type { NodeCase } from '../node-case.ts'

const byMessage = { useMetadataPeriodInSecondsPatterns: true, periodInSecondsPattern: `\${wait}` }

export const cases: NodeCase[] = [
  {
    title: 'sends messages on when their time has come',
    messages: [{ data: '{"temperature":1}' }, { data: '{"temperature":2}' }],
    leaves: [
      { by: 'Success', data: '{"temperature":1}' },
      { by: 'Success', data: '{"temperature":2}' },
    ],
  },
  {
    title: 'takes the period from the message',
    config: byMessage,
    messages: [{ metadata: { wait: '5' } }],
    leaves: [{ by: 'Success', metadata: { wait: '5' } }],
  },
  {
    title: 'fails a message whose period is no number',
    config: byMessage,
    messages: [{ metadata: { wait: 'soon' } }],
    leaves: [{ by: 'Failure', error: `The pattern \${wait} gives no number of seconds: soon` }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails what comes while it keeps as many as it may',
    config: { maxPendingMsgs: 1 },
    messages: [{ data: '1' }, { data: '2' }],
    leaves: [
      { by: 'Failure', error: 'Max limit of pending messages reached!', data: '2' },
      { by: 'Success', data: '1' },
    ],
    outcomes: ['finished', 'dead-lettered'],
  },
]
