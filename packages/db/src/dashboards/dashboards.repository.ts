import {
  AppError,
  type Dashboard,
  type DashboardInfo,
  type HomeDashboardInfo,
  type PageData,
  type PageLink,
  toPageData,
  uuidSchema,
} from '@thingwire/contracts'
import type { LazyPrisma, PrismaTransaction } from '../connection/prisma.ts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { dashboardTables, type Publisher } from '../drafts/tables.ts'
import { takeDraft } from '../drafts/take-draft.ts'
import { removeEntity } from '../entity-removal.ts'
import { literal, sortColumn, sortDirection } from '../rows.ts'
import { writableTenant } from '../scope.ts'
import { uuidV7 } from '../uuid.ts'
import { contentsOf } from './dashboard-contents.ts'
import { storeIndex } from './dashboard-index.ts'
import { lockDashboard, recordFirstVersion, recordVersion } from './dashboard-versions.ts'
import { keepDeleted } from './deleted-dashboards.repository.ts'
import { toDashboard, toInfo, withCustomers } from './dashboard-rows.ts'

export type DashboardFilter = {
  /** Only what is shown on phones, in the order meant for them. */
  mobile?: boolean | undefined
  /** Only what is assigned to this customer. */
  customerId?: string | undefined
}

export type DashboardWrite = {
  id?: string | undefined
  title: string
  configuration: unknown
  image?: string | null | undefined
  mobileHide?: boolean | undefined
  mobileOrder?: number | null | undefined
  version?: number | null | undefined
  /** Who does it; absent: the platform. */
  publisher?: Publisher | undefined
  /** The document is this revision of the dashboard's draft, which ends with it. */
  draft?: { revision: number } | undefined
}

type AssignedCustomer = { id: string; title: string }
export type AssignmentChange = { dashboard: Dashboard; added: AssignedCustomer[]; removed: AssignedCustomer[] }

export type DashboardsRepository = {
  list(scope: Scope, link: PageLink, filter?: DashboardFilter): Promise<PageData<DashboardInfo>>
  /** In the order asked for; those that are missing are left out. */
  findInfos(scope: Scope, dashboardIds: readonly string[]): Promise<DashboardInfo[]>
  findInfo(scope: Scope, dashboardId: string): Promise<DashboardInfo | null>
  find(scope: Scope, dashboardId: string): Promise<Dashboard | null>
  save(scope: Scope, dashboard: DashboardWrite): Promise<Dashboard>
  assign(scope: Scope, dashboardId: string, customerId: string): Promise<Dashboard>
  /** Adds and takes away customers in one go. `replace`: all that are not added are taken away. */
  changeAssignments(
    scope: Scope,
    dashboardId: string,
    change: { add?: readonly string[]; remove?: readonly string[]; replace?: boolean },
  ): Promise<AssignmentChange>
  /** What is needed to bring it back stays. */
  delete(scope: Scope, dashboardId: string, userId: string | null): Promise<boolean>
  /** The home dashboards that user, customer and tenant name, in that order; they may be gone by now. */
  homes(owners: { userId: string; customerId: string | null; tenantId: string }): Promise<readonly HomeDashboardInfo[]>
  tenantHome(tenantId: string): Promise<HomeDashboardInfo | null>
  saveTenantHome(tenantId: string, home: { dashboardId: string | null; hideDashboardToolbar: boolean }): Promise<void>
}

const sorts = { id: 'id', title: 'title', name: 'title', createdTime: 'createdTime' } as const

