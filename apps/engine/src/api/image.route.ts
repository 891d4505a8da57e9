import {
  AppError,
  type ResourceSubType,
  resourceDeleteResultSchema,
  resourceExportSchema,
  resourceImportSchema,
  resourceInfoSchema,
  resourceInfoUpdateSchema,
  resourceSubTypes,
} from '@thingwire/contracts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Caller } from '../auth/sign-in.ts'
import type { ApiDeps } from './api-deps.ts'
import { maxUploadBytes } from './body-limit.ts'
import { pageOf } from './entity-schemas.ts'
import { pageQuery, queryFlag, toPageLink } from './page-query.ts'
import { addRoute, anyone, type RouteGroup, systemOrTenant } from './route.ts'
import { sendResource } from './send-resource.ts'
import { readUploadForm } from './upload-form.ts'

const params = z.object({ type: z.enum(['tenant', 'system']), key: z.string().max(255) })
const subTypes = ['IMAGE', 'SCADA_SYMBOL'] as const

const toSubType = (text: string | undefined): ResourceSubType => {
  if (!text) return 'IMAGE'
  const found = subTypes.find((subType) => subType === text)
  if (!found) throw new AppError('ARGUMENT_INVALID', `Unsupported image sub type: ${text}`)
  return found
}

/** Images that dashboards, widgets and profiles show (as ThingsBoard). */
export const imageRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Images'
  return {
    tag,
    register: (api) => {
      readRoutes(api, tag, deps)
      uploadRoutes(api, tag, deps)
      changeRoutes(api, tag, deps)
    },
  }
}

type Address = z.output<typeof params>

const finder =
  ({ resources }: ApiDeps) =>
  (caller: Caller, { type, key }: Address) =>
    resources.infoByKey(caller, type, 'IMAGE', key)

const readRoutes = (api: FastifyInstance, tag: string, deps: ApiDeps): void => {
  const { resources, database } = deps
  const find = finder(deps)
  for (const [path, summary] of [
    ['/api/images/:type/:key', 'An image; 304 when the client has it'],
    // Small enough for what they are used for: scaling needs a picture library that this product does without.
    ['/api/images/:type/:key/preview', 'A preview of an image: the image itself'],
  ] as const)
    addRoute(api, tag, {
      method: 'GET',
      path,
      access: anyone,
      summary,
      params,
      response: 'raw',
      handle: async ({ caller, params: address, request, reply }) =>
        sendResource({ request, reply, resources }, await find(caller, address)),
    })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/images/public/:publicResourceKey',
    access: 'public',
    summary: 'An image that everybody may see who knows its key',
    params: z.object({ publicResourceKey: z.string().max(64) }),
    response: 'raw',
    handle: async ({ params: { publicResourceKey }, request, reply }) =>
      sendResource({ request, reply, resources }, await resources.publicImage(publicResourceKey), { isPublic: true }),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/images/:type/:key/info',
    access: systemOrTenant,
    summary: 'What is known of an image',
    params,
    response: resourceInfoSchema,
    handle: ({ caller, params: address }) => find(caller, address),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/images/:type/:key/export',
    access: systemOrTenant,
    summary: 'An image as a file of its own, with its content',
    params,
    response: resourceExportSchema,
    handle: async ({ caller, params: address }) => resources.export(caller, await find(caller, address)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/images',
    access: systemOrTenant,
    summary: "The tenant's images, with those of the system when asked",
    query: z.object({
      ...pageQuery,
      imageSubType: z.enum(resourceSubTypes).optional(),
      includeSystemImages: queryFlag.default(false),
    }),
    response: pageOf(resourceInfoSchema),
    handle: ({ caller, query }) =>
      database.resources.list(resources.scopeNamed(caller, 'tenant'), toPageLink(query), {
        types: ['IMAGE'],
        subType: toSubType(query.imageSubType),
        includeSystem: query.includeSystemImages,
      }),
  })
}

const uploadRoutes = (api: FastifyInstance, tag: string, deps: ApiDeps): void => {
  const { resources } = deps
  const find = finder(deps)
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/image',
    access: systemOrTenant,
    summary: 'Upload an image: parts file, title and imageSubType',
    consumes: 'multipart',
    bodyLimit: maxUploadBytes,
    response: resourceInfoSchema,
    handle: async ({ caller, request }) => {
      const { file, fields } = await readUploadForm(request)
      return resources.create(caller, {
        title: (fields.get('title')?.trim() || file.name).slice(0, 255),
        resourceType: 'IMAGE',
        resourceSubType: toSubType(fields.get('imageSubType')),
        fileName: file.name,
        data: file.data,
        // As ThingsBoard: dashboards for everybody need their pictures. The key cannot be guessed.
        isPublic: true,
      })
    },
  })
  addRoute(api, tag, {
    method: 'PUT',
    path: '/api/images/:type/:key',
    access: systemOrTenant,
    summary: 'Replace the content of an image: part file',
    consumes: 'multipart',
    bodyLimit: maxUploadBytes,
    params,
    response: resourceInfoSchema,
    handle: async ({ caller, params: address, request }) => {
      const { id } = await find(caller, address)
      await deps.access.require(caller, id, 'WRITE', { missingText: 'byId' })
      const { file } = await readUploadForm(request)
      return resources.update(caller, id.id, { content: { data: file.data, fileName: file.name } })
    },
  })
  addRoute(api, tag, {
    method: 'PUT',
    path: '/api/image/import',
    access: systemOrTenant,
    summary: 'Create an image from an exported file',
    bodyLimit: maxUploadBytes,
    body: resourceImportSchema,
    response: resourceInfoSchema,
    handle: ({ caller, body }) => resources.import(caller, { ...body, type: 'IMAGE' }),
  })
}

const changeRoutes = (api: FastifyInstance, tag: string, deps: ApiDeps): void => {
  const { resources } = deps
  const find = finder(deps)
  addRoute(api, tag, {
    method: 'PUT',
    path: '/api/images/:type/:key/info',
    access: systemOrTenant,
    summary: 'Change the title of an image',
    params,
    body: resourceInfoUpdateSchema,
    response: resourceInfoSchema,
    handle: async ({ caller, params: address, body }) =>
      resources.update(caller, (await find(caller, address)).id.id, { title: body.title }),
  })
  addRoute(api, tag, {
    method: 'PUT',
    path: '/api/images/:type/:key/public/:isPublic',
    access: systemOrTenant,
    summary: 'Show an image to everybody who knows its public key, or stop that',
    params: params.extend({ isPublic: queryFlag }),
    response: resourceInfoSchema,
    handle: async ({ caller, params: { isPublic, ...address } }) =>
      resources.setPublic(caller, (await find(caller, address)).id.id, isPublic),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/images/:type/:key',
    access: systemOrTenant,
    summary: 'Delete an image; one that is used stays unless force is set, and the answer tells by what',
    params,
    query: z.object({ force: queryFlag.default(false) }),
    response: resourceDeleteResultSchema,
    handle: async ({ caller, params: address, query }) =>
      resources.delete(caller, (await find(caller, address)).id.id, query.force),
  })
}
