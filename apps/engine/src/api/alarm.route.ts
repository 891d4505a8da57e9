import {
  alarmInfoSchema,
  alarmSchema,
  alarmSearchStatuses,
  alarmSeverities,
  alarmStatuses,
  AppError,
  entityTypeSchema,
  idOf,
  nullUuid,
  saveAlarmSchema,
} from '@thingwire/contracts'
import { type AlarmFilter, searchStatusesOf } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { pageQuery, pathId, queryFlag, toPageLink } from './page-query.ts'
import { addRoute, anyone, type RouteGroup, tenantOrCustomer } from './route.ts'

const alarmParams = z.object({ alarmId: pathId })
const assigneeParams = z.object({ alarmId: pathId, assigneeId: pathId })
const entityParams = z.object({ entityType: entityTypeSchema, entityId: pathId })

const moment = (name: string) =>
  z
    .string()
    .regex(/^-?\d{1,16}$/, `Invalid value of request parameter '${name}'`)
    .transform(Number)
/** A parameter that is there without a value means that it is not there: forms send them so. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.union([z.literal('').transform(() => undefined), schema]).optional()
const list = <T>(item: z.ZodType<T, string>) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((given) =>
      [given]
        .flat()
        .flatMap((text) => text.split(','))
        .filter((text) => text !== ''),
    )
    .pipe(z.array(item).max(1_000))
    .optional()

const assigneeFilter = { assigneeId: optional(pathId) }
const oneStatus = {
  searchStatus: optional(z.enum(alarmSearchStatuses)),
  status: optional(z.enum(alarmStatuses)),
  ...assigneeFilter,
}
const times = { startTime: optional(moment('startTime')), endTime: optional(moment('endTime')) }
const listQuery = z.object({ ...pageQuery, ...oneStatus, ...times, fetchOriginator: optional(queryFlag) })
const listQueryV2 = z.object({
  ...pageQuery,
  statusList: list(z.enum(alarmSearchStatuses)),
  severityList: list(z.enum(alarmSeverities)),
  typeList: list(z.string().max(255)),
  ...assigneeFilter,
  ...times,
})
const severityQuery = z.object(oneStatus)
const { sortProperty: _unsorted, ...typesPage } = pageQuery

const alarmTypeSchema = z.object({ tenantId: idOf('TENANT'), entityType: z.literal('ALARM'), type: z.string() })

/** Alarms (as ThingsBoard). */
export const alarmRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Alarms'
  return {
    tag,
    register: (api) => {
      oneAlarmRoutes(api, tag, deps)
      assignRoutes(api, tag, deps)
      listRoutes(api, tag, deps)
      overviewRoutes(api, tag, deps)
    },
  }
}

const oneAlarmRoutes = (api: FastifyInstance, tag: string, { alarms }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/alarm/:alarmId',
    access: tenantOrCustomer,
    summary: 'One alarm',
    params: alarmParams,
    response: alarmSchema,
    handle: ({ caller, params }) => alarms.find(caller, params.alarmId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/alarm/info/:alarmId',
    access: tenantOrCustomer,
    summary: 'One alarm with the names of originator and assignee',
    params: alarmParams,
    response: alarmInfoSchema,
    handle: ({ caller, params }) => alarms.find(caller, params.alarmId),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/alarm',
    access: tenantOrCustomer,
    summary: 'Raise an alarm, or update the active one of the same originator and type, or that of the id',
    body: saveAlarmSchema,
    response: alarmSchema,
    handle: ({ caller, body }) => alarms.save(caller, { ...body, assigneeId: withoutNull(body.assigneeId) }),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/alarm/:alarmId',
    access: tenantOrCustomer,
    summary: 'Delete an alarm; false when it is gone already',
    params: alarmParams,
    response: z.boolean(),
    handle: ({ caller, params }) => alarms.delete(caller, params.alarmId),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/alarm/:alarmId/ack',
    access: tenantOrCustomer,
    summary: 'Acknowledge an alarm',
    params: alarmParams,
    response: alarmInfoSchema,
    handle: ({ caller, params }) => alarms.acknowledge(caller, params.alarmId),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/alarm/:alarmId/clear',
    access: tenantOrCustomer,
    summary: 'Clear an alarm',
    params: alarmParams,
    response: alarmInfoSchema,
    handle: ({ caller, params }) => alarms.clear(caller, params.alarmId),
  })
}

