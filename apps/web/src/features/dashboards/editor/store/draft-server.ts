import { dashboardDocumentSchema } from '@thingwire/contracts'
import type { EditedDashboard } from '@thingwire/dashboards/edit'
import { discardDashboardDraft, getDashboardDraft, getDashboardVersion, saveDashboardDraft } from '@/api/dashboards.ts'
import { getDashboard } from '@/api/entities.ts'
import { createLocalCopies } from '../../../drafts/local-copies.ts'
import type { DraftServer } from '../../../drafts/model.ts'
import { type Opened, openDraft } from '../../../drafts/open-draft.ts'
import { dashboardDrafts, toData, toEdited } from './documents.ts'

/** Where the drafts of a dashboard are. */
export const createDraftServer = (dashboardId: string): DraftServer<EditedDashboard> => ({
  load: async () => {
    const [dashboard, { draft }] = await Promise.all([getDashboard(dashboardId), getDashboardDraft(dashboardId)])
    const { version } = dashboard
    const published = toEdited(dashboardDocumentSchema.parse(dashboard))
    if (!draft) return { published, version, draft: null, draftBase: null }
    const { document, revision, baseVersion, updatedBy } = draft
    const before = baseVersion < version ? await getDashboardVersion(dashboardId, baseVersion) : null
    return {
      published,
      version,
      draft: {
        document: dashboardDrafts.reuse(toEdited(document), published),
        revision,
        baseVersion,
        by: updatedBy?.name ?? null,
      },
      draftBase: before ? toEdited(before.document) : null,
    }
  },
  save: async ({ document, ...draft }) =>
    (await saveDashboardDraft(dashboardId, { ...draft, document: toData(document) })).revision,
  discard: async (revision) => void (await discardDashboardDraft(dashboardId, revision)),
})

export type OpenedDashboard = Opened<EditedDashboard>

export const openDashboard = (dashboardId: string, userId: string): Promise<OpenedDashboard> =>
  openDraft(
    createDraftServer(dashboardId),
    createLocalCopies(
      'dashboards',
      { userId, documentId: dashboardId },
      {
        read: (kept) => {
          const data = dashboardDocumentSchema.safeParse(kept).data
          return data ? toEdited(data) : null
        },
        write: toData,
      },
    ),
  )
