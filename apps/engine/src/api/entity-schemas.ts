import { authorities, type Session, type SignInInfo, userSchema } from '@thingwire/contracts'
import { z } from 'zod'

export { userSchema } from '@thingwire/contracts'

export const sessionSchema = z.object({ user: userSchema, expiresAt: z.number() }) satisfies z.ZodType<Session>

export const signInInfoSchema = z.object({
  demoAccounts: z.array(z.object({ username: z.string(), password: z.string(), role: z.enum(authorities) })),
}) satisfies z.ZodType<SignInInfo>

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    data: z.array(item),
    totalPages: z.number(),
    totalElements: z.number(),
    hasNext: z.boolean(),
  })
