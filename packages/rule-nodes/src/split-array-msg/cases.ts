import type { NodeCase } from '../node-case.ts'

const metadata = { deviceName: 'T', ts: '1' }

export const cases: NodeCase[] = [
  {
    title: 'sends the item of a list of one on in the message itself',
    messages: [{ data: '[{"a":1.0}]', metadata }],
    leaves: [{ by: 'Success', data: '{"a":1.0}', metadata }],
  },
  {
    title: 'ends the message at an empty list',
    messages: [{ data: '[]' }],
    leaves: [],
  },
  {
    title: 'takes items of any kind, exactly as they are written',
    messages: [{ data: '["text"]' }, { data: '[null]' }, { data: '[12345678901234567890]' }, { data: '[[1,2]]' }],
    leaves: [
      { by: 'Success', data: '"text"' },
      { by: 'Success', data: 'null' },
      { by: 'Success', data: '12345678901234567890' },
      { by: 'Success', data: '[1,2]' },
    ],
  },
  {
    title: 'keeps the type of the message',
    messages: [{ type: 'MY_TYPE', data: '[1]' }],
    leaves: [{ by: 'Success', type: 'MY_TYPE', data: '1' }],
  },
  {
    title: 'fails for an object',
    messages: [{ data: '{"a":[1]}' }],
    leaves: [{ by: 'Failure', error: 'Msg data is not a JSON Array!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails for a text that is no JSON, and for none',
    messages: [{ data: '[1' }, { data: '' }],
    leaves: [
      { by: 'Failure', error: 'Msg data is not a JSON Array!' },
      { by: 'Failure', error: 'Msg data is not a JSON Array!' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered'],
  },
  {
    title: 'fails one message of a batch alone',
    messages: [{ data: '[1]' }, { data: '1' }, { data: '[2]' }],
    leaves: [{ by: 'Success' }, { by: 'Failure', error: 'Msg data is not a JSON Array!' }, { by: 'Success' }],
    outcomes: ['finished', 'dead-lettered', 'finished'],
  },
]
