import { attributeScopeSchema } from '@thingwire/contracts'
import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

export const pushToCloud = defineNode({
  type: 'push-to-cloud',
  className: 'org.thingsboard.rule.engine.edge.TbMsgPushToCloudNode',
  name: 'push to cloud',
  description: 'Hands messages of an edge to the server that the edge belongs to.',
  category: 'action',
  icon: 'cloud-upload',
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
