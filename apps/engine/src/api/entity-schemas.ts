import { authorities, type Session, type SignInInfo, userSchema } from '@thingwire/contracts'
import type { DeadLetter } from '@thingwire/db'
import { z } from 'zod'

export { userSchema } from '@thingwire/contracts'

export const sessionSchema = z.object({ user: userSchema, expiresAt: z.number() }) satisfies z.ZodType<Session>

export const signInInfoSchema = z.object({
  demoAccounts: z.array(z.object({ username: z.string(), password: z.string(), role: z.enum(authorities) })),
}) satisfies z.ZodType<SignInInfo>

export const deadLetterSchema = z.object({
  id: z.string(),
  tenantId: z.string(),
  createdTime: z.number(),
  queueName: z.string(),
  ruleChainId: z.string().nullable(),
  ruleNodeId: z.string().nullable(),
  error: z.string(),
  message: z.unknown(),
}) satisfies z.ZodType<DeadLetter>

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    data: z.array(item),
    totalPages: z.number(),
    totalElements: z.number(),
    hasNext: z.boolean(),
  })
