import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import engine from '../../package.json' with { type: 'json' }
import { docsPage, docsStyle } from './docs-page.ts'
import { namedSchemas } from './schema-names.ts'
import { tidyComponents } from './tidy-components.ts'

const bearer = { type: 'apiKey', in: 'header', name: 'X-Authorization', description: 'Bearer <token>' } as const
const cookieScheme = {
  type: 'apiKey',
  in: 'cookie',
  name: 'tw_access',
  description: 'Set by POST /api/session',
} as const

type Transform = ReturnType<typeof createJsonSchemaTransform>

const uploadForm = {
  type: 'object',
  properties: { file: { type: 'string', format: 'binary' } },
  required: ['file'],
} as const

/** Handlers of uploads read the form themselves, so no schema says that there is one; clients must know it all the same. */
const withUploads =
  (transform: Transform): Transform =>
  (route) => {
    const { schema, url } = transform(route)
    const isUpload = schema.consumes?.includes('multipart/form-data')
    return { url, schema: isUpload ? { ...schema, body: uploadForm } : schema }
  }

/** Collects every route that is added after this into one OpenAPI document. */
export const useOpenApi = async (api: FastifyInstance): Promise<void> => {
  const schemaRegistry = namedSchemas()
  const withComponents = createJsonSchemaTransformObject({ schemaRegistry })
  await api.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Thingwire REST API', version: engine.version },
      components: { securitySchemes: { bearer, cookie: cookieScheme } },
    },
    transform: withUploads(createJsonSchemaTransform({ schemaRegistry })),
    transformObject: (document) => tidyComponents(withComponents(document)),
  })
}

const operationSchema = z.looseObject({
  summary: z.string().default(''),
  tags: z.array(z.string()).default([]),
  'x-roles': z.array(z.string()).default([]),
  parameters: z
    .array(z.looseObject({ name: z.string(), in: z.string(), required: z.boolean().default(false) }))
    .default([]),
})
const documentSchema = z.looseObject({
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
})

export type ApiOperation = {
  method: string
  path: string
  summary: string
  tag: string
  roles: readonly string[]
  /** Names of query parameters, those that must be given first with an asterisk behind. */
  query: readonly string[]
}

/** The operations of an OpenAPI document made by `useOpenApi`, in the order of their paths. */
export const operationsOf = (document: unknown): ApiOperation[] => {
  const { paths } = documentSchema.parse(document)
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      summary: operation.summary,
      tag: operation.tags[0] ?? '',
      roles: operation['x-roles'],
      query: operation.parameters
        .filter((parameter) => parameter.in === 'query')
        .map(({ name, required }) => (required ? `${name}*` : name)),
    })),
  )
  // By code units: the order of the generated page must not depend on anybody's language.
  const orderOf = ({ path, method }: ApiOperation) => `${path} ${method}`
  return operations.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
}

/** `/api-docs` for people, `/api-docs/json` for tools. */
export const registerApiDocs = (api: FastifyInstance): void => {
  const options = { schema: { hide: true }, config: { access: 'public' as const }, bodyLimit: 1024 }
  api.get('/api-docs/json', options, async (_request, reply) => {
    reply.type('application/json; charset=utf-8').send(JSON.stringify(api.swagger()))
  })
  api.get('/api-docs/style.css', options, async (_request, reply) => {
    reply.type('text/css; charset=utf-8').send(docsStyle)
  })
  api.get('/api-docs', options, async (_request, reply) => {
    reply.type('text/html; charset=utf-8').send(docsPage(operationsOf(api.swagger())))
  })
}
