import { AppError, mailSettingsSchema, type MailSettings } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { errorFields, type Logger } from '../observability/logger.ts'
import { createMailbox, type KeptMail } from './mailbox.ts'
import { type Mail, sendBySmtp } from './smtp.ts'

export type MailService = {
  /**
   * Sends with the settings of the system. Where none are set up the mail goes to the log and the mailbox, and in
   * production nowhere. Throws MAIL_NOT_SENT (400) when it did not leave.
   */
  send(mail: Mail): Promise<void>
  /** Sends with settings that are only being tried; their error says what the mail server said. */
  sendWith(settings: MailSettings, mail: Mail): Promise<void>
  isConfigured(): Promise<boolean>
  /** Mails kept in this process, newest first; always empty in production. */
  kept(): readonly KeptMail[]
}

/** The one way out for mails of the platform. Reads its settings (key `mail`) with every mail. */
export const createMailService = (deps: {
  settings: Pick<Database['settings'], 'get'>
  config: { NODE_ENV: string }
  logger: Logger
  now: () => number
}): MailService => {
  const { logger } = deps
  const isProduction = deps.config.NODE_ENV === 'production'
  const mailbox = createMailbox()

  const readSettings = async (): Promise<MailSettings | null> => {
    const stored = await deps.settings.get('mail')
    if (stored === undefined || stored === null) return null
    const parsed = mailSettingsSchema.safeParse(stored)
    if (!parsed.success) throw new AppError('MAIL_NOT_SENT', 'Unable to send mail: the mail settings are not complete')
    return parsed.data
  }

  const keep = (mail: Mail): void => {
    if (isProduction)
      throw new AppError('MAIL_NOT_SENT', 'Unable to send mail: no mail server is set up. Ask the system administrator')
    const { number } = mailbox.keep(mail, deps.now())
    logger.info(
      { number, to: mail.to, subject: mail.subject, text: mail.text },
      'no mail server is set up; the mail stands here and at /api/dev/mail',
    )
  }

  return {
    send: async (mail) => {
      const settings = await readSettings()
      if (!settings) return keep(mail)
      try {
        await sendBySmtp(settings, mail)
      } catch (cause) {
        // The complaint may name the server's inner address: it is for the administrator, who reads the log.
        logger.error({ subject: mail.subject, ...errorFields(cause) }, 'a mail was not sent')
        throw new AppError('MAIL_NOT_SENT', undefined, { cause })
      }
    },
    sendWith: async (settings, mail) => {
      try {
        await sendBySmtp(settings, mail)
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause)
        throw new AppError('MAIL_NOT_SENT', `Unable to send mail: ${reason}`, { cause })
      }
    },
    isConfigured: async () => mailSettingsSchema.safeParse(await deps.settings.get('mail')).success,
    kept: () => mailbox.list(),
  }
}
