import { attributeScopeSchema } from '@thingwire/contracts'
import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { action, processingWords, settingsSchema } from '../saving/settings.ts'

/** Exports of old versions write flags as text, or leave them out. */
const flag = (value: unknown, otherwise: boolean): boolean =>
  value === true || value === 'true' || (otherwise && value !== false && value !== 'false')

export const saveAttributes = defineNode({
  type: 'save-attributes',
  className: 'org.thingsboard.rule.engine.telemetry.TbMsgAttributesNode',
  name: 'save attributes',
  description: 'Stores attributes of the originator in the client, shared or server scope.',
  category: 'action',
  icon: 'tags',
  configVersion: 3,
  config: z.object({
    processingSettings: settingsSchema({
      attributes: action('Attributes', 'When the attributes are stored.'),
      webSockets: action('Live updates', 'When dashboards are told.'),
      calculatedFields: action('Calculated fields', 'When calculated fields are told.'),
    })
      .default({ type: 'ON_EVERY_MESSAGE' })
      .meta({
        title: 'Processing',
        description: 'What happens with a message: store it, show it live, or only sometimes.',
        words: processingWords,
      }),
    scope: attributeScopeSchema.default('SERVER_SCOPE').meta({
      title: 'Scope',
      description: 'Where the attributes go when the metadata has no scope.',
      words: { CLIENT_SCOPE: 'Client', SHARED_SCOPE: 'Shared', SERVER_SCOPE: 'Server' },
    }),
    notifyDevice: z.boolean().default(false).meta({
      title: 'Notify the device',
      description: 'Tell the device about changed shared attributes, whatever the metadata says.',
    }),
    sendAttributesUpdatedNotification: z.boolean().default(false).meta({
      title: 'Send "Attributes Updated"',
      description: 'Put a message about stored server or shared attributes on the queue.',
    }),
    updateAttributesOnlyOnValueChange: z.boolean().default(false).meta({
      title: 'Only when a value changes',
      description: 'Leave attributes alone whose stored value and type are the same.',
    }),
  }),
  defaults: {
    processingSettings: { type: 'ON_EVERY_MESSAGE' },
    scope: 'SERVER_SCOPE',
    notifyDevice: false,
    sendAttributesUpdatedNotification: false,
    updateAttributesOnlyOnValueChange: true,
  },
  connections: ['Success'],
  upgrades: {
    0: (config) => ({ updateAttributesOnlyOnValueChange: false, ...config }),
    1: (config) => ({
      ...config,
      notifyDevice: flag(config.notifyDevice, true),
      sendAttributesUpdatedNotification: flag(config.sendAttributesUpdatedNotification, false),
      updateAttributesOnlyOnValueChange: flag(config.updateAttributesOnlyOnValueChange, true),
    }),
    2: (config) => ({ ...config, processingSettings: config.processingSettings ?? { type: 'ON_EVERY_MESSAGE' } }),
  },
})
