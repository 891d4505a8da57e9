import { authorities, credentialsTypes, ruleChainTypes, entityTypeSchema } from '@thingwire/contracts'
import { z } from 'zod'

/** What this console reads of the REST answers; members it does not use pass unlooked at. */
const id = z.object({ id: z.string(), entityType: entityTypeSchema.optional() })
const base = { id, createdTime: z.number() }

export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ data: z.array(item), totalPages: z.number(), totalElements: z.number(), hasNext: z.boolean() })
export type Page<T> = { data: T[]; totalPages: number; totalElements: number; hasNext: boolean }

export const userSchema = z.object({
  ...base,
  customerId: id.nullish(),
  email: z.string(),
  authority: z.enum(authorities),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
})
export const sessionSchema = z.object({ user: userSchema, expiresAt: z.number() })
export type SessionView = z.infer<typeof sessionSchema>
export type UserView = z.infer<typeof userSchema>

export const signInInfoSchema = z.object({
  demoAccounts: z
    .array(z.object({ username: z.string(), password: z.string(), role: z.enum(authorities) }))
    .default([]),
})

export const deviceSchema = z.object({
  ...base,
  name: z.string(),
  type: z.string().default(''),
  label: z.string().nullish(),
  deviceProfileId: id.nullish(),
  customerId: id.nullish(),
})
export const deviceInfoSchema = deviceSchema.extend({
  customerTitle: z.string().nullish(),
  deviceProfileName: z.string().default(''),
  active: z.boolean().default(false),
})
export type DeviceView = z.infer<typeof deviceInfoSchema>

export const deviceProfileInfoSchema = z.object({ id, name: z.string() })

export const credentialsSchema = z.object({
  credentialsType: z.enum(credentialsTypes),
  credentialsId: z.string(),
  credentialsValue: z.string().nullish(),
})

/** Commands by protocol; a server may answer a text or several (one per operating system). */
export const connectivitySchema = z.record(z.string(), z.record(z.string(), z.unknown()))

export const attributeSchema = z.object({ key: z.string(), value: z.unknown(), lastUpdateTs: z.number() })
export type AttributeView = z.infer<typeof attributeSchema>

export const tsDataSchema = z.record(z.string(), z.array(z.object({ ts: z.number(), value: z.unknown() })))

export const ruleChainSchema = z.object({
  ...base,
  name: z.string(),
  type: z.enum(ruleChainTypes).default('CORE'),
  root: z.boolean().default(false),
  debugMode: z.boolean().default(false),
})
export type RuleChainView = z.infer<typeof ruleChainSchema>

export const dashboardInfoSchema = z.object({
  ...base,
  title: z.string(),
  assignedCustomers: z.array(z.object({ title: z.string() })).nullish(),
  version: z.number().nullish(),
})
export type DashboardView = z.infer<typeof dashboardInfoSchema>

export const systemInfoSchema = z.looseObject({ version: z.string().optional() })
