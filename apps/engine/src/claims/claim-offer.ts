import { z } from 'zod'
import { type ClaimOffer, defaultClaimDurationMs } from './claims.ts'

const offerSchema = z.object({ secretKey: z.string().max(1_024).default(''), durationMs: z.number().optional() })

/** What a device offers in the body of a claim; an empty body is the offer without a key. Null: not to be read. */
export const claimOfferOf = (payload: Uint8Array): ClaimOffer | null => {
  const text = Buffer.from(payload).toString('utf8').trim()
  const parsed = offerSchema.safeParse(text === '' ? {} : json(text))
  if (!parsed.success) return null
  return { secretKey: parsed.data.secretKey, durationMs: parsed.data.durationMs ?? defaultClaimDurationMs }
}

const json = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
