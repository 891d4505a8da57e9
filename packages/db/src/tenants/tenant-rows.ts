import {
  readTenantProfileConfiguration,
  type Tenant,
  type TenantInfo,
  type TenantProfile,
  tenantProfileDataSchema,
} from '@thingwire/contracts'
import type * as Generated from '../generated/client.ts'
import { isRecord, ms, toInfo } from '../rows.ts'

export const withProfileName = { tenantProfile: { select: { name: true } } } as const
type TenantRow = Generated.Prisma.TenantGetPayload<Record<never, never>>
type TenantInfoRow = Generated.Prisma.TenantGetPayload<{ include: typeof withProfileName }>
type ProfileRow = Generated.Prisma.TenantProfileGetPayload<Record<never, never>>

export const toTenant = (row: TenantRow): Tenant => ({
  id: { entityType: 'TENANT', id: row.id },
  createdTime: ms(row.createdTime),
  additionalInfo: toInfo(row.additionalInfo),
  country: row.country,
  state: row.state,
  city: row.city,
  address: row.address,
  address2: row.address2,
  zip: row.zip,
  phone: row.phone,
  email: row.email,
  region: row.region,
  title: row.title,
  name: row.title,
  tenantId: { entityType: 'TENANT', id: row.id },
  tenantProfileId: { entityType: 'TENANT_PROFILE', id: row.tenantProfileId },
  version: row.version,
})

export const toTenantInfo = (row: TenantInfoRow): TenantInfo => ({
  ...toTenant(row),
  tenantProfileName: row.tenantProfile.name,
})

export const toTenantProfile = (row: ProfileRow): TenantProfile => ({
  id: { entityType: 'TENANT_PROFILE', id: row.id },
  createdTime: ms(row.createdTime),
  name: row.name,
  description: row.description,
  default: row.isDefault,
  isolatedTbRuleEngine: row.isolatedTbRuleEngine,
  profileData: toProfileData(row.profileData),
  version: row.version,
})

/** Members that a later release added have their defaults. */
const toProfileData = (stored: unknown): TenantProfile['profileData'] => {
  const data = isRecord(stored) ? stored : {}
  const configuration = readTenantProfileConfiguration(data.configuration)
  const parsed = tenantProfileDataSchema.safeParse({ ...data, configuration })
  return parsed.success ? parsed.data : { configuration, queueConfiguration: null }
}
