import {
  type Dashboard,
  type DashboardInfo,
  entityId,
  type HomeDashboard,
  type HomeDashboardInfo,
  nullUuid,
  type SaveDashboard,
} from '@thingwire/contracts'
import { type AssignmentChange, type Database, type Scope, scopeOf } from '@thingwire/db'
import type { AccessibleEntity, EntityAccess } from '../access/entity-access.ts'
import { missing } from '../access/entity-access.ts'
import type { Operation } from '../access/permissions.ts'
import type { Deed, EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'

export type DashboardService = {
  info(caller: Caller, dashboardId: string): Promise<DashboardInfo>
  find(caller: Caller, dashboardId: string): Promise<Dashboard>
  /** `draft`: the document is this revision of the dashboard's draft, which ends with it. */
  save(
    caller: Caller,
    dashboard: SaveDashboard,
    options?: { draft?: { revision: number }; note?: string | null | undefined },
  ): Promise<Dashboard>
  delete(caller: Caller, dashboardId: string): Promise<void>
  /** `replace`: those who are not named lose it. */
  changeCustomers(
    caller: Caller,
    dashboardId: string,
    change: { mode: 'add' | 'remove' | 'replace'; customerIds: readonly string[] },
  ): Promise<Dashboard>
  /** Undefined: the caller has none, or may not see it. */
  home(caller: Caller): Promise<HomeDashboard | undefined>
  homeInfo(caller: Caller): Promise<HomeDashboardInfo | undefined>
  tenantHomeInfo(caller: Caller): Promise<HomeDashboardInfo>
  saveTenantHomeInfo(
    caller: Caller,
    home: { dashboardId?: { id: string } | null | undefined; hideDashboardToolbar: boolean },
  ): Promise<void>
}

type Deps = {
  database: Pick<Database, 'dashboards'>
  access: EntityAccess
  actions: EntityActions
  audit: AuditTrail
  invalidate: Invalidate
  limits: TenantLimits
}

/** Dashboards, who sees them, and which one comes first. */
export const createDashboardService = (deps: Deps): DashboardService => {
  const { access, limits, invalidate } = deps
  const { dashboards } = deps.database

  const reach = (caller: Caller, dashboardId: string, operation: Operation): Promise<AccessibleEntity> =>
    access.require(caller, entityId('DASHBOARD', dashboardId), operation, { missingText: 'byId' })

  const find = async (caller: Caller, dashboardId: string): Promise<Dashboard> => {
    const { scope } = await reach(caller, dashboardId, 'READ')
    return orMissing(await dashboards.find(viewOf(caller, scope), dashboardId), dashboardId)
  }

  /** The first that the caller may read: whoever set one may have been allowed more, or it is gone by now. */
  const home = async (caller: Caller): Promise<HomeDashboardInfo | null> => {
    const { tenantId, customerId, userId } = caller
    const homes = tenantId ? await dashboards.homes({ userId, customerId, tenantId }) : []
    const heads = await access.readable(
      caller,
      homes.flatMap(({ dashboardId }) => dashboardId ?? []),
    )
    const readable = new Set(heads.map(({ id }) => id.id))
    return homes.find(({ dashboardId }) => dashboardId && readable.has(dashboardId.id.toLowerCase())) ?? null
  }

  const changed = (dashboard: DashboardInfo) =>
    invalidate({ kind: 'dashboard', tenantId: dashboard.tenantId.id, id: dashboard.id.id })

  return {
    find,

    info: async (caller, dashboardId) => {
      const { scope } = await reach(caller, dashboardId, 'READ')
      return orMissing(await dashboards.findInfo(viewOf(caller, scope), dashboardId), dashboardId)
    },

    save: (caller, { id, configuration, resources: _resources, ...dashboard }, { draft, note } = {}) => {
      const action = id ? 'UPDATED' : 'ADDED'
      const about = { entityId: entityId('DASHBOARD', id?.id ?? nullUuid), entityName: dashboard.title }
      return deps.actions.attempt(caller, { action, ...about }, async () => {
        if (id) await reach(caller, id.id, 'WRITE')
        else await limits.requireRoom(caller.tenantId ?? nullUuid, 'DASHBOARD')
        const saved = await dashboards.save(scopeOf(caller), {
          id: id?.id,
          title: dashboard.title,
          configuration: configuration ?? {},
          image: dashboard.image ?? null,
          mobileHide: dashboard.mobileHide ?? false,
          mobileOrder: dashboard.mobileOrder ?? null,
          version: dashboard.version ?? null,
          publisher: { userId: caller.userId, note },
          draft,
        })
        await changed(saved)
        return { result: saved, deed: { entityId: saved.id, entityName: saved.title, entity: withoutDocument(saved) } }
      })
    },

    delete: (caller, dashboardId) => {
      const about = { entityId: entityId('DASHBOARD', dashboardId), entityName: '' }
      return deps.actions.attempt(
        caller,
        { action: 'DELETED', ...about, data: { entityId: dashboardId } },
        async () => {
          const { scope, head } = await reach(caller, dashboardId, 'DELETE')
          const dashboard = orMissing(await dashboards.findInfo(scope, dashboardId), dashboardId)
          if (!(await dashboards.delete(scope, dashboardId, caller.userId))) throw missing('DASHBOARD', dashboardId)
          await changed(dashboard)
          return { result: undefined, deed: { entityName: dashboard.title, entity: withoutDocument(dashboard), head } }
        },
      )
    },

    changeCustomers: async (caller, dashboardId, { mode, customerIds }) => {
      const operation = mode === 'remove' ? 'UNASSIGN_FROM_CUSTOMER' : 'ASSIGN_TO_CUSTOMER'
      const { scope } = await reach(caller, dashboardId, operation)
      for (const id of customerIds)
        await access.require(caller, entityId('CUSTOMER', id), 'READ', { missingText: 'byId' })
      const change = await dashboards.changeAssignments(
        scope,
        dashboardId,
        mode === 'remove' ? { remove: customerIds } : { add: customerIds, replace: mode === 'replace' },
      )
      if (change.added.length + change.removed.length > 0) await changed(change.dashboard)
      for (const deed of deedsOf(change)) await deps.actions.record(caller, deed)
      return change.dashboard
    },

    homeInfo: async (caller) => (await home(caller)) ?? undefined,

    home: async (caller) => {
      const info = await home(caller)
      if (!info?.dashboardId) return undefined
      const dashboard = await dashboards.find(scopeOf(caller), info.dashboardId.id)
      return dashboard ? { ...dashboard, hideDashboardToolbar: info.hideDashboardToolbar } : undefined
    },

    tenantHomeInfo: async (caller) =>
      (await dashboards.tenantHome(caller.tenantId ?? nullUuid)) ?? { dashboardId: null, hideDashboardToolbar: true },

    saveTenantHomeInfo: async (caller, { dashboardId, hideDashboardToolbar }) => {
      const tenantId = caller.tenantId ?? nullUuid
      if (dashboardId) await reach(caller, dashboardId.id, 'READ')
      await dashboards.saveTenantHome(tenantId, { dashboardId: dashboardId?.id ?? null, hideDashboardToolbar })
      await invalidate({ kind: 'tenant', tenantId, id: tenantId })
      await deps.audit.record(caller, {
        action: 'UPDATED',
        entityId: entityId('TENANT', tenantId),
        entityName: '',
        data: { homeDashboardId: dashboardId?.id ?? null, homeDashboardHideToolbar: hideDashboardToolbar },
      })
    },
  }
}

/** A customer user is not told who else has a dashboard. */
const viewOf = (caller: Caller, scope: Scope): Scope => (caller.authority === 'CUSTOMER_USER' ? scopeOf(caller) : scope)

const orMissing = <T>(dashboard: T | null, id: string): T => {
  if (!dashboard) throw missing('DASHBOARD', id)
  return dashboard
}

/** Neither the audit log nor a message carries the document, which may be megabytes (as ThingsBoard). */
const withoutDocument = (dashboard: DashboardInfo) => ({ ...dashboard, configuration: '' })

const deedsOf = ({ dashboard, added, removed }: AssignmentChange): Deed[] => {
  const about = { entityId: dashboard.id, entityName: dashboard.title, entity: withoutDocument(dashboard) }
  return [
    ...added.map(({ id, title }): Deed => {
      const names = { assignedCustomerId: id, assignedCustomerName: title }
      const data = { entityId: dashboard.id.id, ...names }
      return { action: 'ASSIGNED_TO_CUSTOMER', ...about, customerId: id, metadata: names, data }
    }),
    ...removed.map(({ id, title }): Deed => {
      const names = { unassignedCustomerId: id, unassignedCustomerName: title }
      const data = { entityId: dashboard.id.id, ...names }
      return { action: 'UNASSIGNED_FROM_CUSTOMER', ...about, customerId: id, metadata: names, data }
    }),
  ]
}