const assignRoutes = (api: FastifyInstance, tag: string, { alarms }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/alarm/:alarmId/assign/:assigneeId',
    access: tenantOrCustomer,
    summary: 'Assign an alarm to a user who can see it',
    params: assigneeParams,
    response: alarmSchema,
    handle: ({ caller, params }) => alarms.assign(caller, params.alarmId, params.assigneeId.toLowerCase()),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/alarm/:alarmId/assign',
    access: tenantOrCustomer,
    summary: 'Take an alarm from its assignee',
    params: alarmParams,
    response: alarmSchema,
    handle: ({ caller, params }) => alarms.unassign(caller, params.alarmId),
  })
}

const listRoutes = (api: FastifyInstance, tag: string, { alarms }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/alarm/:entityType/:entityId',
    access: anyone,
    summary: 'Alarms that an entity shows: its own and those that propagate to it',
    params: entityParams,
    query: listQuery,
    response: pageOf(alarmInfoSchema),
    handle: ({ caller, params, query }) =>
      alarms.list(caller, toPageLink(query), toFilter(query), { entityType: params.entityType, id: params.entityId }),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/alarms',
    access: tenantOrCustomer,
    summary: 'All alarms that the caller may see',
    query: listQuery,
    response: pageOf(alarmInfoSchema),
    handle: ({ caller, query }) => alarms.list(caller, toPageLink(query), toFilter(query)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/v2/alarm/:entityType/:entityId',
    access: anyone,
    summary: 'Alarms that an entity shows, by lists of statuses, severities and types',
    params: entityParams,
    query: listQueryV2,
    response: pageOf(alarmInfoSchema),
    handle: ({ caller, params, query }) =>
      alarms.list(caller, toPageLink(query), toFilterV2(query), { entityType: params.entityType, id: params.entityId }),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/v2/alarms',
    access: tenantOrCustomer,
    summary: 'All alarms that the caller may see, by lists of statuses, severities and types',
    query: listQueryV2,
    response: pageOf(alarmInfoSchema),
    handle: ({ caller, query }) => alarms.list(caller, toPageLink(query), toFilterV2(query)),
  })
}

const overviewRoutes = (api: FastifyInstance, tag: string, { alarms }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/alarm/highestSeverity/:entityType/:entityId',
    access: tenantOrCustomer,
    summary: 'The highest severity of the alarms of an entity; nothing when there is none',
    params: entityParams,
    query: severityQuery,
    response: 'raw',
    handle: async ({ caller, params, query, reply }) => {
      const entityId = { entityType: params.entityType, id: params.entityId }
      const severity = await alarms.highestSeverity(caller, entityId, toFilter(query))
      if (severity === null) reply.send()
      else reply.type('application/json; charset=utf-8').send(JSON.stringify(severity))
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/alarm/types',
    access: tenantOrCustomer,
    summary: 'Every type of alarm that the tenant ever had',
    query: z.object(typesPage),
    response: pageOf(alarmTypeSchema),
    handle: async ({ caller, query }) => {
      const page = await alarms.types(caller, toPageLink(query))
      const tenantId = { entityType: 'TENANT' as const, id: caller.tenantId ?? nullUuid }
      return { ...page, data: page.data.map((type) => ({ tenantId, entityType: 'ALARM' as const, type })) }
    },
  })
}

/** On the wire "nobody" has an id of its own. */
const withoutNull = <T extends { id: string }>(id: T | null | undefined): T | null =>
  id && id.id !== nullUuid ? id : null

type Common = { assigneeId?: string | undefined; startTime?: number | undefined; endTime?: number | undefined }
const common = ({ assigneeId, startTime, endTime }: Common): AlarmFilter => ({ assigneeId, startTime, endTime })

const toFilter = (query: z.output<typeof severityQuery> & Common): AlarmFilter => {
  const { searchStatus, status } = query
  if (searchStatus && status)
    throw new AppError(
      'ARGUMENT_INVALID',
      "Invalid alarms search query: Both parameters 'searchStatus' and 'status' can't be specified at the same time!",
    )
  const searchStatuses = searchStatus ? [searchStatus] : status ? searchStatusesOf(status) : []
  return { ...common(query), searchStatuses }
}

const toFilterV2 = (query: z.output<typeof listQueryV2>): AlarmFilter => ({
  ...common(query),
  searchStatuses: query.statusList,
  severities: query.severityList,
  types: query.typeList,
})
