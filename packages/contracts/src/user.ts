import { z } from 'zod'
import { authorities } from './entities.ts'
import { idOf } from './ids.ts'
import { plainText } from './plain-text.ts'

const typed = <T extends 'USER' | 'TENANT' | 'CUSTOMER'>(entityType: T) =>
  z.object({ entityType: z.literal(entityType), id: z.guid() })

/** `additionalInfo` also tells `userCredentialsEnabled`, `userActivated` and `lastLoginTs`; nobody can set these. */
export const userSchema = z.object({
  id: typed('USER'),
  createdTime: z.number(),
  additionalInfo: z.record(z.string(), z.unknown()).nullable(),
  tenantId: typed('TENANT'),
  customerId: typed('CUSTOMER'),
  email: z.string(),
  /** The e-mail address again. */
  name: z.string(),
  authority: z.enum(authorities),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  phone: z.string().nullable(),
  version: z.number(),
})
export type User = z.infer<typeof userSchema>

/** Members of `additionalInfo` that the platform adds when somebody reads. */
export const readOnlyUserInfo = ['userCredentialsEnabled', 'userActivated', 'lastLoginTs'] as const

/** ThingsBoard's rule, with one addition: no white space and no angle brackets anywhere. */
const emailForm = /^[^\s@<>"',;:]+@[^\s@<>"',;:]+\.[a-z0-9-]{2,}$/i
export const emailSchema = z
  .string({ error: 'User email should be specified!' })
  .trim()
  .min(1, 'User email should be specified!')
  .max(255, 'Validation error: email length must be equal or less than 255')
  .refine((text) => text === '' || emailForm.test(text), {
    error: (issue) => `Invalid email address format '${String(issue.input)}'!`,
  })
  .transform((text) => text.toLowerCase())

/** With an id: update. Authority, tenant and customer are fixed once the user exists. */
export const saveUserSchema = z.object({
  id: idOf('USER').nullish(),
  tenantId: idOf('TENANT').nullish(),
  customerId: idOf('CUSTOMER').nullish(),
  email: emailSchema,
  authority: z.enum(authorities, { error: "User authority isn't defined!" }).nullish(),
  firstName: plainText('firstName').nullish(),
  lastName: plainText('lastName').nullish(),
  phone: plainText('phone').nullish(),
  additionalInfo: z.record(z.string(), z.unknown()).nullish(),
  version: z.number().int().nullish(),
})
export type SaveUser = z.output<typeof saveUserSchema>

export const userEmailInfoSchema = z.object({
  id: typed('USER'),
  email: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
})
export type UserEmailInfo = z.infer<typeof userEmailInfoSchema>

export const userActivationLinkSchema = z.object({
  value: z.string(),
  /** How long the link still works, milliseconds. */
  ttlMs: z.number(),
})
export type UserActivationLink = z.infer<typeof userActivationLinkSchema>

export const activateUserSchema = z.object({
  activateToken: z.string({ error: 'Activation token should be specified!' }).min(1).max(255),
  password: z.string({ error: 'Password should be specified!' }).max(1_024),
})
export const resetPasswordEmailSchema = z.object({
  email: z.string({ error: 'User email should be specified!' }).trim().max(255),
})
export const resetPasswordSchema = z.object({
  resetToken: z.string({ error: 'Reset token should be specified!' }).min(1).max(255),
  password: z.string({ error: 'Password should be specified!' }).max(1_024),
})
