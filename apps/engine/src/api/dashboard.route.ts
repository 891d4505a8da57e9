import { dashboardConfigurationSchema, idOf } from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { maxDatapoints } from '../entity-values/entity-values.ts'
import { notFound } from '../access/entity-access.ts'
import type { ApiDeps } from './api-deps.ts'
import { customerScope } from './device.route.ts'
import { dashboardInfoSchema, dashboardSchema, pageOf } from './entity-schemas.ts'
import { pageQuery, pathId, queryFlag, toPageLink } from './page-query.ts'
import { addRoute, anyone, type RouteGroup, tenantAdmin, tenantOrCustomer } from './route.ts'

const params = z.object({ dashboardId: pathId })
const listQuery = z.object({ ...pageQuery, mobile: queryFlag.optional() })
const saveDashboardSchema = z.object({
  id: idOf('DASHBOARD').nullish(),
  title: z
    .string({ error: 'Dashboard title should be specified!' })
    .trim()
    .min(1, 'Dashboard title should be specified!')
    .max(255),
  configuration: dashboardConfigurationSchema.nullish(),
  image: z.string().max(1_000_000).nullish(),
  version: z.number().int().nullish(),
})

/** Dashboards and who sees them (as ThingsBoard). */
export const dashboardRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Dashboards'
  return {
    tag,
    register: (api) => {
      readRoutes(api, tag, deps)
      writeRoutes(api, tag, deps)
    },
  }
}

const readRoutes = (api: FastifyInstance, tag: string, { database, now }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/dashboard/serverTime',
    access: anyone,
    summary: 'Time of the server, epoch ms',
    response: z.number(),
    handle: () => now(),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/dashboard/maxDatapointsLimit',
    access: anyone,
    summary: 'Most points of one key in one answer',
    response: z.number(),
    handle: () => maxDatapoints,
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/dashboard/info/:dashboardId',
    access: anyone,
    summary: 'A dashboard without its configuration',
    params,
    response: dashboardInfoSchema,
    handle: async ({ caller, params: { dashboardId } }) =>
      find(await database.dashboards.find(scopeOf(caller), dashboardId)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/dashboard/:dashboardId',
    access: tenantOrCustomer,
    summary: 'A dashboard',
    params,
    response: dashboardSchema,
    handle: async ({ caller, params: { dashboardId } }) =>
      find(await database.dashboards.find(scopeOf(caller), dashboardId)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenant/dashboards',
    access: tenantAdmin,
    summary: 'Dashboards of the tenant',
    query: listQuery,
    response: pageOf(dashboardInfoSchema),
    handle: ({ caller, query }) => database.dashboards.list(scopeOf(caller), toPageLink(query)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/customer/:customerId/dashboards',
    access: tenantOrCustomer,
    summary: 'Dashboards assigned to a customer',
    params: z.object({ customerId: pathId }),
    query: listQuery,
    response: pageOf(dashboardInfoSchema),
    handle: ({ caller, params: { customerId }, query }) =>
      database.dashboards.list(customerScope(caller, customerId), toPageLink(query)),
  })
}

const writeRoutes = (api: FastifyInstance, tag: string, { database, audit }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/dashboard',
    access: tenantAdmin,
    summary: 'Create a dashboard, or replace it',
    body: saveDashboardSchema,
    response: dashboardSchema,
    handle: async ({ caller, body }) => {
      const { id, configuration, ...rest } = body
      const scope = scopeOf(caller)
      const saved = await database.dashboards.save(scope, {
        title: rest.title,
        configuration: configuration ?? dashboardConfigurationSchema.parse({}),
        ...(id && { id: id.id }),
        ...(rest.image !== undefined && { image: rest.image }),
        ...(rest.version !== undefined && { version: rest.version }),
      })
      await audit.record(caller, {
        action: id ? 'UPDATED' : 'ADDED',
        entityId: saved.id,
        entityName: saved.title,
        data: { title: saved.title, version: saved.version },
      })
      return saved
    },
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/dashboard/:dashboardId',
    access: tenantAdmin,
    summary: 'Delete a dashboard',
    params,
    response: 'empty',
    handle: async ({ caller, params: { dashboardId } }) => {
      const scope = scopeOf(caller)
      const dashboard = find(await database.dashboards.find(scope, dashboardId))
      if (!(await database.dashboards.delete(scope, dashboardId))) throw notFound('DASHBOARD')
      await audit.record(caller, { action: 'DELETED', entityId: dashboard.id, entityName: dashboard.title })
    },
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/customer/:customerId/dashboard/:dashboardId',
    access: tenantAdmin,
    summary: 'Assign a dashboard to a customer',
    params: params.extend({ customerId: pathId }),
    response: dashboardSchema,
    handle: async ({ caller, params: { customerId, dashboardId } }) => {
      const scope = scopeOf(caller)
      find(await database.dashboards.find(scope, dashboardId))
      const dashboard = await database.dashboards.assign(scope, dashboardId, customerId)
      await audit.record(caller, {
        action: 'ASSIGNED_TO_CUSTOMER',
        entityId: dashboard.id,
        entityName: dashboard.title,
        data: { entityId: dashboardId, assignedCustomerId: customerId },
      })
      return dashboard
    },
  })
}

const find = <T>(dashboard: T | null): T => {
  if (!dashboard) throw notFound('DASHBOARD')
  return dashboard
}
