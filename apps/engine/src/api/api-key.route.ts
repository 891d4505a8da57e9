import {
  apiKeyDescriptionSchema,
  apiKeyInfoSchema,
  apiKeySchema,
  AppError,
  saveApiKeySchema,
} from '@thingwire/contracts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { useTextBodies } from './json-body.ts'
import { pageQuerySchema, pathId, queryFlag, toPageLink } from './page-query.ts'
import { addRoute, anyone, type RouteGroup } from './route.ts'

/** The text of a description: as it was sent, or quoted by a client that says it is JSON. */
const toDescription = (text: string): string => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value : text
  } catch {
    return text
  }
}

/** Keys that act as their user, for programs (as ThingsBoard). */
export const apiKeyRoutes = ({ apiKeys }: ApiDeps): RouteGroup => {
  const tag = 'API keys'
  const params = z.object({ id: pathId })
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/apiKey',
        access: anyone,
        summary: 'Create a key; its value is shown in this answer only. With an id: change description and enabled',
        body: saveApiKeySchema,
        response: z.union([apiKeySchema, apiKeyInfoSchema]),
        handle: ({ caller, body }) => {
          const { id, description, enabled } = body
          if (!id) return apiKeys.create(caller, body)
          return apiKeys.update(caller, id.id, { description, ...(typeof enabled === 'boolean' && { enabled }) })
        },
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/apiKeys/:userId',
        access: anyone,
        summary: 'Keys of a user, without their values',
        params: z.object({ userId: pathId }),
        query: pageQuerySchema,
        response: pageOf(apiKeyInfoSchema),
        handle: ({ caller, params, query }) => apiKeys.list(caller, params.userId, toPageLink(query)),
      })
      addRoute(api, tag, {
        method: 'PUT',
        path: '/api/apiKey/:id/enabled/:enabledValue',
        access: anyone,
        summary: 'Enable or disable a key',
        params: z.object({ id: pathId, enabledValue: queryFlag }),
        response: apiKeyInfoSchema,
        handle: ({ caller, params }) => apiKeys.update(caller, params.id, { enabled: params.enabledValue }),
      })
      addRoute(api, tag, {
        method: 'DELETE',
        path: '/api/apiKey/:id',
        access: anyone,
        summary: 'Delete a key',
        params,
        response: 'empty',
        handle: ({ caller, params }) => apiKeys.delete(caller, params.id),
      })
      api.register(async (text: FastifyInstance) => {
        useTextBodies(text)
        addRoute(text, tag, {
          method: 'PUT',
          path: '/api/apiKey/:id/description',
          access: anyone,
          summary: 'Change the description of a key; the body is the text',
          consumes: 'text',
          params,
          body: z.string().max(2_000).nullish(),
          response: apiKeyInfoSchema,
          handle: ({ caller, params, body }) => {
            const parsed = apiKeyDescriptionSchema.safeParse(toDescription(body ?? ''))
            if (!parsed.success) throw new AppError('ARGUMENT_INVALID', parsed.error.issues[0]?.message)
            return apiKeys.update(caller, params.id, { description: parsed.data })
          },
        })
      })
    },
  }
}
