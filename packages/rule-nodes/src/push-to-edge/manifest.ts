import { attributeScopeSchema } from '@thingwire/contracts'
import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

export const pushToEdge = defineNode({
  type: 'push-to-edge',
  className: 'org.thingsboard.rule.engine.edge.TbMsgPushToEdgeNode',
  name: 'push to edge',
  description: 'Hands messages to the edges that the originator is assigned to.',
  category: 'action',
  icon: 'cloud-download',
  configVersion: 0,
  config: z.object({
    scope: attributeScopeSchema
      .nullish()
      .transform((scope) => scope ?? 'SERVER_SCOPE')
      .meta({
        title: 'Scope',
        description: 'Of attributes whose message names none.',
        words: { CLIENT_SCOPE: 'Client', SHARED_SCOPE: 'Shared', SERVER_SCOPE: 'Server' },
      }),
  }),
  defaults: { scope: 'SERVER_SCOPE' },
  connections: ['Success'],
  upgrades: {},
  needs: 'edge management',
})
