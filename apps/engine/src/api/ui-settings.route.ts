import type { ApiDeps } from './api-deps.ts'
import { addRoute, anyone, type RouteGroup } from './route.ts'

/** The documentation that every installation serves itself. */
const helpBasePath = '/api-docs'

/** What a web console must know of the installation before it draws anything (as ThingsBoard). */
export const uiSettingsRoutes = ({ baseUrl }: ApiDeps): RouteGroup => {
  const tag = 'Console'
  return {
    tag,
    register: (api) =>
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/uiSettings/helpBaseUrl',
        access: anyone,
        summary: 'Address that help pages begin with, as plain text',
        response: 'raw',
        handle: async ({ reply }) => {
          reply.type('text/plain; charset=utf-8').send(`${await baseUrl()}${helpBasePath}`)
        },
      }),
  }
}
