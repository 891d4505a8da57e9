import { z } from 'zod'
import { contactFields, saveContactFields } from './contact.ts'
import { idOf, typedId } from './ids.ts'
import { plainText, requiredText } from './plain-text.ts'

/** A tenant (as ThingsBoard). */
export const tenantSchema = z.object({
  id: typedId('TENANT'),
  createdTime: z.number(),
  additionalInfo: z.record(z.string(), z.unknown()).nullable(),
  ...contactFields,
  region: z.string().nullable(),
  title: z.string(),
  /** The title again. */
  name: z.string(),
  /** The own id again. */
  tenantId: typedId('TENANT'),
  tenantProfileId: typedId('TENANT_PROFILE'),
  version: z.number(),
})
export type Tenant = z.infer<typeof tenantSchema>

export const tenantInfoSchema = tenantSchema.extend({ tenantProfileName: z.string() })
export type TenantInfo = z.infer<typeof tenantInfoSchema>

export const saveTenantSchema = z.object({
  id: idOf('TENANT').nullish(),
  title: requiredText('title', 'Tenant title should be specified!'),
  ...saveContactFields,
  region: plainText('region').nullish(),
  /** Absent: the default profile. */
  tenantProfileId: idOf('TENANT_PROFILE').nullish(),
  additionalInfo: z.record(z.string(), z.unknown()).nullish(),
  version: z.number().int().nullish(),
})
export type SaveTenant = z.infer<typeof saveTenantSchema>
