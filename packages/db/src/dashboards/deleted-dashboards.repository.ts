import { AppError, type DeletedDashboard, type PageData, type PageLink, toPageData } from '@thingwire/contracts'
import type { LazyPrisma } from '../connection/prisma.ts'
import type { Queryable, Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { type PersonRow, personColumns, personOf } from '../drafts/tables.ts'
import { containing, sortColumn, sortDirection } from '../rows.ts'
import { writableTenant } from '../scope.ts'
import type { DashboardDraftsRepository } from './dashboard-drafts.repository.ts'

/** When a deleted dashboard is forgotten is for the caller to add. */
export type KeptDashboard = Omit<DeletedDashboard, 'forgottenTime'>

/** Dashboards that were deleted and can be brought back. */
export type DeletedDashboardsRepository = {
  /** Newest deletion first, unless the link says otherwise. */
  list(scope: Scope, link: PageLink): Promise<PageData<KeptDashboard>>
  find(scope: Scope, dashboardId: string): Promise<{ title: string } | null>
  /** With its versions, its draft and those of its customers that are still there. False: there is none such. */
  restore(scope: Scope, dashboardId: string): Promise<boolean>
  /** For good. False: there is none such. */
  forget(scope: Scope, dashboardId: string): Promise<boolean>
  /** Those of all tenants that were deleted before, and of each tenant more than `most`. Returns how many. */
  forgetOld(beforeMs: number, most?: number): Promise<number>
}

/** Of one tenant: a program that makes and deletes dashboards all day must not fill the disk. */
const maxKept = 1_000

type Row = PersonRow & {
  id: string
  title: string
  createdTime: number
  deletedTime: number
  widgets: number | null
  states: number | null
  customers: { id: string; title: string; isPublic: boolean }[]
}

const sorts = { deletedTime: 'k.deleted_time', title: 'k.title', createdTime: 'k.created_time' } as const

export const createDeletedDashboardsRepository = (
  prisma: LazyPrisma,
  sql: Sql,
  drafts: Pick<DashboardDraftsRepository, 'version'>,
): DeletedDashboardsRepository => ({
  list: async (scope, link) => {
    const tenantId = writableTenant(scope)
    const search = link.textSearch ? containing(link.textSearch) : null
    const where = `k.tenant_id = $1 AND ($2::text IS NULL OR k.title ILIKE $2)`
    const { rows: counted } = await sql.query<{ total: number }>({
      text: `SELECT count(*) AS total FROM deleted_dashboards k WHERE ${where}`,
      values: [tenantId, search],
    })
    const column = sortColumn(link, sorts, sorts.deletedTime)
    const direction = link.sortOrder ? sortDirection(link) : 'desc'
    const { rows } = await sql.query<Row>({
      text: `SELECT k.id, k.title, k.created_time AS "createdTime", k.deleted_time AS "deletedTime", ${personColumns},
               v.widgets, v.states,
               ARRAY(SELECT json_build_object('id', c.id, 'title', c.title, 'isPublic', c.is_public) FROM customers c
                     WHERE c.tenant_id = k.tenant_id AND c.id = ANY(k.customer_ids) ORDER BY c.title) AS customers
             FROM deleted_dashboards k LEFT JOIN users u ON u.id = k.user_id
               LEFT JOIN LATERAL (SELECT widgets, states FROM dashboard_versions
                 WHERE dashboard_id = k.id ORDER BY version DESC LIMIT 1) v ON true
             WHERE ${where} ORDER BY ${column} ${direction}, k.id LIMIT $3 OFFSET $4`,
      values: [tenantId, search, link.pageSize, link.page * link.pageSize],
    })
    return toPageData(rows.map(toKept), counted[0]?.total ?? 0, link)
  },

  find: async (scope, dashboardId) => {
    const { rows } = await sql.query<{ title: string }>({
      text: 'SELECT title FROM deleted_dashboards WHERE id = $1 AND tenant_id = $2',
      values: [dashboardId, writableTenant(scope)],
    })
    return rows[0] ?? null
  },

  restore: async (scope, dashboardId) => {
    const tenantId = writableTenant(scope)
    const newest = await drafts.version(scope, dashboardId, 2 ** 31 - 1)
    if (!newest) return false
    const { client } = await prisma.get()
    return client.$transaction(
      async (tx) => {
        const kept = await tx.deletedDashboard.findFirst({ where: { id: dashboardId, tenantId } })
        if (!kept) return false
        const { count } = await tx.deletedDashboard.deleteMany({ where: { id: kept.id } })
        // Two at once: the other one has it.
        if (count === 0) return false
        const { title, image, mobileHide, mobileOrder, configuration } = newest.document
        await tx.dashboard.create({
          data: {
            id: kept.id,
            tenantId,
            createdTime: kept.createdTime,
            externalId: kept.externalId,
            // Whoever still holds it from before its deletion must not save over what comes now.
            version: kept.version + 1,
            title,
            image,
            mobileHide,
            mobileOrder,
            // Prisma's input type for JSON does not know `unknown` members; what was parsed as JSON is JSON.
            configuration: configuration as Record<string, never>,
          },
        })
        await tx.$executeRaw`
          INSERT INTO dashboard_assignments (tenant_id, dashboard_id, customer_id, created_time)
          SELECT c.tenant_id, ${kept.id}::uuid, c.id, ${BigInt(Date.now())}::bigint FROM customers c
          WHERE c.tenant_id = ${tenantId}::uuid AND c.id = ANY(${kept.customerIds}::uuid[])`
        return true
      },
      { timeout: 60_000, maxWait: 10_000 },
    )
  },

  forget: async (scope, dashboardId) => {
    const { rowCount } = await forgetWhere(sql, 'id = $1 AND tenant_id = $2', [dashboardId, writableTenant(scope)])
    return (rowCount ?? 0) > 0
  },

  forgetOld: async (beforeMs, most = maxKept) => {
    const { rowCount } = await forgetWhere(
      sql,
      `deleted_time < $1 OR id IN (SELECT id FROM (
         SELECT id, row_number() OVER (PARTITION BY tenant_id ORDER BY deleted_time DESC, id DESC) AS place
         FROM deleted_dashboards) kept WHERE place > $2)`,
      [beforeMs, most],
    )
    return rowCount ?? 0
  },
})

/** With what hangs on them; one statement, so that none is half gone. */
const forgetWhere = (sql: Sql, condition: string, values: unknown[]) =>
  sql.query({
    text: `WITH gone AS (DELETE FROM deleted_dashboards WHERE ${condition} RETURNING id),
             versions AS (DELETE FROM dashboard_versions WHERE dashboard_id IN (SELECT id FROM gone)),
             drafts AS (DELETE FROM dashboard_drafts WHERE dashboard_id IN (SELECT id FROM gone))
           SELECT id FROM gone`,
    values,
  })

const toKept = (row: Row): KeptDashboard => ({
  id: { entityType: 'DASHBOARD', id: row.id },
  title: row.title,
  createdTime: row.createdTime,
  deletedTime: row.deletedTime,
  deletedBy: personOf(row),
  widgets: row.widgets ?? 0,
  states: row.states ?? 0,
  assignedCustomers: row.customers.map(({ id, title, isPublic }) => ({
    customerId: { entityType: 'CUSTOMER', id },
    title,
    public: isPublic,
  })),
})

/** Notes what is needed to bring a dashboard back, just before it goes. False: the tenant has none such. */
export const keepDeleted = async (
  tx: Queryable,
  o: { tenantId: string; dashboardId: string; userId: string | null },
): Promise<boolean> => {
  const { rowCount } = await tx.query({
    text: `INSERT INTO deleted_dashboards
             (id, tenant_id, title, created_time, deleted_time, user_id, external_id, version, customer_ids)
           SELECT d.id, d.tenant_id, d.title, d.created_time, $3, (SELECT id FROM users WHERE id = $4), d.external_id,
             d.version, ARRAY(SELECT a.customer_id FROM dashboard_assignments a WHERE a.dashboard_id = d.id)
           FROM dashboards d WHERE d.id = $1 AND d.tenant_id = $2`,
    values: [o.dashboardId, o.tenantId, Date.now(), o.userId],
  })
  if (rowCount !== 1) return false
  const { rowCount: versions } = await tx.query({
    text: 'SELECT 1 FROM dashboard_versions WHERE dashboard_id = $1 LIMIT 1',
    values: [o.dashboardId],
  })
  if (versions === 0) throw new AppError('VERSION_CONFLICT')
  return true
}
