import {
  dashboardInfoSchema,
  dashboardSchema,
  entityId,
  homeDashboardInfoSchema,
  homeDashboardSchema,
  saveDashboardSchema,
  saveHomeDashboardSchema,
} from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { maxDatapoints } from '../entity-values/entity-values.ts'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { useGzip } from './gzip.ts'
import { idListQuery, pageQuery, pageQuerySchema, pathId, queryFlag, toPageLink } from './page-query.ts'
import { addRoute, anyone, type RouteGroup, systemAdmin, tenantAdmin, tenantOrCustomer } from './route.ts'

const params = z.object({ dashboardId: pathId })
const customerParams = z.object({ customerId: pathId })
const bothParams = params.extend({ customerId: pathId })
const listQuery = z.object({ ...pageQuery, mobile: queryFlag.optional() })
const idsQuery = z.object({ dashboardIds: idListQuery })
const customerIds = z.array(pathId).max(10_000)

/** Dashboards and who sees them (as ThingsBoard). */
export const dashboardRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Dashboards'
  return {
    tag,
    register: (api) => {
      constantRoutes(api, tag, deps)
      listRoutes(api, tag, deps)
      // Only answers with a whole document are compressed; the scope is registered with the others.
      api.register(async (scope) => {
        useGzip(scope)
        documentRoutes(scope, tag, deps)
      })
      homeRoutes(api, tag, deps)
      assignmentRoutes(api, tag, deps)
      publicRoutes(api, tag, deps)
    },
  }
}

const constantRoutes = (api: FastifyInstance, tag: string, { now }: ApiDeps): void => {
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
}

const listRoutes = (api: FastifyInstance, tag: string, { database, access }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenant/dashboards',
    access: tenantAdmin,
    summary: 'Dashboards of the tenant',
    query: listQuery,
    response: pageOf(dashboardInfoSchema),
    handle: ({ caller, query }) =>
      database.dashboards.list(scopeOf(caller), toPageLink(query), { mobile: query.mobile }),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenant/:tenantId/dashboards',
    access: systemAdmin,
    summary: 'Dashboards of a tenant, for the system administrator',
    params: z.object({ tenantId: pathId }),
    query: pageQuerySchema,
    response: pageOf(dashboardInfoSchema),
    handle: async ({ caller, params: { tenantId }, query }) => {
      await access.require(caller, entityId('TENANT', tenantId), 'READ', { missingText: 'byId' })
      return database.dashboards.list({ kind: 'tenant', tenantId }, toPageLink(query))
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/customer/:customerId/dashboards',
    access: tenantOrCustomer,
    summary: 'Dashboards assigned to a customer',
    params: customerParams,
    query: listQuery,
    response: pageOf(dashboardInfoSchema),
    handle: async ({ caller, params: { customerId }, query }) => {
      await access.require(caller, entityId('CUSTOMER', customerId), 'READ', { missingText: 'byId' })
      return database.dashboards.list(scopeOf(caller), toPageLink(query), { mobile: query.mobile, customerId })
    },
  })
  for (const path of ['/api/dashboards', '/api/dashboards/list'] as const)
    addRoute(api, tag, {
      method: 'GET',
      path,
      access: tenantOrCustomer,
      summary: 'Those of the dashboards that the caller sees, without their documents',
      query: idsQuery,
      response: z.array(dashboardInfoSchema),
      handle: ({ caller, query }) => database.dashboards.findInfos(scopeOf(caller), query.dashboardIds),
    })
}

const documentRoutes = (api: FastifyInstance, tag: string, { dashboards, embedded }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/dashboard/:dashboardId',
    access: tenantOrCustomer,
    summary: 'A dashboard, with includeResources also the images that it shows; compressed when the client reads gzip',
    params,
    query: z.object({ includeResources: queryFlag.default(false) }),
    response: dashboardSchema,
    handle: async ({ caller, params: { dashboardId }, query }) => {
      const found = await dashboards.find(caller, dashboardId)
      return query.includeResources ? { ...found, resources: await embedded.export(caller, found) } : found
    },
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/dashboard',
    access: tenantAdmin,
    summary: 'Create a dashboard, or replace it; compressed when the client reads gzip',
    body: saveDashboardSchema,
    response: dashboardSchema,
    handle: async ({ caller, body }) => dashboards.save(caller, await embedded.import(caller, body)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/dashboard/home',
    access: anyone,
    summary: "The caller's home dashboard, or nothing; compressed when the client reads gzip",
    response: homeDashboardSchema.optional(),
    handle: ({ caller }) => dashboards.home(caller),
  })
}

