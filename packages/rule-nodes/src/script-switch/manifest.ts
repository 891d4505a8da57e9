import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { scriptSettings } from '../script-config.ts'

const standardScript = (equals: string) => `function nextRelation(metadata, msg) {
    return ['one','nine'];
}
if(msgType ${equals} 'POST_TELEMETRY_REQUEST') {
    return ['two'];
}
return nextRelation(metadata, msg);`

export const scriptSwitch = defineNode({
  type: 'script-switch',
  className: 'org.thingsboard.rule.engine.filter.TbJsSwitchNode',
  name: 'switch',
  description: 'Sends messages along the connections that a script names.',
  category: 'filter',
  icon: 'split',
  configVersion: 0,
  config: z.object(scriptSettings('the name of a connection, or an array of names')),
  defaults: { scriptLang: 'TBEL', jsScript: standardScript('==='), tbelScript: standardScript('==') },
  connections: 'custom',
  upgrades: {},
})
