import {
  AppError,
  type ResourceType,
  resourceDeleteResultSchema,
  resourceInfoSchema,
  resourceInfoUpdateSchema,
  resourceSchema,
  resourceSubTypes,
  resourceTypes,
  saveResourceSchema,
} from '@thingwire/contracts'
import { entityId } from '@thingwire/contracts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Caller } from '../auth/sign-in.ts'
import { fromBase64 } from '../resources/resource-service.ts'
import type { ApiDeps } from './api-deps.ts'
import { maxUploadBytes } from './body-limit.ts'
import { pageOf } from './entity-schemas.ts'
import {
  idListQuery,
  optionalPageQuery,
  pageQuerySchema,
  pathId,
  queryFlag,
  requirePageLink,
  toPageLink,
} from './page-query.ts'
import { addRoute, anyone, type RouteGroup, systemOrTenant, tenantAdmin } from './route.ts'
import { sendResource } from './send-resource.ts'
import { readUploadForm, type UploadForm } from './upload-form.ts'

const params = z.object({ resourceId: pathId })
/** Addresses write types in small letters. */
const addressParams = z.object({
  resourceType: z
    .string()
    .transform((text) => text.toUpperCase())
    .pipe(z.enum(resourceTypes)),
  scope: z.enum(['tenant', 'system']),
  key: z.string().max(255),
})
/** Images and dashboards have lists of their own. */
const listedTypes = resourceTypes.filter((type) => type !== 'IMAGE' && type !== 'DASHBOARD')
const exactType: Readonly<Record<string, ResourceType>> = { pkcs12: 'PKCS_12', jks: 'JKS', js: 'JS_MODULE' }

/** Files that other things use (as ThingsBoard). */
export const resourceRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Resources'
  return {
    tag,
    register: (api) => {
      downloadRoutes(api, tag, deps)
      readRoutes(api, tag, deps)
      listRoutes(api, tag, deps)
      saveRoutes(api, tag, deps)
      uploadRoutes(api, tag, deps)
    },
  }
}

const downloadRoutes = (api: FastifyInstance, tag: string, { resources }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/resource/:resourceId/download',
    access: systemOrTenant,
    summary: 'The content of a resource',
    params,
    response: 'raw',
    handle: async ({ caller, params: { resourceId }, request, reply }) =>
      sendResource({ request, reply, resources }, await resources.info(caller, resourceId)),
  })
  for (const [name, type] of Object.entries(exactType))
    addRoute(api, tag, {
      method: 'GET',
      path: `/api/resource/${name}/:resourceId/download`,
      access: type === 'JS_MODULE' ? anyone : systemOrTenant,
      summary: `The content of a resource of type ${type}; 304 when the client has it`,
      params,
      response: 'raw',
      handle: async ({ caller, params: { resourceId }, request, reply }) => {
        const info = await resources.info(caller, resourceId)
        if (info.resourceType !== type) throw new AppError('ENTITY_NOT_FOUND')
        await sendResource({ request, reply, resources }, info)
      },
    })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/resource/:resourceType/:scope/:key',
    access: anyone,
    summary: 'The content of a resource by its key; 304 when the client has it',
    params: addressParams,
    response: 'raw',
    handle: async ({ caller, params: { resourceType, scope, key }, request, reply }) =>
      sendResource({ request, reply, resources }, await resources.infoByKey(caller, scope, resourceType, key)),
  })
}

const readRoutes = (api: FastifyInstance, tag: string, { resources }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/resource/info/:resourceId',
    access: systemOrTenant,
    summary: 'What is known of a resource',
    params,
    response: resourceInfoSchema,
    handle: ({ caller, params: { resourceId } }) => resources.info(caller, resourceId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/resource/:resourceType/:scope/:key/info',
    access: systemOrTenant,
    summary: 'What is known of a resource, by its key',
    params: addressParams,
    response: resourceInfoSchema,
    handle: ({ caller, params: { resourceType, scope, key } }) => resources.infoByKey(caller, scope, resourceType, key),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/resource/:resourceId',
    access: systemOrTenant,
    summary: 'A resource with its content, Base64',
    params,
    response: resourceSchema,
    handle: ({ caller, params: { resourceId } }) => resources.find(caller, resourceId),
  })
}

