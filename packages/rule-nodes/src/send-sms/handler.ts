import { type SmsProvider, smsProviderSchema } from '@thingwire/contracts'
import { defineHandler } from '@thingwire/rules'
import { externalNode, filled, success, unfit } from '../outbound/external-node.ts'
import { sendSms } from './manifest.ts'

export const sendSmsHandler = defineHandler(sendSms, (config, context) => {
  const own = config.useSystemSmsSettings ? null : providerOf(config.smsProviderConfiguration)
  const client = context.ports.outbound.open(
    'sms',
    { provider: own },
    { nodeName: context.nodeName, suspended: context.suspended },
  )
  return externalNode(context, {
    client,
    request: (message) => {
      // Numbers are taken as they stand between the commas (as ThingsBoard).
      const numbers = filled(config.numbersToTemplate, message).split(',')
      const text = filled(config.smsMessageTemplate, message)
      return numbers.map((number) => ({ number, text }))
    },
    answered: success,
  })
})

const providerOf = (configuration: unknown): SmsProvider => {
  if (configuration === null || configuration === undefined)
    throw unfit('smsProviderConfiguration: the node has no provider of its own')
  const parsed = smsProviderSchema.safeParse(configuration)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw unfit(`smsProviderConfiguration.${issue?.path.join('.')}: ${issue?.message}`)
}
