import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { scriptSettings } from '../script-config.ts'

/** What ThingsBoard puts into a new log node; with it no script has to run. */
export const standardLogScript =
  "return '\\nIncoming message:\\n' + JSON.stringify(msg) + '\\nIncoming metadata:\\n' + JSON.stringify(metadata);"

export const log = defineNode({
  type: 'log',
  className: 'org.thingsboard.rule.engine.action.TbLogNode',
  name: 'log',
  description: 'Writes messages to the log of the engine.',
  category: 'action',
  icon: 'scroll-text',
  configVersion: 0,
  config: z.object(scriptSettings('the text')),
  defaults: { scriptLang: 'TBEL', jsScript: standardLogScript, tbelScript: standardLogScript },
  connections: ['Success'],
  upgrades: {},
})
