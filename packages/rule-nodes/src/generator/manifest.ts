import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { scriptSettings } from '../script-config.ts'

const originatorTypes = [
  'RULE_NODE',
  'DEVICE',
  'ASSET',
  'ENTITY_VIEW',
  'TENANT',
  'CUSTOMER',
  'USER',
  'DASHBOARD',
  'EDGE',
] as const

const standardScript = `var msg = { temp: 42, humidity: 77 };
var metadata = { data: 40 };
var msgType = "POST_TELEMETRY_REQUEST";

return { msg: msg, metadata: metadata, msgType: msgType };`

export const generator = defineNode({
  type: 'generator',
  className: 'org.thingsboard.rule.engine.debug.TbMsgGeneratorNode',
  name: 'generator',
  description: 'Makes messages by a script, at an interval.',
  category: 'action',
  icon: 'repeat',
  configVersion: 2,
  config: z.object({
    msgCount: z.number().int().min(0).default(0).meta({ title: 'Messages', description: 'How many; 0 is no limit.' }),
    periodInSeconds: z
      .number()
      .int()
      .min(1)
      .meta({ title: 'Period', description: 'Seconds between two messages.', suffix: 's' }),
    originatorType: z.enum(originatorTypes).meta({
      title: 'Originator type',
      description: 'Whose messages they are.',
      words: { RULE_NODE: 'This node' },
    }),
    originatorId: z
      .guid()
      .nullish()
      .meta({
        title: 'Originator',
        description: 'Whose messages they are.',
        editor: 'entity',
        typeFrom: 'originatorType',
        when: { originatorType: ['DEVICE', 'ASSET', 'ENTITY_VIEW', 'CUSTOMER', 'USER', 'DASHBOARD', 'EDGE'] },
      }),
    ...scriptSettings('an object of msg, metadata and msgType', 'prevMsg, prevMetadata and prevMsgType'),
  }),
  defaults: {
    msgCount: 0,
    periodInSeconds: 1,
    originatorId: null,
    originatorType: 'RULE_NODE',
    scriptLang: 'TBEL',
    jsScript: standardScript,
    tbelScript: standardScript,
  },
  connections: ['Success'],
  upgrades: {
    // The name of the queue left the configuration, which happens to every node that has one.
    0: (config) => config,
    1: (config) =>
      config.originatorType && typeof config.originatorId === 'string' && config.originatorId.trim() !== ''
        ? config
        : { ...config, originatorType: 'RULE_NODE', originatorId: null },
  },
  answersLater: true,
  worksAlone: true,
  hasQueueName: true,
  hasInput: false,
})
