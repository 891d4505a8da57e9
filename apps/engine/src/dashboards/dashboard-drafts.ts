import { AppError, type DashboardDocumentData, type EditedId, entityId, type PublishDraft } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { EntityAccess } from '../access/entity-access.ts'
import type { Caller } from '../auth/sign-in.ts'
import { createDocumentDrafts, type DocumentDrafts } from '../drafts/document-drafts.ts'
import type { DashboardService } from './dashboard-service.ts'
import { publishProblems } from './publish-problems.ts'

type Figures = { title: string; widgets: number; states: number }

/** Edits of dashboards that are not published, the way they are published, and what was published before. */
export type DashboardDrafts = Omit<DocumentDrafts<DashboardDocumentData, Figures>, 'toPublish' | 'announce'> & {
  /** Throws with every problem of the draft, the first of them by name. */
  publish(caller: Caller, dashboardId: string, request: PublishDraft): Promise<{ version: number }>
}

/** Largest document as JSON, in bytes: thousands of widgets, or some pictures in it. */
const maxDocumentBytes = 10 * 1024 * 1024

export const createDashboardDrafts = (deps: {
  database: Pick<Database, 'dashboardDrafts'>
  dashboards: Pick<DashboardService, 'save'>
  access: EntityAccess
  announce(edited: EditedId): Promise<void>
}): DashboardDrafts => {
  const { toPublish, announce, ...drafts } = createDocumentDrafts({
    entityType: 'DASHBOARD',
    store: deps.database.dashboardDrafts,
    maxBytes: maxDocumentBytes,
    access: deps.access,
    announce: deps.announce,
  })
  return {
    ...drafts,
    publish: async (caller, dashboardId, request) => {
      const { document } = await toPublish(caller, dashboardId, request)
      const { revision, version, note } = request
      const problems = publishProblems(document)
      if (problems.length > 0) throw new AppError('DASHBOARD_INVALID', problems.join(' '))
      const saved = await deps.dashboards.save(
        caller,
        { ...document, title: document.title.trim(), id: entityId('DASHBOARD', dashboardId), version },
        { draft: { revision }, note },
      )
      await announce(dashboardId)
      return { version: saved.version }
    },
  }
}
