import {
  saveScriptLibrarySchema,
  scriptLanguages,
  scriptLibraryInfoSchema,
  scriptLibrarySchema,
  scriptLibraryUsageSchema,
} from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { pageQuery, pathId, queryFlag, toPageLink } from './page-query.ts'
import { addRoute, type RouteGroup, tenantAdmin } from './route.ts'

const params = z.object({ libraryId: pathId })

/** Functions that the scripts of rule nodes share. */
export const scriptLibraryRoutes = ({ scriptLibraries, database }: ApiDeps): RouteGroup => {
  const tag = 'Script libraries'
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/scriptLibraries',
        access: tenantAdmin,
        summary: 'Script libraries of the tenant, without their functions',
        query: z.object({ ...pageQuery, language: z.enum(scriptLanguages).optional() }),
        response: pageOf(scriptLibraryInfoSchema),
        handle: ({ caller, query: { language, ...link } }) =>
          database.scriptLibraries.list(scopeOf(caller), toPageLink(link), { language }),
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/scriptLibrary/:libraryId',
        access: tenantAdmin,
        summary: 'One script library',
        params,
        response: scriptLibrarySchema,
        handle: ({ caller, params: { libraryId } }) => scriptLibraries.find(caller, libraryId),
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/scriptLibrary/:libraryId/usage',
        access: tenantAdmin,
        summary: 'The rule nodes and libraries whose scripts use a library',
        params,
        response: scriptLibraryUsageSchema,
        handle: ({ caller, params: { libraryId } }) => scriptLibraries.usage(caller, libraryId),
      })
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/scriptLibrary',
        access: tenantAdmin,
        summary: 'Create or change a script library; running rule nodes use it from their next messages on',
        body: saveScriptLibrarySchema,
        response: scriptLibrarySchema,
        handle: ({ caller, body }) => scriptLibraries.save(caller, body),
      })
      addRoute(api, tag, {
        method: 'DELETE',
        path: '/api/scriptLibrary/:libraryId',
        access: tenantAdmin,
        summary: 'Delete a script library; one that is used only with force',
        params,
        query: z.object({ force: queryFlag.default(false) }),
        response: 'empty',
        handle: ({ caller, params: { libraryId }, query }) => scriptLibraries.delete(caller, libraryId, query),
      })
    },
  }
}
