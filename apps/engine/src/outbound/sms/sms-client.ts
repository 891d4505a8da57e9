import { type SmsProvider, smsProviderSchema } from '@thingwire/contracts'
import type { Sending } from '@thingwire/rules'
import type { SystemDeps, SystemFactory } from '../system-client.ts'

export type SmsSender = {
  send(sending: Sending<'sms'>, signal: AbortSignal): Promise<void>
  close(deadlineMs: number): Promise<void>
}

const senderOf = async (provider: SmsProvider, deps: SystemDeps): Promise<SmsSender> => {
  if (provider.type === 'TWILIO') return (await import('./twilio.ts')).twilioSender(provider, deps)
  if (provider.type === 'SMPP') return (await import('./smpp.ts')).smppSender(provider, deps)
  return (await import('../aws/sns-client.ts')).snsSmsSender(provider, deps)
}

const names = { TWILIO: 'twilio', SMPP: 'smpp', AWS_SNS: 'aws sns' } as const

/** Text messages by the provider of the node, or by that of the platform, which may change at any time. */
export const smsClient: SystemFactory<'sms'> = ({ provider }, deps) => {
  let current: { settings: string; sender: Promise<SmsSender> } | null = null

  const ofPlatform = async (): Promise<SmsProvider> => {
    const stored = await deps.settings('sms')
    if (stored === undefined || stored === null) throw new Error('no SMS provider is set up for the platform')
    const parsed = smsProviderSchema.safeParse(stored)
    if (!parsed.success) throw new Error('the SMS settings of the platform are not complete')
    return parsed.data
  }

  const sender = async (): Promise<SmsSender> => {
    const chosen = provider ?? (await ofPlatform())
    const settings = JSON.stringify(chosen)
    if (current?.settings === settings) return current.sender
    const last = current
    current = { settings, sender: senderOf(chosen, deps) }
    void last?.sender.then((one) => one.close(deps.now() + deps.timeoutMs)).catch(() => {})
    return current.sender
  }

  return {
    where: () => {
      if (!provider) return 'SMS provider of the platform'
      return provider.type === 'SMPP' ? `smpp ${provider.host}:${provider.port}` : names[provider.type]
    },
    send: async (sending, signal) => {
      await (await sender()).send(sending, signal)
      return null
    },
    close: async (deadlineMs) => {
      await (await current?.sender.catch(() => null))?.close(deadlineMs)
    },
  }
}
