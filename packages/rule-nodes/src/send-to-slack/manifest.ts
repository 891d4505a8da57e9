import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { flag, secret, text } from '../outbound/settings.ts'

const types = ['DIRECT', 'PUBLIC_CHANNEL', 'PRIVATE_CHANNEL'] as const

const optional = (title: string, description: string) => z.string().nullish().meta({ title, description })

export const sendToSlack = defineNode({
  type: 'send-to-slack',
  className: 'org.thingsboard.rule.engine.notification.TbSlackNode',
  name: 'send to slack',
  description: 'Writes a message to a channel or a person of a Slack workspace.',
  category: 'external',
  icon: 'hash',
  configVersion: 0,
  config: z.object({
    botToken: secret('Bot token', 'Token of the bot, xoxb-….').meta({ when: { useSystemSettings: [false] } }),
    useSystemSettings: flag('Bot of the platform', 'Write as the bot of the platform.'),
    messageTemplate: text('Message', 'What the message says.').meta({ isPattern: true, editor: 'lines' }),
    conversationType: z
      .enum(types)
      .nullish()
      .meta({ title: 'Kind of conversation', description: 'A person, or a public or private channel.' }),
    conversation: z
      .object({
        type: z.enum(types).nullish().meta({ title: 'Kind', description: 'As above.' }),
        id: text('Id', 'Id of the channel or person in Slack: C…, G… or U….'),
        name: optional('Name', 'For people.'),
        wholeName: optional('Whole name', 'For people.'),
        email: optional('Mail', 'For people.'),
      })
      .nullish()
      .meta({ title: 'Conversation', description: 'Where to write.' }),
  }),
  defaults: {
    botToken: 'xoxb-',
    useSystemSettings: true,
    messageTemplate: 'Device ${deviceId}: temperature is $[temperature]',
    conversationType: 'PUBLIC_CHANNEL',
    conversation: null,
  },
  connections: ['Success'],
  keepsCopies: true,
  upgrades: {},
})
