import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [
  {
    title: 'returns what it got with its standard script',
    messages: [{ data: '{"a":2.0}', metadata: { deviceName: 'Hall' }, type: 'ALARM' }],
    leaves: [{ by: 'Success', data: '{"a":2.0}', metadata: { deviceName: 'Hall' }, type: 'ALARM' }],
  },
  {
    title: 'changes data, metadata and type',
    config: {
      scriptLang: 'JS',
      jsScript: "metadata.n = 40.0; metadata.gone = null; return {msg: {t: msg.t * 2}, metadata, msgType: 'X'};",
    },
    messages: [{ data: '{"t":21}', metadata: { gone: 'x' } }],
    leaves: [{ by: 'Success', data: '{"t":42}', metadata: { n: '40' }, type: 'X' }],
  },
  {
    title: 'keeps what the script leaves out',
    config: { scriptLang: 'JS', jsScript: 'msg.t = 0; return {msgType: ""};' },
    messages: [{ data: '{"t":21}', metadata: { deviceName: 'Hall' }, type: 'ALARM' }],
    leaves: [{ by: 'Success', data: '{"t":21}', metadata: { deviceName: 'Hall' }, type: 'ALARM' }],
  },
  {
    title: 'writes numbers and lists in metadata as TBEL does',
    config: { tbelScript: 'metadata.n = 40.0; metadata.list = [1, 2.5]; return {metadata: metadata};' },
    leaves: [{ by: 'Success', metadata: { n: '40.0', list: '[1, 2.5]' } }],
  },
  {
    title: 'knows a null and a text for data',
    config: { scriptLang: 'JS', jsScript: 'return {msg: msg.v};' },
    messages: [{ data: '{"v":null}' }, { data: '{"v":"text"}' }],
    leaves: [
      { by: 'Success', data: 'null' },
      { by: 'Success', data: '"text"' },
    ],
  },
  {
    title: 'fails a message of which nothing is left',
    config: { scriptLang: 'JS', jsScript: 'return [];' },
    leaves: [{ by: 'Failure', error: 'Message or messages list are empty!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails messages whose script returns something else',
    config: { scriptLang: 'JS', jsScript: 'return msg;' },
    messages: [{ data: '5' }, { data: '{"metadata":{"a":{}}}' }],
    leaves: [
      { by: 'Failure', error: 'Wrong result type: NUMBER' },
      { by: 'Failure', error: 'Metadata value a is not a text' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered'],
  },
  {
    title: 'fails a message for which the script raises an error',
    config: { tbelScript: "raiseError('no such meter');" },
    leaves: [{ by: 'Failure', error: 'no such meter' }],
    outcomes: ['dead-lettered'],
  },
]