export const createDashboardsRepository = (prisma: LazyPrisma, sql: Sql): DashboardsRepository => ({
  list: async (scope, link, filter = {}) => {
    const { client } = await prisma.get()
    const where = {
      ...visible(scope),
      ...(filter.customerId && { assignments: { some: { customerId: filter.customerId } } }),
      ...(filter.mobile && { mobileHide: false }),
      ...(link.textSearch && { title: { contains: literal(link.textSearch), mode: 'insensitive' as const } }),
    }
    const asked = { [sortColumn(link, sorts, 'id')]: sortDirection(link) }
    const [rows, total] = await Promise.all([
      client.dashboard.findMany({
        where,
        omit: { configuration: true },
        include: withCustomers,
        orderBy: [
          ...(filter.mobile ? [{ mobileOrder: { sort: 'asc', nulls: 'last' } as const }] : []),
          asked,
          { id: 'asc' },
        ],
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

  findInfos: async (scope, dashboardIds) => {
    if (dashboardIds.length === 0) return []
    const { client } = await prisma.get()
    const rows = await client.dashboard.findMany({
      where: { ...visible(scope), id: { in: [...dashboardIds] } },
      omit: { configuration: true },
      include: withCustomers,
    })
    const found = new Map(rows.map((row) => [row.id, toInfo(row, scope)]))
    return dashboardIds.flatMap((id) => found.get(id.toLowerCase()) ?? [])
  },

  findInfo: async (scope, dashboardId) => {
    const { client } = await prisma.get()
    const row = await client.dashboard.findFirst({
      where: { ...visible(scope), id: dashboardId },
      omit: { configuration: true },
      include: withCustomers,
    })
    return row && toInfo(row, scope)
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
        ...(dashboard.image !== undefined && { image: dashboard.image }),
        ...(dashboard.mobileHide !== undefined && { mobileHide: dashboard.mobileHide }),
        ...(dashboard.mobileOrder !== undefined && { mobileOrder: dashboard.mobileOrder }),
      }
      const made = { ...data, id, createdTime: BigInt(Date.now()), tenantId, configuration: {} }
      if (!dashboard.id) await tx.dashboard.create({ data: made })
      else await update(tx, { ...dashboard, id, tenantId }, data)
      const { configuration } = dashboard
      // As a text: through the client's own statements, some hundred kilobytes take a tenth of a second longer.
      await tx.$executeRaw`
        UPDATE dashboards SET configuration = ${JSON.stringify(configuration)}::json WHERE id = ${id}::uuid`
      const contents = contentsOf(configuration)
      await storeIndex(tx, { tenantId, dashboardId: id }, contents)
      await recordVersion(tx, id, contents, dashboard.publisher)
      const row = await tx.dashboard.findUniqueOrThrow({
        where: { id },
        omit: { configuration: true },
        include: withCustomers,
      })
      return { ...toInfo(row, scope), configuration, externalId: null, resources: null }
    }, ofLargeDocuments)
  },

  assign: async (scope, dashboardId, customerId) => {
    const { client } = await prisma.get()
    const tenantId = writableTenant(scope)
    return client.$transaction(
      async (tx) => (await changeAssignments(tx, { scope, tenantId, dashboardId }, { add: [customerId] })).dashboard,
    )
  },

  changeAssignments: async (scope, dashboardId, change) => {
    const { client } = await prisma.get()
    const tenantId = writableTenant(scope)
    return client.$transaction((tx) => changeAssignments(tx, { scope, tenantId, dashboardId }, change))
  },

  delete: async (scope, dashboardId, userId) => {
    const tenantId = writableTenant(scope)
    const { client } = await prisma.get()
    await client.$transaction(async (tx) => {
      if (await lockDashboard(tx, tenantId, dashboardId)) await recordFirstVersion(tx, dashboardId)
    }, ofLargeDocuments)
    return removeEntity(sql, { table: 'dashboards', tenantId, id: dashboardId }, (tx) =>
      keepDeleted(tx, { tenantId, dashboardId, userId }),
    )
  },

  homes: async ({ userId, customerId, tenantId }) => {
    const { rows } = await sql.query<HomeRow>({
      text: `SELECT place, ${homeColumns} FROM (
               SELECT 1 AS place, additional_info FROM users WHERE id = $1 AND tenant_id = $3
               UNION ALL SELECT 2, additional_info FROM customers WHERE id = $2 AND tenant_id = $3
               UNION ALL SELECT 3, additional_info FROM tenants WHERE id = $3
             ) AS owners ORDER BY place`,
      values: [userId, customerId, tenantId],
    })
    return rows.flatMap((row) => toHome(row) ?? [])
  },

  tenantHome: async (tenantId) => {
    const { rows } = await sql.query<HomeRow>({
      text: `SELECT ${homeColumns} FROM tenants WHERE id = $1`,
      values: [tenantId],
    })
    return rows[0] ? toHome(rows[0]) : null
  },

  saveTenantHome: async (tenantId, { dashboardId, hideDashboardToolbar }) => {
    const home = { homeDashboardId: dashboardId, homeDashboardHideToolbar: hideDashboardToolbar }
    await sql.query({
      text: `UPDATE tenants SET version = version + 1, additional_info =
               CASE WHEN jsonb_typeof(additional_info) = 'object' THEN additional_info ELSE '{}'::jsonb END || $2::jsonb
             WHERE id = $1`,
      values: [tenantId, JSON.stringify(home)],
    })
  },
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

type HomeRow = { dashboard: string | null; hide: string | null }
const homeColumns = `additional_info ->> 'homeDashboardId' AS dashboard, additional_info ->> 'homeDashboardHideToolbar' AS hide`

/** Some clients store the whole id object; both forms stand in `additionalInfo`, which nobody checks. */
const toHome = ({ dashboard, hide }: HomeRow): HomeDashboardInfo | null => {
  const id = uuidSchema.safeParse(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(dashboard ?? '')?.[0])
  if (!id.success) return null
  return { dashboardId: { entityType: 'DASHBOARD', id: id.data }, hideDashboardToolbar: hide !== 'false' }
}

const notFound = (id: string) => new AppError('ENTITY_NOT_FOUND', `Dashboard with id [${id}] is not found`)

/** Megabytes are written in one go, on a machine that may have other things to do. */
const ofLargeDocuments = { timeout: 60_000, maxWait: 10_000 } as const

const update = async (
  tx: PrismaTransaction,
  { id, tenantId, version, draft }: DashboardWrite & { id: string; tenantId: string },
  data: { title: string; image?: string | null },
) => {
  if (!(await lockDashboard(tx, tenantId, id))) throw notFound(id)
  await recordFirstVersion(tx, id)
  if (draft) await takeDraft(tx, dashboardTables, { ownerId: id, revision: draft.revision })
  const { count } = await tx.dashboard.updateMany({
    where: { id, tenantId, ...(version != null && { version }) },
    data: { ...data, version: { increment: 1 } },
  })
  if (count === 0) throw new AppError('VERSION_CONFLICT')
}

const changeAssignments = async (
  tx: PrismaTransaction,
  { scope, tenantId, dashboardId }: { scope: Scope; tenantId: string; dashboardId: string },
  change: { add?: readonly string[]; remove?: readonly string[]; replace?: boolean },
): Promise<AssignmentChange> => {
  // Locked, so that two changes at once do not both count from the same state.
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM dashboards WHERE id = ${dashboardId}::uuid AND tenant_id = ${tenantId}::uuid FOR UPDATE`
  if (locked.length === 0) throw notFound(dashboardId)
  const before = await assignedTo(tx, dashboardId)
  const wanted = new Set((change.add ?? []).map((id) => id.toLowerCase()))
  const unwanted = new Set((change.remove ?? []).map((id) => id.toLowerCase()))
  const removed = before.filter(({ id }) => (change.replace ? !wanted.has(id) : unwanted.has(id)))
  const missing = [...wanted].filter((id) => !before.some((known) => known.id === id))
  if (missing.length > 0)
    await tx.dashboardAssignment.createMany({
      data: missing.map((customerId) => ({ tenantId, dashboardId, customerId, createdTime: BigInt(Date.now()) })),
    })
  if (removed.length > 0)
    await tx.dashboardAssignment.deleteMany({
      where: { dashboardId, customerId: { in: removed.map(({ id }) => id) } },
    })
  if (missing.length + removed.length > 0)
    await tx.dashboard.update({ where: { id: dashboardId }, data: { version: { increment: 1 } } })
  const dashboard = await reread(tx, dashboardId, scope)
  const added = dashboard.assignedCustomers
    .filter(({ customerId }) => missing.includes(customerId.id))
    .map(({ customerId, title }) => ({ id: customerId.id, title: title ?? '' }))
  return { dashboard, added, removed }
}

const assignedTo = async (tx: PrismaTransaction, dashboardId: string): Promise<AssignedCustomer[]> => {
  const rows = await tx.dashboardAssignment.findMany({
    where: { dashboardId },
    select: { customer: { select: { id: true, title: true } } },
  })
  return rows.map(({ customer }) => customer)
}

const reread = async (tx: PrismaTransaction, id: string, scope: Scope): Promise<Dashboard> =>
  toDashboard(await tx.dashboard.findUniqueOrThrow({ where: { id }, include: withCustomers }), scope)
