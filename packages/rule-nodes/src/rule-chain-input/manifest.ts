import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

export const ruleChainInput = defineNode({
  type: 'rule-chain-input',
  className: 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode',
  name: 'rule chain',
  description: 'Sends messages through another rule chain; its output nodes lead back here.',
  category: 'flow',
  icon: 'workflow',
  configVersion: 1,
  config: z.object({
    ruleChainId: z
      .guid()
      .nullable()
      .default(null)
      .meta({ title: 'Rule chain', description: 'The chain that messages go through.', editor: 'rule-chain' }),
    forwardMsgToDefaultRuleChain: z.boolean().default(false).meta({
      title: "Prefer the profile's chain",
      description:
        'Devices and assets go to the default rule chain of their profile; the chain above serves the others.',
    }),
  }),
  defaults: { ruleChainId: null, forwardMsgToDefaultRuleChain: false },
  connections: 'custom',
  upgrades: { 0: (config) => ({ forwardMsgToDefaultRuleChain: false, ...config }) },
})
