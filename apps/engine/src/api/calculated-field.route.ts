import {
  type AlarmRuleDefinition,
  alarmRuleDefinitionInfoSchema,
  alarmRuleDefinitionSchema,
  type CalculatedField,
  calculatedFieldInfoSchema,
  calculatedFieldSchema,
  calculatedFieldTypeSchema,
  entityTypeSchema,
  nullUuid,
  type PageData,
  saveAlarmRuleDefinitionSchema,
  saveCalculatedFieldSchema,
  scriptTestResultSchema,
} from '@thingwire/contracts'
import { type FieldFilter, scopeOf } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Caller } from '../auth/sign-in.ts'
import { expressionTest } from '../calculated-fields/expression-test.ts'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { idListQuery, pageQuery, pathId, toPageLink } from './page-query.ts'
import { addRoute, type RouteGroup, tenantAdmin } from './route.ts'

/** Names with commas between them. */
const typesQuery = z
  .string()
  .max(255)
  .transform((text) => text.split(',').map((type) => type.trim()))
  .pipe(z.array(calculatedFieldTypeSchema))

const ofEntity = z.object({ entityType: entityTypeSchema, entityId: pathId })
const { sortProperty: _, ...namesQuery } = pageQuery

const testSchema = z.object({
  expression: z.string(),
  arguments: z
    .record(z.string(), z.looseObject({ value: z.unknown().optional(), ts: z.number().optional() }))
    .default({}),
})

/** Calculated fields, and those of type ALARM once more as alarm rules (as ThingsBoard). */
export const calculatedFieldRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Alarm rules'
  return {
    tag,
    register: (api) => {
      alarmRuleRoutes(api, tag, deps)
      fieldRoutes(api, tag, deps)
      listRoutes(api, tag, deps)
      testRoutes(api, tag, deps)
    },
  }
}

const asRule = ({ type: __, ...rule }: CalculatedField): AlarmRuleDefinition => rule

const alarmRuleRoutes = (api: FastifyInstance, tag: string, { calculatedFields }: ApiDeps): void => {
  const params = z.object({ alarmRuleId: pathId })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/alarm/rule',
    access: tenantAdmin,
    summary: 'Create or change an alarm rule; it is evaluated at once for all to whom it applies',
    body: saveAlarmRuleDefinitionSchema,
    response: alarmRuleDefinitionSchema,
    handle: async ({ caller, body }) => asRule(await calculatedFields.save(caller, { ...body, type: 'ALARM' })),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/alarm/rule/:alarmRuleId',
    access: tenantAdmin,
    summary: 'One alarm rule',
    params,
    response: alarmRuleDefinitionSchema,
    handle: async ({ caller, params: { alarmRuleId } }) => asRule(await calculatedFields.find(caller, alarmRuleId)),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/alarm/rule/:alarmRuleId',
    access: tenantAdmin,
    summary: 'Delete an alarm rule; its alarms stay',
    params,
    response: 'empty',
    handle: ({ caller, params: { alarmRuleId } }) => calculatedFields.delete(caller, alarmRuleId),
  })
}

const fieldRoutes = (api: FastifyInstance, tag: string, { calculatedFields }: ApiDeps): void => {
  const params = z.object({ calculatedFieldId: pathId })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/calculatedField',
    access: tenantAdmin,
    summary: 'Create or change a calculated field; of the types only ALARM is there',
    body: saveCalculatedFieldSchema,
    response: calculatedFieldSchema,
    handle: ({ caller, body }) => calculatedFields.save(caller, body),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/calculatedField/:calculatedFieldId',
    access: tenantAdmin,
    summary: 'One calculated field',
    params,
    response: calculatedFieldSchema,
    handle: ({ caller, params: { calculatedFieldId } }) => calculatedFields.find(caller, calculatedFieldId),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/calculatedField/:calculatedFieldId',
    access: tenantAdmin,
    summary: 'Delete a calculated field',
    params,
    response: 'empty',
    handle: ({ caller, params: { calculatedFieldId } }) => calculatedFields.delete(caller, calculatedFieldId),
  })
}

const rulesOnly: FieldFilter = { types: ['ALARM'] }

