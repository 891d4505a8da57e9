import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [
  {
    title: 'follows its standard script',
    messages: [{ type: 'POST_TELEMETRY_REQUEST' }],
    leaves: [{ by: 'two' }],
  },
  {
    title: 'takes one name for a list of one',
    config: { scriptLang: 'JS', jsScript: 'return msg.place;' },
    messages: [{ data: '{"place":"hall"}' }, { data: '{"place":"yard"}' }],
    leaves: [{ by: 'hall' }, { by: 'yard' }],
  },
  {
    title: 'takes each connection once, however often it is named',
    config: { scriptLang: 'TBEL', tbelScript: "return ['one', 'one'];" },
    leaves: [{ by: 'one' }],
  },
  {
    title: 'ends a message for which no connection is named',
    config: { scriptLang: 'JS', jsScript: 'return [];' },
    leaves: [],
  },
  {
    title: 'fails a message for which something that is no name is returned',
    config: { scriptLang: 'JS', jsScript: "return ['one', 2];" },
    leaves: [{ by: 'Failure', error: 'Wrong result type: NUMBER' }],
    outcomes: ['dead-lettered'],
  },
]
