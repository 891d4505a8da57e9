import type { PrismaTransaction } from '../connection/prisma.ts'
import type { Sql } from '../connection/sql.ts'
import { contentsForm, contentsOf, type DashboardContents, searchTextOf } from './dashboard-contents.ts'

const columns = `dashboard_id, tenant_id, form, description, tags, widgets, states, entity_ids, aliases, terms, search_text`
const cast = `$3::int, $4::text, $5::text[], $6::int, $7::int, $8::uuid[], $9::json, $10::json, $11::text`
const replaced = columns
  .split(', ')
  .slice(2)
  .map((column) => `${column} = excluded.${column}`)
  .join(', ')

const valuesOf = (o: { tenantId: string; dashboardId: string }, contents: DashboardContents): unknown[] => [
  o.dashboardId,
  o.tenantId,
  contentsForm,
  contents.description,
  contents.tags,
  contents.widgets,
  contents.states,
  contents.entityIds,
  JSON.stringify(contents.aliases),
  JSON.stringify(contents.terms),
  searchTextOf(contents),
]

/** What a dashboard uses from now on. Called in the transaction that stores its document. */
export const storeIndex = async (
  tx: PrismaTransaction,
  o: { tenantId: string; dashboardId: string },
  contents: DashboardContents,
): Promise<void> => {
  await tx.$executeRawUnsafe(
    `INSERT INTO dashboard_index (${columns}) VALUES ($1::uuid, $2::uuid, ${cast})
     ON CONFLICT (dashboard_id) DO UPDATE SET ${replaced}`,
    ...valuesOf(o, contents),
  )
}

/** Documents that are in memory at a time. */
const chunk = 20

/** Indexes the dashboards of a tenant that are not: those from before there was an index of this form, and restored ones. */
export const indexMissing = async (sql: Sql, tenantId: string): Promise<void> => {
  for (;;) {
    const { rows } = await sql.query<{ id: string; version: number; configuration: unknown }>({
      name: 'dashboards-without-index',
      text: `SELECT d.id, d.version, d.configuration FROM dashboards d
               LEFT JOIN dashboard_index i ON i.dashboard_id = d.id AND i.form = $2
             WHERE d.tenant_id = $1 AND i.dashboard_id IS NULL LIMIT ${chunk}`,
      values: [tenantId, contentsForm],
    })
    // A document that was saved meanwhile is indexed by that. Who indexes the same one waits for the lock: two inserts at
    // once would meet in the second unique index, of which ON CONFLICT knows nothing.
    for (const { id, version, configuration } of rows)
      await sql.query({
        text: `INSERT INTO dashboard_index AS i (${columns})
               SELECT d.id, d.tenant_id, ${cast} FROM dashboards d
               WHERE d.id = $1 AND d.tenant_id = $2 AND d.version = $12 FOR NO KEY UPDATE
               ON CONFLICT (dashboard_id) DO UPDATE SET ${replaced} WHERE i.form <> excluded.form`,
        values: [...valuesOf({ tenantId, dashboardId: id }, contentsOf(configuration)), version],
      })
    if (rows.length < chunk) return
  }
}
