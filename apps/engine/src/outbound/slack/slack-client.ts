import { z } from 'zod'
import { createServiceClient, jsonOf } from '../http/service-call.ts'
import type { SystemDeps, SystemFactory } from '../system-client.ts'

/** Of Slack's Web API. */
const answerSchema = z.object({ ok: z.boolean(), error: z.string().optional() })

/** Settings `notifications`, as ThingsBoard stores them. */
const notificationsSchema = z.object({
  deliveryMethodsConfigs: z.object({ SLACK: z.object({ botToken: z.string().min(1) }) }),
})

const tokenOfPlatform = async ({ settings }: SystemDeps): Promise<string> => {
  const parsed = notificationsSchema.safeParse(await settings('notifications'))
  if (!parsed.success) throw new Error('no bot token is set up for the platform')
  return parsed.data.deliveryMethodsConfigs.SLACK.botToken
}

export const slackClient: SystemFactory<'slack'> = ({ botToken }, deps) => {
  const service = createServiceClient(deps)
  return {
    where: () => 'slack',
    send: async ({ key, request: { channel, text } }, signal) => {
      const token = botToken ?? (await tokenOfPlatform(deps))
      if (token === '') throw new Error('the node has no bot token')
      const answer = await service.post(
        key,
        {
          url: `${deps.addressOf('slack')}/chat.postMessage`,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
          body: JSON.stringify({ channel, text }),
        },
        signal,
      )
      const parsed = answerSchema.safeParse(jsonOf(answer))
      if (!parsed.success) throw new Error(`${answer.status} ${answer.reason}`)
      if (!parsed.data.ok) throw new Error(parsed.data.error ?? 'refused without a reason')
      return null
    },
    close: service.close,
  }
}
