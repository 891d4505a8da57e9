import { type DashboardDocumentData, dashboardDocumentSchema } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import { createDraftStore, type DraftStore } from '../drafts/draft-store.ts'
import { dashboardTables } from '../drafts/tables.ts'
import { createVersionStore, type VersionStore } from '../drafts/version-store.ts'
import { isRecord } from '../rows.ts'
import { type DashboardFigures, unrecordedState } from './dashboard-versions.ts'

/** Edits of dashboards that are not published, and what was published before. */
export type DashboardDraftsRepository = DraftStore<DashboardDocumentData> &
  VersionStore<DashboardDocumentData, DashboardFigures>

/** Clients of ThingsBoard may have stored a dashboard without a configuration. */
const parse = (stored: unknown): DashboardDocumentData =>
  dashboardDocumentSchema.parse(
    isRecord(stored) && !isRecord(stored.configuration) ? { ...stored, configuration: {} } : stored,
  )

export const createDashboardDraftsRepository = (sql: Sql): DashboardDraftsRepository => ({
  ...createDraftStore(sql, dashboardTables, parse),
  ...createVersionStore<DashboardDocumentData, DashboardFigures>(sql, dashboardTables, {
    figures: ['title', 'widgets', 'states'],
    parse,
    unrecorded: (tenantId, dashboardId) => unrecordedState(sql, { tenantId, dashboardId, parse }),
  }),
})
