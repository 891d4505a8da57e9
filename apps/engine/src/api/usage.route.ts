import { AppError, usageInfoSchema } from '@thingwire/contracts'
import type { ApiDeps } from './api-deps.ts'
import { addRoute, type RouteGroup, tenantAdmin } from './route.ts'

/** What a tenant uses of what its profile allows (as ThingsBoard). */
export const usageRoutes = ({ readUsage }: ApiDeps): RouteGroup => {
  const tag = 'Usage'
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/usage',
        access: tenantAdmin,
        summary: 'Entities, messages and alarms of the tenant beside their limits',
        response: usageInfoSchema,
        handle: ({ caller: { tenantId } }) => {
          if (!tenantId) throw new AppError('PERMISSION_DENIED')
          return readUsage(tenantId)
        },
      })
    },
  }
}
