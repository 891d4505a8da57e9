import { type ActionType, actionTypes, AppError, auditLogSchema, entityTypeSchema } from '@thingwire/contracts'
import type { AuditLogFilter } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Caller } from '../auth/caller.ts'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { pageQuery, pathId, toPageLink } from './page-query.ts'
import { addRoute, type RouteGroup, systemOrTenant, tenantAdmin } from './route.ts'

const epochMs = (name: string) =>
  z
    .string()
    .regex(/^-?\d{1,16}$/, `Invalid value of request parameter '${name}'`)
    .transform(Number)
    .optional()

const logQuery = z.object({
  ...pageQuery,
  startTime: epochMs('startTime'),
  endTime: epochMs('endTime'),
  actionTypes: z.string().max(2_000).optional(),
})
type LogQuery = z.output<typeof logQuery>

/** No parameter: every type. */
const toActionTypes = (text: string | undefined): ActionType[] | undefined => {
  const names = (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (names.length === 0) return undefined
  return names.map((name) => {
    const type = actionTypes.find((known) => known === name)
    if (!type) throw new AppError('ARGUMENT_INVALID', `Action type: '${name}' is not supported!`)
    return type
  })
}

/** Who did what (as ThingsBoard): administrators of a tenant read its log, those of the system their own. */
export const auditLogRoutes = ({ database, now }: ApiDeps): RouteGroup => {
  const tag = 'Audit log'
  const list = (caller: Caller, query: LogQuery, about: Pick<AuditLogFilter, 'entityId' | 'userId' | 'customerId'>) => {
    const types = toActionTypes(query.actionTypes)
    return database.audit.list(caller.tenantId, toPageLink(query), {
      ...about,
      startTime: query.startTime ?? 1,
      endTime: query.endTime ?? now(),
      ...(types && { actionTypes: types }),
    })
  }
  const read = { method: 'GET', query: logQuery, response: pageOf(auditLogSchema) } as const
  return {
    tag,
    register: (api: FastifyInstance) => {
      addRoute(api, tag, {
        ...read,
        path: '/api/audit/logs',
        access: systemOrTenant,
        summary: 'What was done in the tenant, or by the administrators of the system',
        handle: ({ caller, query }) => list(caller, query, {}),
      })
      addRoute(api, tag, {
        ...read,
        path: '/api/audit/logs/entity/:entityType/:entityId',
        access: systemOrTenant,
        summary: 'What was done with an entity',
        params: z.object({ entityType: entityTypeSchema, entityId: pathId }),
        handle: ({ caller, params, query }) =>
          list(caller, query, { entityId: { entityType: params.entityType, id: params.entityId } }),
      })
      addRoute(api, tag, {
        ...read,
        path: '/api/audit/logs/user/:userId',
        access: tenantAdmin,
        summary: 'What a user did',
        params: z.object({ userId: pathId }),
        handle: ({ caller, params, query }) => list(caller, query, { userId: params.userId }),
      })
      addRoute(api, tag, {
        ...read,
        path: '/api/audit/logs/customer/:customerId',
        access: tenantAdmin,
        summary: 'What was done with the things of a customer',
        params: z.object({ customerId: pathId }),
        handle: ({ caller, params, query }) => list(caller, query, { customerId: params.customerId }),
      })
    },
  }
}
