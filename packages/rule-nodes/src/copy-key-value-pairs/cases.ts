import type { NodeCase } from '../node-case.ts'

const data = '{"temperature":21.0,"text":"on","list":[1,{"a":null}],"none":null,"big":12345678901234567890}'
const message = { data, metadata: { deviceName: 'T', ts: '1' } }

export const cases: NodeCase[] = [
  { title: 'copies nothing by default', messages: [message], leaves: [{ by: 'Success', ...message }] },
  {
    title: 'copies members into the metadata: text as it is, everything else as JSON',
    config: { keys: ['text', 'list', 'none', 'temperature', 'big'] },
    messages: [message],
    leaves: [
      {
        by: 'Success',
        data,
        metadata: {
          deviceName: 'T',
          ts: '1',
          text: 'on',
          list: '[1,{"a":null}]',
          none: 'null',
          temperature: '21.0',
          big: '12345678901234567890',
        },
      },
    ],
  },
  {
    title: 'copies metadata into the data, always as text, and leaves numbers there as they were written',
    config: { copyFrom: 'METADATA', keys: ['ts'] },
    messages: [{ data: '{"temperature":21.0}', metadata: { ts: '1' } }],
    leaves: [{ by: 'Success', data: '{"temperature":21.0,"ts":"1"}', metadata: { ts: '1' } }],
  },
  {
    title: 'overwrites what has the name already',
    config: { keys: ['ts'] },
    messages: [{ data: '{"ts":5}', metadata: { ts: '1' } }],
    leaves: [{ by: 'Success', metadata: { ts: '5' } }],
  },
  {
    title: 'takes keys for expressions that have to match from end to end',
    config: { keys: ['te.*', 'is'] },
    messages: [{ data: '{"temperature":1,"text":"a","list":[],"attempt":2}', metadata: {} }],
    leaves: [{ by: 'Success', metadata: { temperature: '1', text: 'a' } }],
  },
  {
    title: 'runs a catastrophic expression in linear time',
    config: { keys: ['(a+)+$'] },
    messages: [{ data: `{"${'a'.repeat(5_000)}!":1,"aaa":2}`, metadata: {} }],
    leaves: [{ by: 'Success', metadata: { aaa: '2' } }],
  },
  {
    title: 'lets data that is no object pass, whichever way it copies',
    config: { copyFrom: 'METADATA', keys: ['.*'] },
    messages: [{ data: '[]' }, { data: 'text' }, { data: '' }],
    leaves: [
      { by: 'Success', data: '[]' },
      { by: 'Success', data: 'text' },
      { by: 'Success', data: '' },
    ],
  },
  {
    title: 'does not start with an expression that is none',
    config: { keys: ['a('] },
    refuses: 'keys: "a(" is no regular expression that can be used: error parsing regexp: missing closing ): `a(`',
    leaves: [],
  },
  {
    title: 'does not start without a place',
    config: { copyFrom: null },
    refuses:
      'Invalid configuration of "copy key-value pairs": copyFrom: Invalid option: expected one of "DATA"|"METADATA"',
    leaves: [],
  },
]