const listRoutes = (api: FastifyInstance, tag: string, { resources, database }: ApiDeps): void => {
  const byIds = (caller: Caller, ids: readonly string[]) =>
    database.resources.findMany(resources.scopeNamed(caller, 'tenant'), ids)
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/resource',
    access: systemOrTenant,
    summary: 'Resources of tenant and system, without images and dashboards; with resourceIds: those',
    query: z.object({
      ...optionalPageQuery,
      resourceType: z.enum(resourceTypes).or(z.literal('')).optional(),
      resourceSubType: z.enum(resourceSubTypes).or(z.literal('')).optional(),
      resourceIds: idListQuery.optional(),
    }),
    response: z.union([pageOf(resourceInfoSchema), z.array(resourceInfoSchema)]),
    handle: ({ caller, query }) =>
      query.resourceIds
        ? byIds(caller, query.resourceIds)
        : database.resources.list(resources.scopeNamed(caller, 'tenant'), requirePageLink(query), {
            types: query.resourceType ? [query.resourceType] : listedTypes,
            subType: query.resourceSubType || undefined,
            includeSystem: true,
          }),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/resource/list',
    access: systemOrTenant,
    summary: 'Those of the resources that the caller may see',
    query: z.object({ resourceIds: idListQuery }),
    response: z.array(resourceInfoSchema),
    handle: ({ caller, query }) => byIds(caller, query.resourceIds),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/resource/tenant',
    access: tenantAdmin,
    summary: "The tenant's own resources",
    query: pageQuerySchema,
    response: pageOf(resourceInfoSchema),
    handle: ({ caller, query }) =>
      database.resources.list(resources.scopeNamed(caller, 'tenant'), toPageLink(query), { types: listedTypes }),
  })
}

const saveRoutes = (api: FastifyInstance, tag: string, { resources }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/resource',
    access: systemOrTenant,
    summary: 'Create a resource with its content in Base64, or change one',
    bodyLimit: maxUploadBytes,
    body: saveResourceSchema,
    response: resourceInfoSchema,
    handle: ({ caller, body }) => {
      const data = body.data ? fromBase64(body.data) : Buffer.alloc(0)
      const described = body.descriptor === undefined ? {} : { descriptor: body.descriptor }
      if (body.id)
        return resources.update(caller, body.id.id, {
          title: body.title,
          ...described,
          ...(data.length > 0 && { content: { data, fileName: body.fileName ?? undefined } }),
        })
      return resources.create(caller, {
        title: body.title,
        resourceType: body.resourceType,
        resourceSubType: body.resourceSubType,
        resourceKey: body.resourceKey,
        fileName: body.fileName || body.resourceKey || body.title,
        ...described,
        data,
      })
    },
  })
  addRoute(api, tag, {
    method: 'PUT',
    path: '/api/resource/:id/info',
    access: systemOrTenant,
    summary: 'Change title and descriptor of a resource',
    params: z.object({ id: pathId }),
    body: resourceInfoUpdateSchema,
    response: resourceInfoSchema,
    handle: ({ caller, params: { id }, body }) =>
      resources.update(caller, id, {
        title: body.title,
        ...(body.descriptor !== undefined && { descriptor: body.descriptor }),
      }),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/resource/:resourceId',
    access: systemOrTenant,
    summary: 'Delete a resource; one that is used stays unless force is set, and the answer tells by what',
    params,
    query: z.object({ force: queryFlag.default(false) }),
    response: resourceDeleteResultSchema,
    handle: ({ caller, params: { resourceId }, query }) => resources.delete(caller, resourceId, query.force),
  })
}

const uploadRoutes = (api: FastifyInstance, tag: string, { resources, access }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/resource/upload',
    access: systemOrTenant,
    summary: 'Upload a resource: parts file, resourceType, title, descriptor and resourceSubType',
    consumes: 'multipart',
    bodyLimit: maxUploadBytes,
    response: resourceInfoSchema,
    handle: async ({ caller, request }) => {
      const form = await readUploadForm(request)
      const { title, resourceType, resourceSubType, descriptor } = fieldsOf(form)
      return resources.create(caller, {
        title: (title?.trim() || form.file.name).slice(0, 255),
        resourceType,
        resourceSubType,
        fileName: form.file.name,
        descriptor: descriptor ?? { mediaType: form.file.mediaType },
        data: form.file.data,
      })
    },
  })
  addRoute(api, tag, {
    method: 'PUT',
    path: '/api/resource/:id/data',
    access: systemOrTenant,
    summary: 'Replace the content of a resource: part file',
    consumes: 'multipart',
    bodyLimit: maxUploadBytes,
    params: z.object({ id: pathId }),
    response: resourceInfoSchema,
    handle: async ({ caller, params: { id }, request }) => {
      await access.require(caller, entityId('TB_RESOURCE', id), 'WRITE', { missingText: 'byId' })
      const { file } = await readUploadForm(request)
      return resources.update(caller, id, { content: { data: file.data, fileName: file.name } })
    },
  })
}

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'The descriptor is not JSON' })
    return z.NEVER
  }
})
const formSchema = z.object({
  title: z.string().optional(),
  resourceType: z.enum(resourceTypes, { error: 'Resource type should be specified!' }),
  resourceSubType: z.enum(resourceSubTypes).optional(),
  descriptor: jsonText.optional(),
})

const fieldsOf = ({ fields }: UploadForm): z.output<typeof formSchema> => {
  const parsed = formSchema.safeParse(Object.fromEntries(fields))
  if (parsed.success) return parsed.data
  throw new AppError('ARGUMENT_INVALID', parsed.error.issues.map(({ message }) => message).join('; '))
}
