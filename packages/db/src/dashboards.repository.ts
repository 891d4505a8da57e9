import {
  AppError,
  type Dashboard,
  type DashboardConfiguration,
  type DashboardInfo,
  toPageData,
} from '@thingwire/contracts'
import type { LazyPrisma, PrismaTransaction } from './connection/prisma.ts'
import type { Sql } from './connection/sql.ts'
import type { Database, Scope } from './database.ts'
import { removeEntity } from './entity-removal.ts'
import type * as Generated from './generated/client.ts'
import { literal, ms, sortColumn, sortDirection } from './rows.ts'
import { writableTenant } from './scope.ts'
import { uuidV7 } from './uuid.ts'

const withCustomers = {
  assignments: { include: { customer: { select: { title: true, isPublic: true } } }, orderBy: { createdTime: 'asc' } },
} as const
type InfoRow = Omit<Generated.Prisma.DashboardGetPayload<{ include: typeof withCustomers }>, 'configuration'>
type DashboardRow = Generated.Prisma.DashboardGetPayload<{ include: typeof withCustomers }>

const sorts = { id: 'id', title: 'title', name: 'title', createdTime: 'createdTime' } as const

export const createDashboardsRepository = (prisma: LazyPrisma, sql: Sql): Database['dashboards'] => ({
  list: async (scope, link) => {
    const { client } = await prisma.get()
    const where = {
      ...visible(scope),
      ...(link.textSearch && { title: { contains: literal(link.textSearch), mode: 'insensitive' as const } }),
    }
    const [rows, total] = await Promise.all([
      client.dashboard.findMany({
        where,
        omit: { configuration: true },
        include: withCustomers,
        orderBy: [{ [sortColumn(link, sorts, 'id')]: sortDirection(link) }, { id: 'asc' }],
        skip: link.page * link.pageSize,
        take: link.pageSize,
      }),
      client.dashboard.count({ where }),
    ])
    return toPageData(
      rows.map((row) => toInfo(row, scope)),
      total,
      link,
    )
  },

  find: async (scope, dashboardId) => {
    const { client } = await prisma.get()
    const row = await client.dashboard.findFirst({
      where: { ...visible(scope), id: dashboardId },
      include: withCustomers,
    })
    return row && toDashboard(row, scope)
  },

  save: async (scope, dashboard) => {
    const tenantId = writableTenant(scope)
    const { client } = await prisma.get()
    return client.$transaction(async (tx) => {
      const id = dashboard.id ?? uuidV7()
      const data = {
        title: dashboard.title,
        // Prisma's input type for JSON does not know `unknown` members; what was parsed as JSON is JSON.
        configuration: dashboard.configuration as unknown as Record<string, never>,
        ...(dashboard.image !== undefined && { image: dashboard.image }),
      }
      if (!dashboard.id) await tx.dashboard.create({ data: { ...data, id, createdTime: BigInt(Date.now()), tenantId } })
      else await update(tx, { id, tenantId, version: dashboard.version ?? null }, data)
      return reread(tx, id, scope)
    })
  },

  assign: async (scope, dashboardId, customerId) => {
    const tenantId = writableTenant(scope)
    const { client } = await prisma.get()
    return client.$transaction(async (tx) => {
      const found = await tx.dashboard.findFirst({ where: { id: dashboardId, tenantId }, select: { id: true } })
      if (!found) throw notFound(dashboardId)
      const { count } = await tx.dashboardAssignment.createMany({
        data: [{ tenantId, dashboardId, customerId, createdTime: BigInt(Date.now()) }],
        skipDuplicates: true,
      })
      if (count > 0) await tx.dashboard.update({ where: { id: dashboardId }, data: { version: { increment: 1 } } })
      return reread(tx, dashboardId, scope)
    })
  },

  delete: (scope, dashboardId) =>
    removeEntity(sql, { table: 'dashboards', tenantId: writableTenant(scope), id: dashboardId }),
})

const visible = (scope: Scope) => {
  switch (scope.kind) {
    case 'system':
      return {}
    case 'tenant':
      return { tenantId: scope.tenantId }
    case 'customer':
      return { tenantId: scope.tenantId, assignments: { some: { customerId: scope.customerId } } }
  }
}

const notFound = (id: string) => new AppError('ENTITY_NOT_FOUND', `Dashboard with id [${id}] is not found`)

const update = async (
  tx: PrismaTransaction,
  o: { id: string; tenantId: string; version: number | null },
  data: { title: string; configuration: Record<string, never>; image?: string | null },
) => {
  const found = await tx.dashboard.findFirst({ where: { id: o.id, tenantId: o.tenantId }, select: { id: true } })
  if (!found) throw notFound(o.id)
  const { count } = await tx.dashboard.updateMany({
    where: { id: o.id, tenantId: o.tenantId, ...(o.version !== null && { version: o.version }) },
    data: { ...data, version: { increment: 1 } },
  })
  if (count === 0) throw new AppError('VERSION_CONFLICT')
}

const reread = async (tx: PrismaTransaction, id: string, scope: Scope) =>
  toDashboard(await tx.dashboard.findUniqueOrThrow({ where: { id }, include: withCustomers }), scope)

/** A customer sees that it has the dashboard, not who else has it. */
const toInfo = (row: InfoRow, scope: Scope): DashboardInfo => ({
  id: { entityType: 'DASHBOARD', id: row.id },
  createdTime: ms(row.createdTime),
  tenantId: { entityType: 'TENANT', id: row.tenantId },
  title: row.title,
  name: row.title,
  image: row.image,
  assignedCustomers: row.assignments
    .filter((link) => scope.kind !== 'customer' || link.customerId === scope.customerId)
    .map((link) => ({
      customerId: { entityType: 'CUSTOMER', id: link.customerId },
      title: link.customer.title,
      public: link.customer.isPublic,
    })),
  mobileHide: row.mobileHide,
  mobileOrder: row.mobileOrder,
  version: row.version,
})

const toDashboard = (row: DashboardRow, scope: Scope): Dashboard => ({
  ...toInfo(row, scope),
  // Parsed by the schema before every write.
  configuration: row.configuration as unknown as DashboardConfiguration,
  externalId: null,
})
