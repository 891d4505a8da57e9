import type { NodeCase } from '../node-case.ts'

const data = '{"temperature":21.0,"humidity":5,"secret":"x"}'
const message = { data, metadata: { deviceName: 'T', ts: '1' } }

export const cases: NodeCase[] = [
  { title: 'deletes nothing by default', messages: [message], leaves: [{ by: 'Success', ...message }] },
  {
    title: 'takes members out of the data and leaves the others as they were written',
    config: { keys: ['secret', 'humidity', 'missing'] },
    messages: [message],
    leaves: [{ by: 'Success', data: '{"temperature":21.0}', metadata: { deviceName: 'T', ts: '1' } }],
  },
  {
    title: 'leaves a text unchanged of which nothing is taken',
    config: { keys: ['missing'] },
    messages: [{ data: '{ "a" : 1 }' }],
    leaves: [{ by: 'Success', data: '{ "a" : 1 }' }],
  },
  {
    title: 'takes keys out of the metadata, whatever the data is',
    config: { deleteFrom: 'METADATA', keys: ['device.*'] },
    messages: [{ data: 'text', metadata: { deviceName: 'T', ts: '1' } }],
    leaves: [{ by: 'Success', data: 'text' }],
  },
  {
    title: 'takes keys for expressions that have to match from end to end',
    config: { keys: ['temp', '.*ity'] },
    messages: [message],
    leaves: [{ by: 'Success', data: '{"temperature":21.0,"secret":"x"}' }],
  },
  {
    title: 'leaves nested members alone',
    config: { keys: ['a', 'b'] },
    messages: [{ data: '{"c":{"a":1},"a":2}' }],
    leaves: [{ by: 'Success', data: '{"c":{"a":1}}' }],
  },
  {
    title: 'lets data that is no object pass',
    config: { keys: ['.*'] },
    messages: [{ data: '[{"a":1}]' }, { data: 'text' }, { data: '5.0' }],
    leaves: [
      { by: 'Success', data: '[{"a":1}]' },
      { by: 'Success', data: 'text' },
      { by: 'Success', data: '5.0' },
    ],
  },
  {
    title: 'deletes a member called __proto__ like any other',
    config: { keys: ['__proto__'] },
    messages: [{ data: '{"__proto__":{"a":1},"b":2}' }],
    leaves: [{ by: 'Success', data: '{"b":2}' }],
  },
  {
    title: 'does not start with an expression that looks ahead',
    config: { keys: ['a(?!b)'] },
    refuses:
      'keys: "a(?!b)" is no regular expression that can be used: error parsing regexp: invalid or unsupported Perl syntax: `(?!`',
    leaves: [],
  },
]