const listRoutes = (api: FastifyInstance, tag: string, { calculatedFields, database }: ApiDeps): void => {
  const list = (caller: Caller, query: Parameters<typeof toPageLink>[0], filter: FieldFilter) =>
    database.calculatedFields.list(scopeOf(caller), toPageLink(query), filter)
  const asRules = <T extends CalculatedField>(page: PageData<T>) => ({ ...page, data: page.data.map(asRule) })
  const infos = <T extends CalculatedField & { entityName: string }>(page: PageData<T>) => ({
    ...page,
    data: page.data.map((one) => ({ ...asRule(one), entityName: one.entityName })),
  })
  const filterQuery = { ...pageQuery, entityType: entityTypeSchema.optional(), entities: idListQuery.optional() }
  const fieldsOfEntity = {
    method: 'GET',
    access: tenantAdmin,
    summary: 'Calculated fields of an entity',
    params: ofEntity,
    query: z.object({ ...pageQuery, type: calculatedFieldTypeSchema.optional() }),
    response: pageOf(calculatedFieldSchema),
  } as const
  for (const path of [
    '/api/:entityType/:entityId/calculatedFields',
    '/api/calculatedField/:entityType/:entityId',
  ] as const)
    addRoute(api, tag, {
      ...fieldsOfEntity,
      path,
      handle: async ({ caller, params: { entityType, entityId }, query: { type, ...link } }) => {
        await calculatedFields.requireOwner(caller, { entityType, id: entityId })
        return list(caller, link, { entityIds: [entityId], ...(type && { types: [type] }) })
      },
    })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/calculatedFields',
    access: tenantAdmin,
    summary: 'Calculated fields of the tenant',
    query: z.object({ ...filterQuery, types: typesQuery.optional(), name: z.string().max(255).optional() }),
    response: pageOf(calculatedFieldInfoSchema),
    handle: ({ caller, query: { types, entityType, entities, name, ...link } }) =>
      list(caller, link, {
        entityType,
        entityIds: entities,
        ...(types && { types }),
        ...(name && { names: [name] }),
      }),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/calculatedFields/names',
    access: tenantAdmin,
    summary: 'Names of the calculated fields of a type',
    query: z.object({ ...namesQuery, type: calculatedFieldTypeSchema }),
    response: pageOf(z.string()),
    handle: ({ caller, query: { type, ...link } }) =>
      database.calculatedFields.names(scopeOf(caller), toPageLink(link), type),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/alarm/rules/:entityType/:entityId',
    access: tenantAdmin,
    summary: 'Alarm rules of an entity',
    params: ofEntity,
    query: z.object(pageQuery),
    response: pageOf(alarmRuleDefinitionSchema),
    handle: async ({ caller, params: { entityType, entityId }, query }) => {
      await calculatedFields.requireOwner(caller, { entityType, id: entityId })
      return asRules(await list(caller, query, { ...rulesOnly, entityIds: [entityId] }))
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/alarm/rules',
    access: tenantAdmin,
    summary: 'Alarm rules of the tenant',
    query: z.object(filterQuery),
    response: pageOf(alarmRuleDefinitionInfoSchema),
    handle: async ({ caller, query: { entityType, entities, ...link } }) =>
      infos(await list(caller, link, { ...rulesOnly, entityType, entityIds: entities })),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/alarm/rules/names',
    access: tenantAdmin,
    summary: 'Names of the alarm rules: the types of their alarms',
    query: z.object(namesQuery),
    response: pageOf(z.string()),
    handle: ({ caller, query }) => database.calculatedFields.names(scopeOf(caller), toPageLink(query), 'ALARM'),
  })
}

const testRoutes = (api: FastifyInstance, tag: string, { scripts, calculatedFields, database }: ApiDeps): void => {
  for (const path of ['/api/alarm/rule/testScript', '/api/calculatedField/testScript'] as const)
    addRoute(api, tag, {
      method: 'POST',
      path,
      access: tenantAdmin,
      summary: 'Try the TBEL expression of an alarm rule with arguments; what is wrong with it is told in error',
      body: testSchema,
      response: scriptTestResultSchema,
      handle: ({ caller, body }) => scripts.test(caller.tenantId ?? nullUuid, 'TBEL', expressionTest(body)),
    })
  const lastEvent = async (caller: Caller, id: string) => {
    const { id: entityId, tenantId } = await calculatedFields.find(caller, id)
    const filter = { eventType: 'DEBUG_CALCULATED_FIELD' } as const
    const { data } = await database.events.list({ tenantId: tenantId.id, entityId, filter }, { page: 0, pageSize: 1 })
    return data[0]?.body
  }
  const debugged = {
    method: 'GET',
    access: tenantAdmin,
    response: z.record(z.string(), z.unknown()).optional(),
  } as const
  addRoute(api, tag, {
    ...debugged,
    path: '/api/alarm/rule/:alarmRuleId/debug',
    summary: 'The last debug event of an alarm rule, or nothing',
    params: z.object({ alarmRuleId: pathId }),
    handle: ({ caller, params: { alarmRuleId } }) => lastEvent(caller, alarmRuleId),
  })
  addRoute(api, tag, {
    ...debugged,
    path: '/api/calculatedField/:calculatedFieldId/debug',
    summary: 'The last debug event of a calculated field, or nothing',
    params: z.object({ calculatedFieldId: pathId }),
    handle: ({ caller, params: { calculatedFieldId } }) => lastEvent(caller, calculatedFieldId),
  })
}
