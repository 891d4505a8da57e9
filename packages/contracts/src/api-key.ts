import { z } from 'zod'
import { idOf, uuidSchema } from './ids.ts'

const description = z
  .string({ error: 'API key description should be specified!' })
  .trim()
  .min(1, 'API key description should be specified!')
  .max(255, 'API key description must be at most 255 characters long!')

/** A key that acts as its user. The key itself is not part of it. */
export const apiKeyInfoSchema = z.object({
  id: z.object({ entityType: z.literal('API_KEY'), id: uuidSchema }),
  createdTime: z.number(),
  tenantId: z.object({ entityType: z.literal('TENANT'), id: uuidSchema }),
  userId: z.object({ entityType: z.literal('USER'), id: uuidSchema }),
  description: z.string(),
  /** Epoch ms; 0: never. */
  expirationTime: z.number(),
  enabled: z.boolean(),
  expired: z.boolean(),
})
export type ApiKeyInfo = z.infer<typeof apiKeyInfoSchema>

/** The answer to the creation: the one time that the key is shown. */
export const apiKeySchema = apiKeyInfoSchema.extend({ value: z.string() })
export type ApiKey = z.infer<typeof apiKeySchema>

/** With an `id` only description and `enabled` change. */
export const saveApiKeySchema = z.object({
  id: idOf('API_KEY').nullish(),
  userId: idOf('USER'),
  description,
  expirationTime: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullish(),
  enabled: z.boolean().nullish(),
})
export type SaveApiKey = z.infer<typeof saveApiKeySchema>

export const apiKeyDescriptionSchema = description
