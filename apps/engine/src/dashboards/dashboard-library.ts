import {
  AppError,
  type DashboardOverlay,
  type DashboardSummary,
  type DashboardTagCount,
  type DashboardUse,
  type DashboardUsers,
  type EntityId,
  entityId,
  nullUuid,
  type PageData,
  type PageLink,
} from '@thingwire/contracts'
import { type Database, scopeOf } from '@thingwire/db'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { UserSettingsService } from '../users/user-settings-service.ts'
import type { DashboardService } from './dashboard-service.ts'

/** Dashboards as a collection: lists and searches, tags, who uses what, and how one user sees them. */
export type DashboardLibrary = {
  summaries(
    caller: Caller,
    link: PageLink,
    filter: { tags: readonly string[]; starred: boolean },
  ): Promise<PageData<DashboardSummary>>
  tags(caller: Caller): Promise<DashboardTagCount[]>
  saveTags(caller: Caller, dashboardId: string, tags: readonly string[]): Promise<{ tags: string[]; version: number }>
  /** Dashboards that show an entity. */
  usesOf(caller: Caller, entity: EntityId): Promise<DashboardUse[]>
  /** What would miss a dashboard. */
  usersOf(caller: Caller, dashboardId: string): Promise<DashboardUsers>
  overlay(caller: Caller, dashboardId: string): Promise<DashboardOverlay | null>
  saveOverlay(caller: Caller, dashboardId: string, overlay: DashboardOverlay): Promise<void>
  deleteOverlay(caller: Caller, dashboardId: string): Promise<void>
}

const maxOverlayBytes = 64 * 1024

export const createDashboardLibrary = (deps: {
  database: Pick<Database, 'dashboards' | 'dashboardLibrary' | 'dashboardOverlays'>
  dashboards: Pick<DashboardService, 'save'>
  userSettings: Pick<UserSettingsService, 'dashboards'>
  access: EntityAccess
}): DashboardLibrary => {
  const { access } = deps
  const { dashboardLibrary: library, dashboardOverlays: overlays } = deps.database

  const reach = async (caller: Caller, dashboardId: string, operation: 'READ' | 'WRITE') => {
    const { head, tenantId, scope } = await access.require(caller, entityId('DASHBOARD', dashboardId), operation, {
      missingText: 'byId',
    })
    return { id: head.id.id, tenantId, scope }
  }
  /** Whoever came by a public link has no account to keep anything in. */
  const requireAccount = ({ userId }: Caller) => {
    if (userId === nullUuid) throw new AppError('PERMISSION_DENIED')
  }

  return {
    summaries: async (caller, link, { tags, starred }) => {
      const own = await deps.userSettings.dashboards(caller)
      const stars = new Set(own.starred.map(({ id }) => id))
      const visits = new Map(own.last.map(({ id, lastVisited }) => [id, lastVisited]))
      const page = await library.list(scopeOf(caller), link, {
        tags,
        ids: starred ? [...stars] : undefined,
        visited: [...visits.keys()],
      })
      const data = page.data.map((one) => ({
        ...one,
        starred: stars.has(one.id.id),
        lastVisited: visits.get(one.id.id) ?? null,
      }))
      return { ...page, data }
    },

    tags: (caller) => library.tags(scopeOf(caller)),

    saveTags: async (caller, dashboardId, given) => {
      const { scope, id } = await reach(caller, dashboardId, 'WRITE')
      const found = await deps.database.dashboards.find(scope, id)
      if (!found) throw missing('DASHBOARD', dashboardId)
      const tags = [...new Set(given)]
      const { tags: _before, ...configuration } = (found.configuration ?? {}) as Record<string, unknown>
      const { version } = await deps.dashboards.save(caller, {
        ...found,
        resources: null,
        configuration: { ...configuration, ...(tags.length > 0 && { tags }) },
      })
      return { tags, version }
    },

    usesOf: async (caller, entity) => {
      const { head } = await access.require(caller, entity, 'READ', { missingText: 'byId' })
      return library.usesOf(scopeOf(caller), head)
    },

    usersOf: async (caller, dashboardId) => {
      const { scope, id } = await reach(caller, dashboardId, 'WRITE')
      return library.usersOf(scope, id)
    },

    overlay: async (caller, dashboardId) => {
      const { id } = await reach(caller, dashboardId, 'READ')
      return overlays.find(caller.userId, id)
    },

    saveOverlay: async (caller, dashboardId, overlay) => {
      requireAccount(caller)
      const { id, tenantId } = await reach(caller, dashboardId, 'READ')
      const size = Buffer.byteLength(JSON.stringify(overlay))
      if (size > maxOverlayBytes)
        throw new AppError('PAYLOAD_TOO_LARGE', `The view has ${size} bytes; ${maxOverlayBytes} are the most.`)
      await overlays.save(caller.userId, { tenantId, dashboardId: id, overlay })
    },

    deleteOverlay: async (caller, dashboardId) => {
      requireAccount(caller)
      const { id } = await reach(caller, dashboardId, 'READ')
      await overlays.delete(caller.userId, id)
    },
  }
}
