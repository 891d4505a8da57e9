import { uuidSchema } from '@thingwire/contracts'
import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

const idSchema = z.object({
  entityType: z.literal('NOTIFICATION_TEMPLATE').meta({ title: 'Kind', description: 'Always a template.' }),
  id: uuidSchema.meta({ title: 'Id', description: 'Id of the template.' }),
})

export const sendNotification = defineNode({
  type: 'send-notification',
  className: 'org.thingsboard.rule.engine.notification.TbNotificationNode',
  name: 'send notification',
  description: 'Notifies people by the template and to the recipients that are set.',
  category: 'external',
  icon: 'bell',
  needs: 'the notification centre',
  configVersion: 0,
  config: z.object({
    targets: z.array(uuidSchema).nullish().meta({ title: 'Recipients', description: 'Groups of recipients, by id.' }),
    templateId: idSchema.nullish().meta({ title: 'Template', description: 'What the notification says.' }),
  }),
  defaults: { targets: null, templateId: null },
  connections: ['Success'],
  upgrades: {},
})
