import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { scriptSettings } from '../script-config.ts'

const standardScript = 'return msg.temperature > 20;'

export const scriptFilter = defineNode({
  type: 'script-filter',
  className: 'org.thingsboard.rule.engine.filter.TbJsFilterNode',
  name: 'script',
  description: 'Tells messages apart by a script that says yes or no.',
  category: 'filter',
  icon: 'code',
  configVersion: 0,
  config: z.object(scriptSettings('true or false')),
  defaults: { scriptLang: 'TBEL', jsScript: standardScript, tbelScript: standardScript },
  connections: ['True', 'False'],
  upgrades: {},
})
