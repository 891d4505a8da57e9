import {
  AppError,
  entityRelationInfoSchema,
  entityRelationSchema,
  entityRelationsQuerySchema,
  entityTypeSchema,
  relationTypeGroupSchema,
  relationTypeSchema,
  saveRelationSchema,
} from '@thingwire/contracts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { RelationsEnd } from '../relations/relation-service.ts'
import type { ApiDeps } from './api-deps.ts'
import { optionalId, pathId } from './page-query.ts'
import { addRoute, anyone, type RouteGroup } from './route.ts'

const typeGroup = relationTypeGroupSchema.default('COMMON')
const group = { relationTypeGroup: typeGroup }
const relationList = z.array(entityRelationSchema)
const relationInfoList = z.array(entityRelationInfoSchema)

const keyQuery = z.object({
  fromId: pathId,
  fromType: entityTypeSchema,
  relationType: relationTypeSchema,
  ...group,
  toId: pathId,
  toType: entityTypeSchema,
})
const keyOf = (query: z.output<typeof keyQuery>) => ({
  from: { entityType: query.fromType, id: query.fromId },
  to: { entityType: query.toType, id: query.toId },
  type: query.relationType,
  typeGroup: query.relationTypeGroup,
})

const optionalType = z.preprocess((text) => text || undefined, entityTypeSchema.optional())
const endQuery = z.object({
  fromId: optionalId,
  fromType: optionalType,
  toId: optionalId,
  toType: optionalType,
  ...group,
})
const listQuery = endQuery.extend({ relationType: z.string().max(255).optional() })

/** One address serves lists by either end. */
const endOf = (query: z.output<typeof listQuery>): RelationsEnd => {
  const { fromId, fromType, toId, toType, relationType, relationTypeGroup } = query
  const common = { type: relationType || undefined, typeGroup: relationTypeGroup }
  if (fromId && fromType) return { ...common, from: { entityType: fromType, id: fromId } }
  if (toId && toType) return { ...common, to: { entityType: toType, id: toId } }
  throw new AppError('ARGUMENT_INVALID', "Parameters 'fromId' and 'fromType', or 'toId' and 'toType' are required")
}

/** Relations between entities (as ThingsBoard). */
export const entityRelationRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Relations'
  return {
    tag,
    register: (api) => {
      singleRoutes(api, tag, deps)
      listRoutes(api, tag, deps)
      pathRoutes(api, tag, deps)
    },
  }
}

const singleRoutes = (api: FastifyInstance, tag: string, { relations }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/relation',
    access: anyone,
    summary: 'Make a relation, or replace what it says',
    body: saveRelationSchema,
    response: 'empty',
    handle: async ({ caller, body }) => void (await relations.save(caller, body)),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/v2/relation',
    access: anyone,
    summary: 'The same, answering with the relation',
    body: saveRelationSchema,
    response: entityRelationSchema,
    handle: ({ caller, body }) => relations.save(caller, body),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/relation',
    access: anyone,
    summary: 'Delete a relation',
    query: keyQuery,
    response: 'empty',
    handle: async ({ caller, query }) => void (await relations.delete(caller, keyOf(query))),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/v2/relation',
    access: anyone,
    summary: 'The same, answering with what was deleted',
    query: keyQuery,
    response: entityRelationSchema,
    handle: ({ caller, query }) => relations.delete(caller, keyOf(query)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/relation',
    access: anyone,
    summary: 'One relation',
    query: keyQuery,
    response: entityRelationSchema,
    handle: ({ caller, query }) => relations.find(caller, keyOf(query)),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/relations',
    access: anyone,
    summary: 'Delete all common relations of an entity, in both directions',
    query: z.object({ entityId: pathId, entityType: entityTypeSchema }),
    response: 'empty',
    handle: ({ caller, query }) => relations.deleteOf(caller, { entityType: query.entityType, id: query.entityId }),
  })
}

const listRoutes = (api: FastifyInstance, tag: string, { relations }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/relations',
    access: anyone,
    summary: 'Relations that leave an entity, or that arrive at it',
    query: listQuery,
    response: relationList,
    handle: ({ caller, query }) => relations.list(caller, endOf(query)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/relations/info',
    access: anyone,
    summary: 'Relations that leave an entity, or that arrive at it, with names',
    query: endQuery,
    response: relationInfoList,
    handle: ({ caller, query }) => relations.list(caller, endOf(query)),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/relations',
    access: anyone,
    summary: 'Relations around an entity, over several levels',
    body: entityRelationsQuerySchema,
    response: relationList,
    handle: ({ caller, body }) => relations.related(caller, body),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/relations/info',
    access: anyone,
    summary: 'Relations around an entity, over several levels, with names',
    body: entityRelationsQuerySchema,
    response: relationInfoList,
    handle: ({ caller, body }) => relations.related(caller, body),
  })
}

const fromParams = z.object({ fromType: entityTypeSchema, fromId: pathId })
const toParams = z.object({ toType: entityTypeSchema, toId: pathId })
const groupQuery = z.object(group)

const pathRoutes = (api: FastifyInstance, tag: string, { relations }: ApiDeps): void => {
  const leaving = ({ fromType, fromId }: z.output<typeof fromParams>) => ({
    from: { entityType: fromType, id: fromId },
  })
  const arriving = ({ toType, toId }: z.output<typeof toParams>) => ({ to: { entityType: toType, id: toId } })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/relations/from/:fromType/:fromId',
    access: anyone,
    summary: 'Relations that leave an entity',
    params: fromParams,
    query: groupQuery,
    response: relationList,
    handle: ({ caller, params, query }) =>
      relations.list(caller, { ...leaving(params), typeGroup: query.relationTypeGroup }),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/relations/info/from/:fromType/:fromId',
    access: anyone,
    summary: 'Relations that leave an entity, with names',
    params: fromParams,
    query: groupQuery,
    response: relationInfoList,
    handle: ({ caller, params, query }) =>
      relations.list(caller, { ...leaving(params), typeGroup: query.relationTypeGroup }),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/relations/from/:fromType/:fromId/:relationType',
    access: anyone,
    summary: 'Relations of one type that leave an entity',
    params: fromParams.extend({ relationType: relationTypeSchema }),
    query: groupQuery,
    response: relationList,
    handle: ({ caller, params, query }) =>
      relations.list(caller, {
        ...leaving(params),
        type: params.relationType,
        typeGroup: query.relationTypeGroup,
      }),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/relations/to/:toType/:toId',
    access: anyone,
    summary: 'Relations that arrive at an entity',
    params: toParams,
    query: groupQuery,
    response: relationList,
    handle: ({ caller, params, query }) =>
      relations.list(caller, { ...arriving(params), typeGroup: query.relationTypeGroup }),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/relations/info/to/:toType/:toId',
    access: anyone,
    summary: 'Relations that arrive at an entity, with names',
    params: toParams,
    query: groupQuery,
    response: relationInfoList,
    handle: ({ caller, params, query }) =>
      relations.list(caller, { ...arriving(params), typeGroup: query.relationTypeGroup }),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/relations/to/:toType/:toId/:relationType',
    access: anyone,
    summary: 'Relations of one type that arrive at an entity',
    params: toParams.extend({ relationType: relationTypeSchema }),
    query: groupQuery,
    response: relationList,
    handle: ({ caller, params, query }) =>
      relations.list(caller, {
        ...arriving(params),
        type: params.relationType,
        typeGroup: query.relationTypeGroup,
      }),
  })
}
