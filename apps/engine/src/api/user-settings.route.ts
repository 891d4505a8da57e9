import {
  AppError,
  reservedUserSettings,
  userDashboardActions,
  userDashboardsInfoSchema,
  userSettingsSchema,
  type UserSettingsType,
  userSettingsTypes,
} from '@thingwire/contracts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pathId } from './page-query.ts'
import { addRoute, anyone, type RouteGroup, tenantOrCustomer } from './route.ts'

const typeParam = z.string().refine((text) => typeOf(text) !== undefined, {
  error: (issue) => `Settings type: '${String(issue.input)}' is not supported!`,
})
const paths = z.string().min(1).max(2_000)

const typeOf = (text: string): UserSettingsType | undefined =>
  userSettingsTypes.find((type) => type === text.toUpperCase())

/** A type that clients may use; the others belong to the platform. */
const openType = (text: string): UserSettingsType => {
  const type = typeOf(text)
  if (!type) throw new AppError('ARGUMENT_INVALID')
  if (reservedUserSettings.includes(type))
    throw new AppError('ARGUMENT_INVALID', `Settings with type: ${text} are reserved for internal use!`)
  return type
}

/** Documents that a client keeps for the caller, and the dashboards that the caller looked at (as ThingsBoard). */
export const userSettingsRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'User settings'
  return {
    tag,
    register: (api) => {
      generalRoutes(api, tag, deps)
      typedRoutes(api, tag, deps)
      dashboardRoutes(api, tag, deps)
    },
  }
}

const generalRoutes = (api: FastifyInstance, tag: string, { userSettings }: ApiDeps): void => {
  const path = '/api/user/settings'
  addRoute(api, tag, {
    method: 'GET',
    path,
    access: anyone,
    summary: 'General settings of the caller',
    response: userSettingsSchema,
    handle: ({ caller }) => userSettings.get(caller, 'GENERAL'),
  })
  addRoute(api, tag, {
    method: 'POST',
    path,
    access: anyone,
    summary: 'Replace the general settings of the caller',
    body: userSettingsSchema,
    response: userSettingsSchema,
    handle: ({ caller, body }) => userSettings.replace(caller, 'GENERAL', body),
  })
  addRoute(api, tag, {
    method: 'PUT',
    path,
    access: anyone,
    summary: 'Change single members of the general settings; keys are paths (a.b)',
    body: userSettingsSchema,
    response: 'empty',
    handle: ({ caller, body }) => userSettings.merge(caller, 'GENERAL', body),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: `${path}/:paths`,
    access: anyone,
    summary: 'Remove members of the general settings; paths separated by commas',
    params: z.object({ paths }),
    response: 'empty',
    handle: ({ caller, params }) => userSettings.remove(caller, 'GENERAL', params.paths),
  })
}

const typedRoutes = (api: FastifyInstance, tag: string, { userSettings }: ApiDeps): void => {
  const path = '/api/user/settings/:type'
  addRoute(api, tag, {
    method: 'GET',
    path,
    access: anyone,
    summary: 'Settings of the caller of one type',
    params: z.object({ type: typeParam }),
    response: userSettingsSchema,
    handle: ({ caller, params }) => userSettings.get(caller, openType(params.type)),
  })
  addRoute(api, tag, {
    method: 'PUT',
    path,
    access: anyone,
    summary: 'Change single members of settings of one type; keys are paths (a.b)',
    params: z.object({ type: typeParam }),
    body: userSettingsSchema,
    response: 'empty',
    handle: ({ caller, params, body }) => userSettings.merge(caller, openType(params.type), body),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: `${path}/:paths`,
    access: anyone,
    summary: 'Remove members of settings of one type; paths separated by commas',
    params: z.object({ type: typeParam, paths }),
    response: 'empty',
    handle: ({ caller, params }) => userSettings.remove(caller, openType(params.type), params.paths),
  })
}

const dashboardRoutes = (api: FastifyInstance, tag: string, { userSettings }: ApiDeps): void => {
  const read = {
    method: 'GET',
    access: tenantOrCustomer,
    response: userDashboardsInfoSchema,
  } as const
  addRoute(api, tag, {
    ...read,
    path: '/api/user/dashboards',
    summary: 'Dashboards that the caller looked at last, and those with a star',
    handle: ({ caller }) => userSettings.dashboards(caller),
  })
  addRoute(api, tag, {
    ...read,
    path: '/api/user/lastVisitedDashboards',
    summary: 'The same under the name of older clients',
    handle: ({ caller }) => userSettings.dashboards(caller),
  })
  addRoute(api, tag, {
    ...read,
    path: '/api/user/dashboards/:dashboardId/:action',
    summary: 'Note that the caller looked at a dashboard, or give or take a star',
    params: z.object({
      dashboardId: pathId,
      action: z
        .string()
        .transform((text) => text.toLowerCase())
        .pipe(z.enum(userDashboardActions, { error: 'Action should be visit, star or unstar!' })),
    }),
    handle: ({ caller, params }) => userSettings.noteDashboard(caller, params.dashboardId, params.action),
  })
}
