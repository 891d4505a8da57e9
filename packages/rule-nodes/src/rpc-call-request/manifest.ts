import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

export const rpcCallRequest = defineNode({
  type: 'rpc-call-request',
  className: 'org.thingsboard.rule.engine.rpc.TbSendRPCRequestNode',
  name: 'rpc call request',
  description: 'Sends a command to the device that the message is about and goes on with its answer.',
  category: 'action',
  icon: 'send',
  configVersion: 0,
  config: z.object({
    timeoutInSeconds: z
      .number()
      .int()
      .min(0)
      .default(0)
      .meta({ title: 'Timeout, s', description: 'How long to wait for the answer when the message does not say.' }),
  }),
  defaults: { timeoutInSeconds: 60 },
  connections: ['Success'],
  upgrades: {},
  answersLater: true,
  keepsCopies: true,
})
