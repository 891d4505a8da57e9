import { z } from 'zod'
import { contactFields, saveContactFields } from './contact.ts'
import { idOf, typedId } from './ids.ts'
import { requiredText } from './plain-text.ts'

/** The title of the customer that public devices, assets and dashboards belong to. */
export const publicCustomerTitle = 'Public'

/** A customer of a tenant (as ThingsBoard). */
export const customerSchema = z.object({
  id: typedId('CUSTOMER'),
  createdTime: z.number(),
  additionalInfo: z.record(z.string(), z.unknown()).nullable(),
  ...contactFields,
  tenantId: typedId('TENANT'),
  title: z.string(),
  /** The title again. */
  name: z.string(),
  externalId: typedId('CUSTOMER').nullable(),
  version: z.number(),
})
export type Customer = z.infer<typeof customerSchema>

export const saveCustomerSchema = z.object({
  id: idOf('CUSTOMER').nullish(),
  title: requiredText('title', 'Customer title should be specified!').refine(
    (title) => title !== publicCustomerTitle,
    "'Public' title for customer is system reserved!",
  ),
  ...saveContactFields,
  additionalInfo: z.record(z.string(), z.unknown()).nullish(),
  externalId: idOf('CUSTOMER').nullish(),
  version: z.number().int().nullish(),
})
export type SaveCustomer = z.infer<typeof saveCustomerSchema>

export const customerShortInfoSchema = z.object({ title: z.string(), isPublic: z.boolean() })
