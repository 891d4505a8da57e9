import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

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
  config: z.object({
    scriptLang: z
      .enum(['TBEL', 'JS'])
      .nullish()
      .meta({ title: 'Script language', description: 'Which of the two scripts is used; JavaScript when left open.' }),
    jsScript: z.string().nullish().meta({
      title: 'JavaScript',
      description: 'Body of a function of msg, metadata and msgType that returns the text.',
      editor: 'script',
    }),
    tbelScript: z.string().nullish().meta({ title: 'TBEL', description: 'The same in TBEL.', editor: 'script' }),
  }),
  defaults: { scriptLang: 'TBEL', jsScript: standardLogScript, tbelScript: standardLogScript },
  connections: ['Success'],
  upgrades: {},
})
