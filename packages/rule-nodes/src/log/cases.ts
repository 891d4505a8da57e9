import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [
  {
    title: 'writes data and metadata and passes the message on',
    messages: [{ data: '{"a":1}', metadata: { deviceName: 'Hall' } }],
    leaves: [{ by: 'Success', data: '{"a":1}' }],
    logged: ['\nIncoming message:\n{"a":1}\nIncoming metadata:\n{"deviceName":"Hall"}'],
  },
  {
    title: 'uses JavaScript when no language is set',
    config: { scriptLang: null, jsScript: 'return "mine";', tbelScript: 'return "other";' },
    leaves: [{ by: 'Success' }],
    logged: ['mine'],
  },
  {
    title: 'writes the text of a script of your own',
    config: { scriptLang: 'TBEL', tbelScript: "return 'at ' + msg.t;" },
    messages: [{ data: '{"t":1.5}' }],
    leaves: [{ by: 'Success', data: '{"t":1.5}' }],
    logged: ['at 1.5'],
  },
  {
    title: 'writes what is no text as JSON in TBEL, and fails it in JavaScript',
    config: { scriptLang: 'TBEL', tbelScript: 'return msg;' },
    messages: [{ data: '{"t":2.0}' }],
    leaves: [{ by: 'Success' }],
    logged: ['{"t":2.0}'],
  },
  {
    title: 'fails a message whose script returns no text in JavaScript',
    config: { scriptLang: 'JS', jsScript: 'return msg.t;' },
    messages: [{ data: '{"t":2}' }],
    leaves: [{ by: 'Failure', error: 'Wrong result type: NUMBER' }],
    outcomes: ['dead-lettered'],
    logged: [],
  },
  {
    title: 'does not start with a blank script',
    config: { scriptLang: 'TBEL', tbelScript: ' ' },
    refuses: 'TBEL script is blank!',
    leaves: [],
  },
]
