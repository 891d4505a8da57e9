import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { scriptSettings } from '../script-config.ts'

const standardScript = 'return {msg: msg, metadata: metadata, msgType: msgType};'

export const scriptTransformation = defineNode({
  type: 'script-transformation',
  className: 'org.thingsboard.rule.engine.transform.TbTransformMsgNode',
  name: 'transformation script',
  description: 'Changes messages by a script, or makes several of one.',
  category: 'transformation',
  icon: 'square-function',
  configVersion: 0,
  config: z.object(scriptSettings('an object of msg, metadata and msgType, or an array of these')),
  defaults: { scriptLang: 'TBEL', jsScript: standardScript, tbelScript: standardScript },
  connections: ['Success'],
  upgrades: {},
})
