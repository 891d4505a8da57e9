import { type DashboardOverlay, dashboardOverlaySchema } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'

/** How one user sees a dashboard: theirs alone, so the user's id is the scope. */
export type DashboardOverlaysRepository = {
  find(userId: string, dashboardId: string): Promise<DashboardOverlay | null>
  /** Nothing where the dashboard is another tenant's, or gone. */
  save(userId: string, o: { tenantId: string; dashboardId: string; overlay: DashboardOverlay }): Promise<void>
  delete(userId: string, dashboardId: string): Promise<void>
}

export const createDashboardOverlaysRepository = (sql: Sql): DashboardOverlaysRepository => ({
  find: async (userId, dashboardId) => {
    const { rows } = await sql.query<{ overlay: unknown }>({
      text: 'SELECT overlay FROM dashboard_overlays WHERE user_id = $1 AND dashboard_id = $2',
      values: [userId, dashboardId],
    })
    return rows[0] ? dashboardOverlaySchema.parse(rows[0].overlay) : null
  },
  save: async (userId, { tenantId, dashboardId, overlay }) => {
    await sql.query({
      text: `INSERT INTO dashboard_overlays (user_id, tenant_id, dashboard_id, overlay)
             SELECT u.id, d.tenant_id, d.id, $4::json FROM users u, dashboards d
             WHERE u.id = $1 AND d.id = $3 AND d.tenant_id = $2
             ON CONFLICT (user_id, dashboard_id) DO UPDATE SET overlay = excluded.overlay`,
      values: [userId, tenantId, dashboardId, JSON.stringify(overlay)],
    })
  },
  delete: async (userId, dashboardId) => {
    await sql.query({
      text: 'DELETE FROM dashboard_overlays WHERE user_id = $1 AND dashboard_id = $2',
      values: [userId, dashboardId],
    })
  },
})
