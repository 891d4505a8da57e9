import {
  AppError,
  type PageData,
  type PageLink,
  type SaveTenantProfile,
  type TenantProfile,
  tenantProfileDataSchema,
  toPageData,
} from '@thingwire/contracts'
import type { LazyPrisma } from '../connection/prisma.ts'
import type { Sql } from '../connection/sql.ts'
import { literal, sortColumn, sortDirection } from '../rows.ts'
import { syncTenantQueues } from '../queues/tenant-queues.ts'
import { uuidV7 } from '../uuid.ts'
import { toTenantProfile } from './tenant-rows.ts'

/** Tenant profiles belong to the system; nobody else may be given them. */
export type TenantProfilesRepository = {
  /** `profileData.configuration` of the tenant's profile as it is stored; undefined when there is no such tenant. */
  configurationOf(tenantId: string): Promise<unknown>
  list(link: PageLink): Promise<PageData<TenantProfile>>
  find(profileId: string): Promise<TenantProfile | null>
  findDefault(): Promise<TenantProfile | null>
  findMany(profileIds: readonly string[]): Promise<TenantProfile[]>
  /** Creates, or replaces the whole profile. Which one is the default is not changed by it. */
  save(profile: SaveTenantProfile): Promise<TenantProfile>
  setDefault(profileId: string): Promise<TenantProfile>
  /** Throws for the default profile and for one that tenants have; false when there is none. */
  delete(profileId: string): Promise<boolean>
}

const sorts = {
  id: 'id',
  name: 'name',
  createdTime: 'createdTime',
  description: 'description',
  isDefault: 'isDefault',
  default: 'isDefault',
  isolatedTbRuleEngine: 'isolatedTbRuleEngine',
} as const

export const createTenantProfilesRepository = (prisma: LazyPrisma, sql: Sql): TenantProfilesRepository => ({
  configurationOf: async (tenantId) => {
    const { rows } = await sql.query<{ configuration: unknown }>({
      name: 'tenant-profile-configuration',
      text: `SELECT p.profile_data -> 'configuration' AS configuration
             FROM tenants t JOIN tenant_profiles p ON p.id = t.tenant_profile_id WHERE t.id = $1`,
      values: [tenantId],
    })
    return rows[0]?.configuration
  },

  list: async (link) => {
    const { client } = await prisma.get()
    const where = link.textSearch ? { name: { contains: literal(link.textSearch), mode: 'insensitive' as const } } : {}
    const [rows, total] = await Promise.all([
      client.tenantProfile.findMany({
        where,
        orderBy: [{ [sortColumn(link, sorts, 'id')]: sortDirection(link) }, { id: 'asc' }],
        skip: link.page * link.pageSize,
        take: link.pageSize,
      }),
      client.tenantProfile.count({ where }),
    ])
    return toPageData(rows.map(toTenantProfile), total, link)
  },

  find: async (profileId) => {
    const { client } = await prisma.get()
    const row = await client.tenantProfile.findUnique({ where: { id: profileId } })
    return row && toTenantProfile(row)
  },

  findDefault: async () => {
    const { client } = await prisma.get()
    const row = await client.tenantProfile.findFirst({ where: { isDefault: true } })
    return row && toTenantProfile(row)
  },

  findMany: async (profileIds) => {
    const { client } = await prisma.get()
    return (await client.tenantProfile.findMany({ where: { id: { in: [...profileIds] } } })).map(toTenantProfile)
  },

  save: async (profile) => {
    const { client } = await prisma.get()
    const data = columns(profile)
    if (!profile.id) {
      const created = { id: uuidV7(), createdTime: BigInt(Date.now()), isDefault: profile.default }
      return toTenantProfile(await client.tenantProfile.create({ data: { ...created, ...data } }))
    }
    const id = profile.id.id
    return client.$transaction(async (tx) => {
      const { count } = await tx.tenantProfile.updateMany({
        // Without a version the caller overwrites whatever stands.
        where: { id, ...(profile.version != null && { version: profile.version }) },
        data: { ...data, version: { increment: 1 } },
      })
      const row = await tx.tenantProfile.findUnique({ where: { id } })
      if (!row) throw notFound(id)
      if (count === 0) throw new AppError('VERSION_CONFLICT')
      if (profile.default && !row.isDefault)
        throw new AppError('ARGUMENT_INVALID', 'Another default tenant profile is present!')
      await syncTenantQueues(tx, { profileId: id })
      return toTenantProfile(row)
    })
  },

  setDefault: async (profileId) => {
    const { client } = await prisma.get()
    return client.$transaction(async (tx) => {
      const row = await tx.tenantProfile.findUnique({ where: { id: profileId } })
      if (!row) throw notFound(profileId)
      if (row.isDefault) return toTenantProfile(row)
      await tx.tenantProfile.updateMany({
        where: { isDefault: true },
        data: { isDefault: false, version: { increment: 1 } },
      })
      return toTenantProfile(
        await tx.tenantProfile.update({
          where: { id: profileId },
          data: { isDefault: true, version: { increment: 1 } },
        }),
      )
    })
  },

  delete: async (profileId) => {
    const { client } = await prisma.get()
    const row = await client.tenantProfile.findUnique({ where: { id: profileId }, select: { isDefault: true } })
    if (row?.isDefault) throw new AppError('ARGUMENT_INVALID', 'Deletion of Default Tenant Profile is prohibited!')
    const { count } = await client.tenantProfile.deleteMany({ where: { id: profileId, isDefault: false } })
    return count > 0
  },
})

const notFound = (id: string) => new AppError('ENTITY_NOT_FOUND', `Tenant profile with id [${id}] is not found`)

const columns = (profile: SaveTenantProfile) => ({
  name: profile.name,
  description: profile.description ?? null,
  isolatedTbRuleEngine: profile.isolatedTbRuleEngine,
  // Prisma's input type for JSON does not know `unknown` members; what was parsed as JSON is JSON.
  profileData: (profile.profileData ?? tenantProfileDataSchema.parse({})) as unknown as Record<string, never>,
})
