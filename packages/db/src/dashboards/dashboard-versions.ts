import type { DashboardDocumentData } from '@thingwire/contracts'
import type { PrismaTransaction } from '../connection/prisma.ts'
import type { Sql } from '../connection/sql.ts'
import type { Publisher } from '../drafts/tables.ts'
import { maxVersions, type VersionDocument } from '../drafts/version-store.ts'
import { withoutNul } from '../rows.ts'
import { contentsOf } from './dashboard-contents.ts'

/**
 * Bytes of JSON of all versions of a dashboard: one with pictures in it may be megabytes. The newest are kept whatever
 * they weigh.
 */
const maxTotalBytes = 64 * 1024 * 1024
const alwaysKept = 10

export type DashboardFigures = { title: string; widgets: number; states: number }

/** The platform itself. */
const nobody: Publisher = { userId: null }

/** A row `d` as drafts and versions hold it, made where the row is: the document need not travel. */
const document = `json_build_object('title', d.title, 'image', d.image, 'mobileHide', d.mobile_hide,
  'mobileOrder', d.mobile_order, 'configuration', d.configuration)`

type Counts = Omit<DashboardFigures, 'title'>

const insert = async (
  tx: PrismaTransaction,
  dashboardId: string,
  { userId, note, atMs, widgets, states }: Publisher & Counts & { atMs: number | null },
): Promise<void> => {
  // A user may be deleted while they publish; what they published stands all the same.
  await tx.$executeRawUnsafe(
    `INSERT INTO dashboard_versions
       (dashboard_id, tenant_id, version, created_time, user_id, note, title, widgets, states, size_bytes, document)
     SELECT id, tenant_id, version, coalesce($4::bigint, created_time), (SELECT u.id FROM users u WHERE u.id = $2::uuid),
       $3::text, title, $5::int, $6::int, octet_length(document::text), document
     FROM (SELECT d.id, d.tenant_id, d.version, d.created_time, d.title, ${document} AS document
           FROM dashboards d WHERE d.id = $1::uuid OFFSET 0) state
     ON CONFLICT (dashboard_id, version) DO NOTHING`,
    dashboardId,
    userId,
    note ? withoutNul(note) : null,
    atMs,
    widgets,
    states,
  )
}

/** Keeps the state that a dashboard has now, and forgets the oldest of it. Called in the transaction that made the state. */
export const recordVersion = async (
  tx: PrismaTransaction,
  dashboardId: string,
  { widgets, states }: Counts,
  publisher: Publisher = nobody,
): Promise<void> => {
  await insert(tx, dashboardId, { ...publisher, widgets, states, atMs: Date.now() })
  await tx.$executeRaw`
    DELETE FROM dashboard_versions WHERE dashboard_id = ${dashboardId}::uuid AND version IN (
      SELECT version FROM (
        SELECT version, row_number() OVER newest AS place, sum(size_bytes) OVER newest AS total
        FROM dashboard_versions WHERE dashboard_id = ${dashboardId}::uuid WINDOW newest AS (ORDER BY version DESC)) kept
      WHERE place > ${maxVersions} OR (place > ${alwaysKept} AND total > ${maxTotalBytes}))`
}

/**
 * Keeps the present state of a dashboard of which none is kept: one from before there were versions. Called before it
 * changes or goes, with its row locked.
 */
export const recordFirstVersion = async (tx: PrismaTransaction, dashboardId: string): Promise<void> => {
  if ((await tx.dashboardVersion.count({ where: { dashboardId }, take: 1 })) > 0) return
  const row = await tx.dashboard.findUnique({ where: { id: dashboardId }, select: { configuration: true } })
  if (!row) return
  const { widgets, states } = contentsOf(row.configuration)
  await insert(tx, dashboardId, { ...nobody, widgets, states, atMs: null })
}

/** Nobody else changes the dashboard until the transaction ends. False: the tenant has none such. */
export const lockDashboard = async (tx: PrismaTransaction, tenantId: string, dashboardId: string): Promise<boolean> => {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM dashboards WHERE id = ${dashboardId}::uuid AND tenant_id = ${tenantId}::uuid FOR NO KEY UPDATE`
  return rows.length > 0
}

/** The present state of a dashboard of which no version is kept. */
export const unrecordedState = async (
  sql: Sql,
  o: { tenantId: string; dashboardId: string; parse(stored: unknown): DashboardDocumentData },
): Promise<VersionDocument<DashboardDocumentData, DashboardFigures> | null> => {
  const { rows } = await sql.query<{ title: string; version: number; createdTime: number; document: unknown }>({
    text: `SELECT d.title, d.version, d.created_time AS "createdTime", ${document} AS document FROM dashboards d
           WHERE d.id = $1 AND d.tenant_id = $2
             AND NOT EXISTS (SELECT 1 FROM dashboard_versions v WHERE v.dashboard_id = d.id)`,
    values: [o.dashboardId, o.tenantId],
  })
  const [row] = rows
  if (!row) return null
  const read = o.parse(row.document)
  const { widgets, states } = contentsOf(read.configuration)
  return { ...row, user: null, note: null, widgets, states, document: read }
}
