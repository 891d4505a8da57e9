import {
  type DashboardInfo,
  type DeletedDashboard,
  entityId,
  nullUuid,
  type PageData,
  type PageLink,
} from '@thingwire/contracts'
import { type Database, scopeOf } from '@thingwire/db'
import { missing } from '../access/entity-access.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'

/** Dashboards that were deleted and can be brought back. */
export type DeletedDashboards = {
  list(caller: Caller, link: PageLink): Promise<PageData<DeletedDashboard>>
  restore(caller: Caller, dashboardId: string): Promise<DashboardInfo>
  /** For good. */
  forget(caller: Caller, dashboardId: string): Promise<void>
}

const dayMs = 86_400_000

export const createDeletedDashboards = (deps: {
  database: Pick<Database, 'dashboards' | 'deletedDashboards'>
  keepDays: number
  actions: EntityActions
  audit: AuditTrail
  invalidate: Invalidate
  limits: TenantLimits
}): DeletedDashboards => {
  const { deletedDashboards: kept, dashboards } = deps.database

  const titleOf = async (caller: Caller, dashboardId: string): Promise<string> => {
    const found = await kept.find(scopeOf(caller), dashboardId)
    if (!found) throw missing('DASHBOARD', dashboardId)
    return found.title
  }

  return {
    list: async (caller, link) => {
      const page = await kept.list(scopeOf(caller), link)
      const forgotten = (deletedTime: number) => deletedTime + deps.keepDays * dayMs
      return { ...page, data: page.data.map((one) => ({ ...one, forgottenTime: forgotten(one.deletedTime) })) }
    },

    restore: async (caller, dashboardId) => {
      const entityName = await titleOf(caller, dashboardId)
      const about = { entityId: entityId('DASHBOARD', dashboardId), entityName }
      return deps.actions.attempt(caller, { action: 'ADDED', ...about }, async () => {
        await deps.limits.requireRoom(caller.tenantId ?? nullUuid, 'DASHBOARD')
        const isRestored = await kept.restore(scopeOf(caller), dashboardId)
        const dashboard = isRestored ? await dashboards.findInfo(scopeOf(caller), dashboardId) : null
        if (!dashboard) throw missing('DASHBOARD', dashboardId)
        await deps.invalidate({ kind: 'dashboard', tenantId: dashboard.tenantId.id, id: dashboard.id.id })
        return { result: dashboard, deed: { entityId: dashboard.id, entity: { ...dashboard, configuration: '' } } }
      })
    },

    forget: async (caller, dashboardId) => {
      const entityName = await titleOf(caller, dashboardId)
      if (!(await kept.forget(scopeOf(caller), dashboardId))) throw missing('DASHBOARD', dashboardId)
      // The rule engine was told when it was deleted.
      await deps.audit.record(caller, {
        action: 'DELETED',
        entityId: entityId('DASHBOARD', dashboardId),
        entityName,
        data: { entityId: dashboardId, isForgotten: true },
      })
    },
  }
}
