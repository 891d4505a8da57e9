import { z } from 'zod'

const seconds = z
  .number()
  .int()
  .min(1)
  .max(86_400)
  .meta({ title: 'Interval, s', description: 'One message of each originator per interval, 1 second to 24 hours.' })

/** How people call the choices. */
export const processingWords = {
  ON_EVERY_MESSAGE: 'Every message',
  WEBSOCKETS_ONLY: 'Live only, without storing',
  DEDUPLICATE: 'Once per interval',
  ADVANCED: 'Each part by itself',
  SKIP: 'Never',
} as const

/** When one action of a save node runs. */
export const strategySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ON_EVERY_MESSAGE') }),
  z.object({ type: z.literal('DEDUPLICATE'), deduplicationIntervalSecs: seconds }),
  z.object({ type: z.literal('SKIP') }),
])
export type Strategy = z.infer<typeof strategySchema>

/** `processingSettings` of a save node; `advanced` names its actions. */
export const settingsSchema = <A extends z.ZodRawShape>(advanced: A) =>
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('ON_EVERY_MESSAGE') }),
    z.object({ type: z.literal('WEBSOCKETS_ONLY') }),
    z.object({ type: z.literal('DEDUPLICATE'), deduplicationIntervalSecs: seconds }),
    z.object({ type: z.literal('ADVANCED'), ...advanced }),
  ])

/** One action among the ADVANCED settings. */
export const action = (title: string, description: string) =>
  strategySchema.meta({ title, description, words: processingWords })
