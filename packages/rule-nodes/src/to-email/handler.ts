import type { Message } from '@thingwire/contracts'
import { defineHandler, isJsonObject, parseExactJson, perMessage } from '@thingwire/rules'
import { fill } from '../enriching/patterns.ts'
import { toEmail } from './manifest.ts'

export const toEmailHandler = defineHandler(toEmail, (config) =>
  perMessage((message) => {
    const filled = (template: string | null | undefined) => (template ? fill(template, message) : null)
    const email = {
      from: filled(config.fromTemplate),
      to: filled(config.toTemplate),
      cc: filled(config.ccTemplate),
      bcc: filled(config.bccTemplate),
      subject: filled(config.subjectTemplate),
      body: filled(config.bodyTemplate),
      images: imagesOf(message),
      html: (config.mailBodyType === 'dynamic' ? filled(config.isHtmlTemplate) : config.mailBodyType) === 'true',
    }
    const made = { ...message, type: 'SEND_EMAIL', dataType: 'JSON' as const, data: JSON.stringify(email) }
    return [{ message: made, connection: 'Success' }]
  }),
)

/** Pictures that the body shows: names to data URLs. */
const imagesOf = ({ metadata }: Message): Record<string, string> | null => {
  if (!metadata.images) return null
  const images = parseExactJson(metadata.images)
  const isTexts = isJsonObject(images) && Object.values(images).every((one) => typeof one === 'string')
  if (!isTexts) throw new Error('Metadata images is no JSON object of texts')
  return images as Record<string, string>
}
