import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

const template = (title: string, description: string) =>
  z.string().nullish().meta({ title, description, isPattern: true })

export const toEmail = defineNode({
  type: 'to-email',
  className: 'org.thingsboard.rule.engine.mail.TbMsgToEmailNode',
  name: 'to email',
  description: 'Writes an e-mail about the message, for a send email node behind it.',
  category: 'transformation',
  icon: 'mail-plus',
  configVersion: 0,
  config: z.object({
    fromTemplate: template('From', 'Address of the sender.'),
    toTemplate: template('To', 'Addresses, separated by commas.'),
    ccTemplate: template('Cc', 'Addresses that get a copy.'),
    bccTemplate: template('Bcc', 'Addresses that get a copy without the others knowing.'),
    subjectTemplate: template('Subject', 'Subject of the e-mail.'),
    bodyTemplate: template('Body', 'Text of the e-mail.').meta({ editor: 'lines' }),
    mailBodyType: z
      .string()
      .nullish()
      .meta({
        title: 'Kind of body',
        description: 'How the text is read.',
        editor: 'choice',
        suggest: ['false', 'true', 'dynamic'],
        words: { false: 'Plain text', true: 'HTML', dynamic: 'As a template says' },
      }),
    isHtmlTemplate: template('Body is HTML', 'For a dynamic body: HTML when it comes to "true".').meta({
      when: { mailBodyType: ['dynamic'] },
    }),
  }),
  defaults: {
    fromTemplate: 'info@testmail.org',
    toTemplate: '${userEmail}',
    ccTemplate: null,
    bccTemplate: null,
    subjectTemplate: 'Device ${deviceType} temperature high',
    bodyTemplate: 'Device ${deviceName} has high temperature $[temperature]',
    mailBodyType: 'false',
    isHtmlTemplate: null,
  },
  connections: ['Success'],
  upgrades: {},
})
