import { smsProviderSchema } from '@thingwire/contracts'
import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { flag, text } from '../outbound/settings.ts'

const unfinished = z.looseObject({
  type: z.string().nullish().meta({ title: 'Provider', description: 'Not complete yet.' }),
})

export const sendSms = defineNode({
  type: 'send-sms',
  className: 'org.thingsboard.rule.engine.sms.TbSendSmsNode',
  name: 'send sms',
  description: 'Sends a text message to one or several phone numbers.',
  category: 'external',
  icon: 'message-square',
  configVersion: 0,
  config: z.object({
    numbersToTemplate: text('Numbers', 'Phone numbers, comma-separated.').meta({
      isPattern: true,
    }),
    smsMessageTemplate: text('Text', 'What the message says.').meta({ isPattern: true, editor: 'lines' }),
    useSystemSmsSettings: flag('Provider of the platform', 'Send through the SMS provider of the platform.'),
    // What stands there while the platform's provider is used may be half of one.
    smsProviderConfiguration: smsProviderSchema
      .or(unfinished)
      .nullish()
      .meta({
        title: 'Provider',
        description: 'Twilio, AWS SNS, or a message centre by SMPP.',
        when: { useSystemSmsSettings: [false] },
      }),
  }),
  defaults: {
    numbersToTemplate: '${userPhone}',
    smsMessageTemplate: 'Device ${deviceName} has high temperature ${temp}',
    useSystemSmsSettings: true,
    smsProviderConfiguration: null,
  },
  connections: ['Success'],
  keepsCopies: true,
  upgrades: {},
})
