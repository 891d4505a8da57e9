import type { SmsProvider } from '@thingwire/contracts'
import { z } from 'zod'
import { createServiceClient, jsonOf } from '../http/service-call.ts'
import type { SystemDeps } from '../system-client.ts'
import type { SmsSender } from './sms-client.ts'

const refusalSchema = z.object({ message: z.string() })

/** Twilio's interface for messages, version 2010-04-01. */
export const twilioSender = (
  { accountSid, accountToken, numberFrom }: Extract<SmsProvider, { type: 'TWILIO' }>,
  deps: SystemDeps,
): SmsSender => {
  const service = createServiceClient(deps)
  return {
    send: async ({ key, request: { number, text } }, signal) => {
      const sender = numberFrom.startsWith('MG') ? { MessagingServiceSid: numberFrom } : { From: numberFrom }
      const answer = await service.post(
        key,
        {
          url: `${deps.addressOf('twilio')}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`,
          headers: {
            authorization: `Basic ${Buffer.from(`${accountSid}:${accountToken}`).toString('base64')}`,
            'content-type': 'application/x-www-form-urlencoded',
          },
          body: new URLSearchParams({ To: number, ...sender, Body: text }).toString(),
        },
        signal,
      )
      if (answer.status < 300) return
      const refusal = refusalSchema.safeParse(jsonOf(answer))
      throw new Error(`${answer.status} ${refusal.success ? refusal.data.message : answer.reason}`)
    },
    close: service.close,
  }
}
