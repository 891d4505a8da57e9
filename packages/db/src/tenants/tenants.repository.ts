import {
  AppError,
  type PageData,
  type PageLink,
  type SaveTenant,
  type Tenant,
  type TenantInfo,
  toPageData,
} from '@thingwire/contracts'
import type { LazyPrisma, Prisma, PrismaTransaction } from '../connection/prisma.ts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { literal, sortColumn, sortDirection } from '../rows.ts'
import { fromWireId } from '../scope.ts'
import { syncTenantQueues } from '../queues/tenant-queues.ts'
import { uuidV7 } from '../uuid.ts'
import { insertTenantDefaults, type TenantWrite } from './tenant-defaults.ts'
import { removeTenant, type TenantRemoval } from './tenant-removal.ts'
import { toTenant, toTenantInfo, withProfileName } from './tenant-rows.ts'

/** A tenant sees itself; the system scope all. Only the system changes tenants. */
export type TenantsRepository = {
  list(scope: Scope, link: PageLink): Promise<PageData<TenantInfo>>
  find(scope: Scope, tenantId: string): Promise<TenantInfo | null>
  /** In no particular order; those that are missing are left out. */
  findMany(scope: Scope, tenantIds: readonly string[]): Promise<TenantInfo[]>
  /** Creates a tenant with its default profiles and root rule chain, or replaces its whole record. */
  save(tenant: SaveTenant): Promise<Tenant>
  /** @returns null when there is no such tenant */
  delete(tenantId: string): Promise<TenantRemoval | null>
}

const plain = {
  id: 'id',
  createdTime: 'createdTime',
  title: 'title',
  name: 'title',
  region: 'region',
  country: 'country',
  state: 'state',
  city: 'city',
  address: 'address',
  address2: 'address2',
  zip: 'zip',
  phone: 'phone',
  email: 'email',
} as const
const sorts = { ...plain, tenantProfileName: 'tenantProfileName' } as const

/** Making a tenant writes a few dozen rows. */
const transactionMs = 30_000

export const createTenantsRepository = (prisma: LazyPrisma, sql: Sql): TenantsRepository => ({
  list: async (scope, link) => {
    const { client } = await prisma.get()
    const text = link.textSearch && { contains: literal(link.textSearch), mode: 'insensitive' as const }
    const where = {
      AND: [visible(scope), text ? { OR: [{ title: text }, { region: text }, { tenantProfile: { name: text } }] } : {}],
    }
    const direction = sortDirection(link)
    const column = sortColumn<(typeof sorts)[keyof typeof sorts]>(link, sorts, 'id')
    const [rows, total] = await Promise.all([
      client.tenant.findMany({
        where,
        include: withProfileName,
        orderBy: [
          column === 'tenantProfileName' ? { tenantProfile: { name: direction } } : { [column]: direction },
          { id: 'asc' },
        ],
        skip: link.page * link.pageSize,
        take: link.pageSize,
      }),
      client.tenant.count({ where }),
    ])
    return toPageData(rows.map(toTenantInfo), total, link)
  },

  find: async (scope, tenantId) => {
    const { client } = await prisma.get()
    const row = await client.tenant.findFirst({
      where: { AND: [visible(scope), { id: tenantId }] },
      include: withProfileName,
    })
    return row && toTenantInfo(row)
  },

  findMany: async (scope, tenantIds) => {
    const { client } = await prisma.get()
    const rows = await client.tenant.findMany({
      where: { AND: [visible(scope), { id: { in: [...tenantIds] } }] },
      include: withProfileName,
    })
    return rows.map(toTenantInfo)
  },

  save: async (tenant) => {
    const db = await prisma.get()
    return db.client.$transaction(
      async (tx) => (tenant.id ? update({ db, tx }, tenant.id.id, tenant) : create({ db, tx }, tenant)),
      { timeout: transactionMs },
    )
  },

  delete: (tenantId) => removeTenant(sql, tenantId),
})

const visible = (scope: Scope) => (scope.kind === 'system' ? {} : { id: scope.tenantId })

const create = async (write: TenantWrite, tenant: SaveTenant): Promise<Tenant> => {
  const { db, tx } = write
  const id = uuidV7()
  const data = { ...(await columns(db, tx, tenant)), id, createdTime: BigInt(Date.now()) }
  const row = await tx.tenant.create({ data })
  await insertTenantDefaults(write, id)
  await syncTenantQueues(tx, { tenantId: id })
  return toTenant(row)
}

const update = async ({ db, tx }: TenantWrite, id: string, tenant: SaveTenant): Promise<Tenant> => {
  const { count } = await tx.tenant.updateMany({
    // Without a version the caller overwrites whatever stands.
    where: { id, ...(tenant.version != null && { version: tenant.version }) },
    data: { ...(await columns(db, tx, tenant)), version: { increment: 1 } },
  })
  const row = await tx.tenant.findUnique({ where: { id } })
  if (!row) throw new AppError('ENTITY_NOT_FOUND', `Tenant with id [${id}] is not found`)
  if (count === 0) throw new AppError('VERSION_CONFLICT')
  await syncTenantQueues(tx, { tenantId: id })
  return toTenant(row)
}

/** Saving replaces the whole record: what is absent is cleared, an absent profile becomes the default one. */
const columns = async (db: Prisma, tx: PrismaTransaction, tenant: SaveTenant) => ({
  title: tenant.title,
  region: tenant.region ?? null,
  country: tenant.country ?? null,
  state: tenant.state ?? null,
  city: tenant.city ?? null,
  address: tenant.address ?? null,
  address2: tenant.address2 ?? null,
  zip: tenant.zip ?? null,
  phone: tenant.phone ?? null,
  email: tenant.email ?? null,
  tenantProfileId: await profileFor(tx, tenant),
  // Prisma's input type for JSON does not know `unknown` members; what was parsed as JSON is JSON.
  additionalInfo: tenant.additionalInfo ? (tenant.additionalInfo as Record<string, never>) : db.jsonNull,
})

const profileFor = async (tx: PrismaTransaction, tenant: SaveTenant): Promise<string> => {
  const id = fromWireId(tenant.tenantProfileId?.id)
  const where = id ? { id } : { isDefault: true }
  const found = await tx.tenantProfile.findFirst({ where, select: { id: true } })
  if (!found) throw new AppError('ARGUMENT_INVALID', 'Tenant is referencing to non-existent tenant profile!')
  return found.id
}
