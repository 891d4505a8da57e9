import { importPKCS8, SignJWT } from 'jose'
import { z } from 'zod'
import { createServiceClient, jsonOf } from '../http/service-call.ts'
import type { SystemFactory } from '../system-client.ts'

const keySchema = z.object({
  client_email: z.string(),
  private_key: z.string(),
  private_key_id: z.string().optional(),
})
const answerSchema = z.object({ messageIds: z.tuple([z.string()]) })
const refusalSchema = z.object({ error: z.object({ message: z.string() }) })

/** Google takes tokens that a service account has signed itself for one of its APIs, for an hour at most. */
const audience = 'https://pubsub.googleapis.com/google.pubsub.v1.Publisher'
const tokenSeconds = 3_600
const renewBeforeMs = 300_000

type Key = z.output<typeof keySchema>

const signed = async ({ client_email: email, private_key: pem, private_key_id: kid }: Key, nowMs: number) => {
  const key = await importPKCS8(pem, 'RS256').catch(() => {
    throw new Error('the private key of the service account cannot be read')
  })
  const seconds = Math.floor(nowMs / 1_000)
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(kid && { kid }) })
    .setIssuer(email)
    .setSubject(email)
    .setAudience(audience)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + tokenSeconds)
    .sign(key)
}

/** Publishes by the REST interface of Pub/Sub. */
export const pubsubClient: SystemFactory<'gcp-pubsub'> = ({ serviceAccountKey }, deps) => {
  const service = createServiceClient(deps)
  let token: { text: Promise<string>; untilMs: number } | null = null

  const tokenNow = (): Promise<string> => {
    const now = deps.now()
    if (token && now < token.untilMs) return token.text
    const text = signed(keySchema.parse(JSON.parse(serviceAccountKey)), now)
    token = { text, untilMs: now + tokenSeconds * 1_000 - renewBeforeMs }
    text.catch(() => {
      token = null
    })
    return text
  }

  return {
    where: ({ request: { projectId, topic } }) => `gcp pubsub ${projectId}/${topic}`,
    send: async ({ key, request }, signal) => {
      const { projectId, topic, data, attributes } = request
      const place = `projects/${encodeURIComponent(projectId)}/topics/${encodeURIComponent(topic)}`
      const message = {
        data: Buffer.from(data).toString('base64'),
        attributes: { 'Idempotency-Key': key, ...attributes },
      }
      const answer = await service.post(
        key,
        {
          url: `${deps.addressOf('pubsub')}/v1/${place}:publish`,
          headers: { authorization: `Bearer ${await tokenNow()}`, 'content-type': 'application/json' },
          body: JSON.stringify({ messages: [message] }),
        },
        signal,
      )
      const parsed = answerSchema.safeParse(jsonOf(answer))
      if (parsed.success) return { messageId: parsed.data.messageIds[0] }
      const refusal = refusalSchema.safeParse(jsonOf(answer))
      throw new Error(`${answer.status} ${refusal.success ? refusal.data.error.message : answer.reason}`)
    },
    close: service.close,
  }
}
