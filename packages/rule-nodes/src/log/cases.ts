import type { NodeCase } from '../node-case.ts'
import { standardLogScript } from './manifest.ts'

export const cases: NodeCase[] = [
  {
    title: 'writes data and metadata and passes the message on',
    messages: [{ data: '{"a":1}', metadata: { deviceName: 'Hall' } }],
    leaves: [{ by: 'Success', data: '{"a":1}' }],
    logged: ['\nIncoming message:\n{"a":1}\nIncoming metadata:\n{"deviceName":"Hall"}'],
  },
  {
    title: 'uses JavaScript when no language is set',
    config: { scriptLang: null, tbelScript: 'return "mine";' },
    leaves: [{ by: 'Success' }],
  },
  {
    title: 'does not start with a script of your own yet',
    config: { scriptLang: 'JS', jsScript: 'return msg.temperature;', tbelScript: standardLogScript },
    refuses: 'A log script of your own needs the script runner, which is not available yet',
    leaves: [],
  },
  {
    title: 'does not start with a blank script',
    config: { scriptLang: 'TBEL', tbelScript: ' ' },
    refuses: 'TBEL script is blank!',
    leaves: [],
  },
]
