import { AppError, type TwoFaProviderConfig } from '@thingwire/contracts'
import type { MailService } from '../../mail/mail-service.ts'
import { verificationCodeMail } from '../../mail/mail-templates.ts'
import type { SentCodes } from './sent-codes.ts'

/** Sends a code to an address of one of the providers that send codes. */
export type CodeDelivery = (
  userId: string,
  provider: Extract<TwoFaProviderConfig, { providerType: 'SMS' | 'EMAIL' }>,
  options: { contact: string; pauseSeconds: number },
) => Promise<void>

export const createCodeDelivery =
  (deps: { sentCodes: SentCodes; mail: Pick<MailService, 'send'> }): CodeDelivery =>
  async (userId, { providerType, verificationCodeLifetime }, { contact, pauseSeconds }) => {
    // There is no gateway to hand a text message to; saying so beats waiting for a message that never comes.
    if (providerType === 'SMS') throw new AppError('ARGUMENT_INVALID', 'SMS cannot be sent: no SMS provider is set up')
    await deps.sentCodes.send({ userId, provider: providerType }, contact, {
      lifetimeSeconds: verificationCodeLifetime,
      pauseSeconds,
      deliver: (code) =>
        deps.mail.send(verificationCodeMail({ to: contact, code, ttlMs: verificationCodeLifetime * 1_000 })),
    })
  }
