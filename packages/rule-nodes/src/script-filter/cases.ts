import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [
  {
    title: 'compares a temperature with its standard script',
    messages: [{ data: '{"temperature":22}' }, { data: '{"temperature":20}' }, { data: '{}' }],
    leaves: [{ by: 'True', data: '{"temperature":22}' }, { by: 'False' }, { by: 'False' }],
  },
  {
    title: 'sees metadata and type',
    config: { scriptLang: 'JS', jsScript: "return metadata.deviceType === 'meter' && msgType === 'ALARM';" },
    messages: [
      { type: 'ALARM', metadata: { deviceType: 'meter' } },
      { type: 'ALARM', metadata: {} },
    ],
    leaves: [{ by: 'True' }, { by: 'False' }],
  },
  {
    title: 'uses JavaScript when no language is set',
    config: { scriptLang: null, jsScript: 'return true;', tbelScript: 'return false;' },
    leaves: [{ by: 'True' }],
  },
  {
    title: 'takes only true and false for an answer in JavaScript',
    config: { scriptLang: 'JS', jsScript: 'return msg;' },
    messages: [{ data: '1' }, { data: '"true"' }, { data: 'null' }, { data: 'true' }],
    leaves: [
      { by: 'Failure', error: 'Wrong result type: NUMBER' },
      { by: 'Failure', error: 'Wrong result type: STRING' },
      { by: 'Failure', error: 'Wrong result type: NULL' },
      { by: 'True' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered', 'dead-lettered', 'finished'],
  },
  {
    title: 'fails a message whose data is no JSON, and no other',
    messages: [{ data: 'plain' }, { data: '{"temperature":22}' }],
    leaves: [{ by: 'Failure', error: `invalid JSON: Unexpected token 'p', "plain" is not valid JSON` }, { by: 'True' }],
    outcomes: ['dead-lettered', 'finished'],
  },
  {
    title: 'does not start with a blank script',
    config: { scriptLang: 'JS', jsScript: ' ' },
    refuses: 'JS script is blank!',
    leaves: [],
  },
  {
    title: 'does not start with a script that cannot be read',
    config: { tbelScript: 'return msg. ;' },
    refuses: 'Line 1, column 13: unexpected ;, expected a name',
    leaves: [],
  },
]
