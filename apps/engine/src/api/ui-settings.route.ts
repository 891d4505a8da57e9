import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { addRoute, anyone, type RouteGroup } from './route.ts'

/** The documentation that every installation serves itself. */
const helpBasePath = '/api-docs'

/** What a web console must know of the installation before it draws anything (as ThingsBoard). */
export const uiSettingsRoutes = ({ baseUrl }: ApiDeps): RouteGroup => {
  const tag = 'Console'
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/uiSettings/helpBaseUrl',
        access: anyone,
        summary: 'Address that help pages begin with, as plain text',
        response: 'raw',
        handle: async ({ reply }) => {
          reply.type('text/plain; charset=utf-8').send(`${await baseUrl()}${helpBasePath}`)
        },
      })
      // Consoles and apps of ThingsBoard ask this before they draw their sign-in page.
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/noauth/oauth2Clients',
        access: 'public',
        summary: 'Other ways to sign in than by password: none',
        query: z.object({ pkgName: z.string().max(255).optional(), platform: z.string().max(16).optional() }),
        response: z.array(z.object({ name: z.string(), icon: z.string().nullable(), url: z.string() })),
        handle: () => [],
      })
    },
  }
}