const homeRoutes = (api: FastifyInstance, tag: string, { dashboards }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/dashboard/home/info',
    access: anyone,
    summary: "Which dashboard is the caller's home: the user's, else the customer's, else the tenant's",
    response: homeDashboardInfoSchema.optional(),
    handle: ({ caller }) => dashboards.homeInfo(caller),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenant/dashboard/home/info',
    access: tenantAdmin,
    summary: "The tenant's home dashboard",
    response: homeDashboardInfoSchema,
    handle: ({ caller }) => dashboards.tenantHomeInfo(caller),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/tenant/dashboard/home/info',
    access: tenantAdmin,
    summary: "Set the tenant's home dashboard",
    body: saveHomeDashboardSchema,
    response: 'empty',
    handle: ({ caller, body }) => dashboards.saveTenantHomeInfo(caller, body),
  })
}

const assignmentRoutes = (api: FastifyInstance, tag: string, { dashboards }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/dashboard/info/:dashboardId',
    access: anyone,
    summary: 'A dashboard without its document',
    params,
    response: dashboardInfoSchema,
    handle: ({ caller, params: { dashboardId } }) => dashboards.info(caller, dashboardId),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/dashboard/:dashboardId',
    access: tenantAdmin,
    summary: 'Delete a dashboard',
    params,
    response: 'empty',
    handle: ({ caller, params: { dashboardId } }) => dashboards.delete(caller, dashboardId),
  })
  for (const [method, mode] of [
    ['POST', 'add'],
    ['DELETE', 'remove'],
  ] as const)
    addRoute(api, tag, {
      method,
      path: '/api/customer/:customerId/dashboard/:dashboardId',
      access: tenantAdmin,
      summary: mode === 'add' ? 'Assign a dashboard to a customer' : 'Take a dashboard away from a customer',
      params: bothParams,
      response: dashboardSchema,
      handle: ({ caller, params: { customerId, dashboardId } }) =>
        dashboards.changeCustomers(caller, dashboardId, { mode, customerIds: [customerId] }),
    })
  for (const [path, mode] of [
    ['/api/dashboard/:dashboardId/customers', 'replace'],
    ['/api/dashboard/:dashboardId/customers/add', 'add'],
    ['/api/dashboard/:dashboardId/customers/remove', 'remove'],
  ] as const)
    addRoute(api, tag, {
      method: 'POST',
      path,
      access: tenantAdmin,
      summary: `Customers of a dashboard, by id: ${mode}`,
      params,
      body: mode === 'replace' ? customerIds.nullish() : customerIds,
      response: dashboardSchema,
      handle: ({ caller, params: { dashboardId }, body }) =>
        dashboards.changeCustomers(caller, dashboardId, { mode, customerIds: body ?? [] }),
    })
}

const publicRoutes = (api: FastifyInstance, tag: string, deps: ApiDeps): void => {
  for (const [method, mode] of [
    ['POST', 'add'],
    ['DELETE', 'remove'],
  ] as const)
    addRoute(api, tag, {
      method,
      path: '/api/customer/public/dashboard/:dashboardId',
      access: tenantAdmin,
      summary: mode === 'add' ? 'Show a dashboard to everybody who knows its address' : 'Stop showing it to everybody',
      params,
      response: dashboardSchema,
      handle: async ({ caller, params: { dashboardId } }) => {
        const { tenantId } = await deps.access.require(
          caller,
          entityId('DASHBOARD', dashboardId),
          mode === 'add' ? 'ASSIGN_TO_CUSTOMER' : 'UNASSIGN_FROM_CUSTOMER',
          { missingText: 'byId' },
        )
        const everybody = await deps.ensurePublicCustomer(tenantId)
        return deps.dashboards.changeCustomers(caller, dashboardId, { mode, customerIds: [everybody.id.id] })
      },
    })
}
