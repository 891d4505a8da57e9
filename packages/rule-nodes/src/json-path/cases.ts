import type { NodeCase } from '../node-case.ts'

const data = '{"name":"Hall","readings":[{"v":20.0,"k":"a"},{"v":25.5,"k":"b"}],"count":12345678901234567890}'
const message = { data, metadata: { a: 'b' } }

export const cases: NodeCase[] = [
  {
    title: 'lets everything pass as it is dropped, also what is no JSON',
    messages: [message, { data: 'text' }, { data: '' }],
    leaves: [
      { by: 'Success', data },
      { by: 'Success', data: 'text' },
      { by: 'Success', data: '' },
    ],
  },
  {
    title: 'makes what it finds the data, and leaves the metadata alone',
    config: { jsonPath: '$.readings[0]' },
    messages: [message],
    leaves: [{ by: 'Success', data: '{"v":20.0,"k":"a"}', metadata: { a: 'b' } }],
  },
  {
    title: 'writes a text as JSON, with its quotes',
    config: { jsonPath: '$.name' },
    messages: [message],
    leaves: [{ by: 'Success', data: '"Hall"' }],
  },
  {
    title: 'keeps numbers as they were written',
    config: { jsonPath: '$.count' },
    messages: [message],
    leaves: [{ by: 'Success', data: '12345678901234567890' }],
  },
  {
    title: 'makes a list of what an indefinite path finds',
    config: { jsonPath: '$.readings[?(@.v > 21)].k' },
    messages: [message],
    leaves: [{ by: 'Success', data: '["b"]' }],
  },
  {
    title: 'makes an empty list when it finds nothing',
    config: { jsonPath: '$.readings[?(@.v > 100)]' },
    messages: [message, { data: '{"readings":[]}' }],
    leaves: [
      { by: 'Success', data: '[]' },
      { by: 'Success', data: '[]' },
    ],
  },
  {
    title: 'counts',
    config: { jsonPath: '$.readings.length()' },
    messages: [message],
    leaves: [{ by: 'Success', data: '2' }],
  },
  {
    title: 'reckons',
    config: { jsonPath: '$.readings[*].v.avg()' },
    messages: [message],
    leaves: [{ by: 'Success', data: '22.75' }],
  },
  {
    title: 'fails when a definite path leads nowhere',
    config: { jsonPath: '$.missing.a' },
    messages: [message],
    leaves: [{ by: 'Failure', data, error: 'Member "missing" was asked for; there is no such place in the data' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails for data that is no JSON, when it has to look into it',
    config: { jsonPath: '$.a' },
    messages: [{ data: 'text' }],
    leaves: [{ by: 'Failure', error: 'The data is no JSON' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'does not start with a path that is none',
    config: { jsonPath: '$.a[' },
    refuses: 'jsonPath: "$.a[": unexpected its end at character 5',
    leaves: [],
  },
  {
    title: 'does not start without a path',
    config: { jsonPath: null },
    refuses: 'jsonPath: "": it is empty',
    leaves: [],
  },
]
