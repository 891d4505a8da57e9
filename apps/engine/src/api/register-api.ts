import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import { AppError } from '@thingwire/contracts'
import type { FastifyInstance } from 'fastify'
import { registerApiDocs, useOpenApi } from './api-docs.ts'
import type { ApiDeps } from './api-deps.ts'
import { createAuthentication } from './authentication.ts'
import { maxBodyBytes, maxUploadBytes } from './body-limit.ts'
import { allowCrossOrigins } from './cross-origin.ts'
import { createErrorHandler } from './error-edge.ts'
import { useJsonBodies } from './json-body.ts'
import { createPathIndex } from './path-index.ts'
import { requestValidator } from './request-validator.ts'
import { routeGroups } from './route-groups.ts'
import { securityHeaders } from './security-headers.ts'
import { serializerCompiler } from './serializer.ts'

/** Adds the REST API (`/api/…`) and its documentation (`/api-docs`) to the public server. Has no effect outside of them. */
export const registerApi = (app: FastifyInstance, deps: ApiDeps): void => {
  app.register(async (api) => {
    const paths = createPathIndex()
    api.addHook('onRoute', ({ url, method, config, schema, bodyLimit }) => {
      if (schema?.hide && url === '/api/*') return
      if (!config?.access) throw new Error(`Route ${String(method)} ${url} does not say who may call it`)
      if (bodyLimit === undefined) throw new Error(`Route ${String(method)} ${url} has no body limit`)
      paths.add(url, method)
    })
    api.setValidatorCompiler(requestValidator)
    api.setSerializerCompiler(serializerCompiler)
    api.setErrorHandler(createErrorHandler(deps))
    useJsonBodies(api)
    await api.register(multipart, { limits: { files: 1, fileSize: maxUploadBytes } })
    await api.register(cookie)
    api.addHook('onRequest', (_request, reply, done) => {
      reply.headers(securityHeaders)
      done()
    })
    await useOpenApi(api)
    api.decorateRequest('caller', null)
    allowCrossOrigins(api, deps.config.CORS_ORIGINS ?? [])
    api.addHook('onRequest', createAuthentication(deps.signIn))
    api.addHook('onRequest', async ({ caller }) => {
      if (caller) await deps.countRequest(caller)
    })
    api.addHook('onSend', async (_request, reply) => {
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    })
    for (const { register } of routeGroups(deps)) register(api)
    registerApiDocs(api)

    // Without this the public server's catch-all would hand unknown API paths to the web console.
    api.all('/api/*', { schema: { hide: true }, config: { access: 'public' }, bodyLimit: maxBodyBytes }, (request) => {
      const allowed = paths.methodsOf(request.url)
      if (allowed.length === 0) throw new AppError('ROUTE_NOT_FOUND')
      if (request.url.startsWith('/api/auth/')) throw new AppError('AUTH_METHOD_UNSUPPORTED')
      throw new AppError('METHOD_NOT_ALLOWED')
    })
  })
}
