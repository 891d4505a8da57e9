import { attributeScopeSchema } from '@thingwire/contracts'
import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

export const deleteAttributes = defineNode({
  type: 'delete-attributes',
  className: 'org.thingsboard.rule.engine.telemetry.TbMsgDeleteAttributesNode',
  name: 'delete attributes',
  description: 'Deletes attributes of the originator by their names.',
  category: 'action',
  icon: 'tag-x',
  configVersion: 0,
  config: z.object({
    scope: attributeScopeSchema
      .nullish()
      .transform((scope) => scope ?? 'SERVER_SCOPE')
      .meta({
        title: 'Scope',
        description: 'Where they are when the metadata has no scope.',
        words: { CLIENT_SCOPE: 'Client', SHARED_SCOPE: 'Shared', SERVER_SCOPE: 'Server' },
      }),
    keys: z
      .array(z.string())
      .nullish()
      .transform((keys) => keys ?? [])
      .meta({
        title: 'Keys',
        description: 'Names of attributes.',
        isPattern: true,
        suggest: 'attribute-keys',
      }),
    sendAttributesDeletedNotification: z.boolean().default(false).meta({
      title: 'Send "Attributes Deleted"',
      description: 'Put a message about the deleted attributes on the queue.',
    }),
    notifyDevice: z.boolean().default(false).meta({
      title: 'Notify the device',
      description: 'Tell the device about deleted shared attributes, whatever the metadata says.',
    }),
  }),
  defaults: { scope: 'SERVER_SCOPE', keys: [], sendAttributesDeletedNotification: false, notifyDevice: false },
  connections: ['Success'],
  upgrades: {},
})
