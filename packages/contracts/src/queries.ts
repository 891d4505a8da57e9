import { z } from 'zod'
import { entityTypeSchema, uuidSchema } from './ids.ts'
import type { attributeScopes } from './values.ts'

/**
 * The entity query language (as ThingsBoard): the one shape that REST searches, `/api/ws` and our own dashboards use.
 * Members that are not known are ignored on REST; `/api/ws` refuses them before it comes here.
 */
export const entityKeyTypes = [
  'ATTRIBUTE',
  'CLIENT_ATTRIBUTE',
  'SHARED_ATTRIBUTE',
  'SERVER_ATTRIBUTE',
  'TIME_SERIES',
  'ENTITY_FIELD',
  'ALARM_FIELD',
] as const
export const entityKeySchema = z.object({ type: z.enum(entityKeyTypes), key: z.string().max(255) })
export type EntityKey = z.infer<typeof entityKeySchema>

/** An entity, or one that stands for somebody around the caller; the id of those is ignored. */
export const aliasTypes = ['CURRENT_CUSTOMER', 'CURRENT_TENANT', 'CURRENT_USER', 'CURRENT_USER_OWNER'] as const
const aliasEntityId = z.object({
  entityType: z.union([entityTypeSchema, z.enum(aliasTypes)]),
  id: uuidSchema.nullish(),
})
export type AliasEntityId = z.infer<typeof aliasEntityId>

const direction = z.enum(['FROM', 'TO'])
const names = z.array(z.string().max(255)).max(1_000)
const name = z.string().max(255).nullish()
export const relationFilterSchema = z.object({
  relationType: z.string().max(255).nullish(),
  entityTypes: z.array(entityTypeSchema).nullish(),
  negate: z.boolean().nullish(),
})
export type RelationFilter = z.infer<typeof relationFilterSchema>

const search = {
  rootEntity: aliasEntityId.nullish(),
  direction,
  maxLevel: z.number().int().nullish(),
  fetchLastLevelOnly: z.boolean().nullish(),
  rootStateEntity: z.boolean().nullish(),
  defaultStateEntity: aliasEntityId.nullish(),
}
const typedSearch = { ...search, relationType: z.string().max(255).nullish() }

export const entityFilterSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('singleEntity'), singleEntity: aliasEntityId }),
  z.object({
    type: z.literal('entityList'),
    entityType: entityTypeSchema,
    entityList: z.array(uuidSchema).max(10_000),
  }),
  z.object({ type: z.literal('entityName'), entityType: entityTypeSchema, entityNameFilter: name }),
  z.object({ type: z.literal('entityType'), entityType: entityTypeSchema }),
  z.object({
    type: z.literal('assetType'),
    assetTypes: names.nullish(),
    /** The old form, for one type. */
    assetType: name,
    assetNameFilter: name,
  }),
  z.object({
    type: z.literal('deviceType'),
    deviceTypes: names.nullish(),
    /** The old form, for one type. */
    deviceType: name,
    deviceNameFilter: name,
  }),
  z.object({
    type: z.literal('edgeType'),
    edgeTypes: names.nullish(),
    /** The old form, for one type. */
    edgeType: name,
    edgeNameFilter: name,
  }),
  z.object({
    type: z.literal('entityViewType'),
    entityViewTypes: names.nullish(),
    /** The old form, for one type. */
    entityViewType: name,
    entityViewNameFilter: name,
  }),
  z.object({
    type: z.literal('apiUsageState'),
    customerId: z.object({ id: uuidSchema }).nullish(),
  }),
  z.object({
    type: z.literal('relationsQuery'),
    ...search,
    multiRoot: z.boolean().nullish(),
    multiRootEntitiesType: entityTypeSchema.nullish(),
    multiRootEntityIds: z.array(z.string()).max(10_000).nullish(),
    filters: z.array(relationFilterSchema).nullish(),
    negate: z.boolean().nullish(),
  }),
  z.object({ type: z.literal('assetSearchQuery'), ...typedSearch, assetTypes: names.nullish() }),
  z.object({ type: z.literal('deviceSearchQuery'), ...typedSearch, deviceTypes: names.nullish() }),
  z.object({ type: z.literal('entityViewSearchQuery'), ...typedSearch, entityViewTypes: names.nullish() }),
  z.object({ type: z.literal('edgeSearchQuery'), ...typedSearch, edgeTypes: names.nullish() }),
])
export type EntityFilter = z.infer<typeof entityFilterSchema>

/** A value that a filter compares with: fixed, chosen by the user, or an attribute of somebody around the caller. */
const dynamic = <T extends z.ZodType>(value: T) =>
  z.object({
    defaultValue: value.nullish(),
    userValue: value.nullish(),
    dynamicValue: z
      .object({
        sourceType: z.enum(['CURRENT_TENANT', 'CURRENT_CUSTOMER', 'CURRENT_USER', 'CURRENT_DEVICE']),
        sourceAttribute: z.string().max(255),
        inherit: z.boolean().nullish(),
      })
      .nullish(),
  })

export const stringOperations = [
  'EQUAL',
  'NOT_EQUAL',
  'STARTS_WITH',
  'ENDS_WITH',
  'CONTAINS',
  'NOT_CONTAINS',
  'IN',
  'NOT_IN',
] as const
export const numericOperations = ['EQUAL', 'NOT_EQUAL', 'GREATER', 'LESS', 'GREATER_OR_EQUAL', 'LESS_OR_EQUAL'] as const

const stringPredicate = z.object({
  type: z.literal('STRING'),
  operation: z.enum(stringOperations),
  value: dynamic(z.string().max(10_000)),
  ignoreCase: z.boolean().nullish(),
})
const numericPredicate = z.object({
  type: z.literal('NUMERIC'),
  operation: z.enum(numericOperations),
  value: dynamic(z.number()),
})
const booleanPredicate = z.object({
  type: z.literal('BOOLEAN'),
  operation: z.enum(['EQUAL', 'NOT_EQUAL']),
  value: dynamic(z.boolean()),
})
export type SimplePredicate =
  | z.infer<typeof stringPredicate>
  | z.infer<typeof numericPredicate>
  | z.infer<typeof booleanPredicate>
export type Predicate = SimplePredicate | { type: 'COMPLEX'; operation: 'AND' | 'OR'; predicates: Predicate[] }

/** Predicates may hold predicates; deeper than this is an attack, not a question. */
const maxDepth = 8
const predicateAt = (depth: number): z.ZodType<Predicate> =>
  z.discriminatedUnion('type', [
    stringPredicate,
    numericPredicate,
    booleanPredicate,
    ...(depth < maxDepth
      ? [
          z.object({
            type: z.literal('COMPLEX'),
            operation: z.enum(['AND', 'OR']),
            predicates: z.array(predicateAt(depth + 1)).max(100),
          }),
        ]
      : []),
  ]) as z.ZodType<Predicate>

export const keyFilterSchema = z.object({
  key: entityKeySchema,
  valueType: z.enum(['STRING', 'NUMERIC', 'BOOLEAN', 'DATE_TIME']).nullish(),
  predicate: predicateAt(1),
})
export type KeyFilter = z.infer<typeof keyFilterSchema>

const filters = {
  keyFilters: z.array(keyFilterSchema).max(100).nullish(),
  keyFiltersOperation: z.enum(['AND', 'OR']).nullish(),
}

export const entityCountQuerySchema = z.object({ entityFilter: entityFilterSchema, ...filters })
export type EntityCountQuery = z.infer<typeof entityCountQuerySchema>

/** The texts that ThingsBoard's clients know are given by the service, so the numbers are only numbers here. */
export const entityDataPageLinkSchema = z.object({
  pageSize: z.number().int(),
  page: z.number().int(),
  textSearch: z.string().max(255).nullish(),
  sortOrder: z.object({ key: entityKeySchema, direction: z.enum(['ASC', 'DESC']).nullish() }).nullish(),
  dynamic: z.boolean().nullish(),
})

const selection = {
  entityFields: z.array(entityKeySchema).max(200).nullish(),
  latestValues: z.array(entityKeySchema).max(200).nullish(),
}

export const entityDataQuerySchema = z.object({
  entityFilter: entityFilterSchema,
  ...filters,
  ...selection,
  pageLink: entityDataPageLinkSchema,
})
export type EntityDataQuery = z.infer<typeof entityDataQuerySchema>

export const alarmSearchStatuses = ['ANY', 'ACTIVE', 'CLEARED', 'ACK', 'UNACK'] as const
export const alarmSeverities = ['CRITICAL', 'MAJOR', 'MINOR', 'WARNING', 'INDETERMINATE'] as const
const alarmSelection = {
  /** Epoch ms on the alarm's createdTime; 0 or absent: no limit. */
  startTs: z.number().int().nullish(),
  endTs: z.number().int().nullish(),
  /** ms back from now; overrides the two. */
  timeWindow: z.number().int().nullish(),
  typeList: names.nullish(),
  statusList: z.array(z.enum(alarmSearchStatuses)).nullish(),
  severityList: z.array(z.enum(alarmSeverities)).nullish(),
  searchPropagatedAlarms: z.boolean().nullish(),
  assigneeId: z.object({ id: uuidSchema }).nullish(),
}

export const alarmDataQuerySchema = z.object({
  entityFilter: entityFilterSchema,
  ...filters,
  ...selection,
  alarmFields: z.array(entityKeySchema).max(200).nullish(),
  pageLink: entityDataPageLinkSchema.extend(alarmSelection),
})
export type AlarmDataQuery = z.infer<typeof alarmDataQuerySchema>

/** Without an entity filter: every alarm that the caller may see. */
export const liveAlarmQuerySchema = alarmDataQuerySchema.extend({ entityFilter: entityFilterSchema.nullish() })
export type LiveAlarmQuery = z.infer<typeof liveAlarmQuerySchema>

export const alarmCountQuerySchema = z.object({
  entityFilter: entityFilterSchema.nullish(),
  ...filters,
  ...alarmSelection,
})
export type AlarmCountQuery = z.infer<typeof alarmCountQuerySchema>

/** One value of an entity as queries answer it: always text. */
export const queryValueSchema = z.object({ ts: z.number(), value: z.string(), count: z.number().optional() })
export type QueryValue = z.infer<typeof queryValueSchema>

/** One row of an entity query. `latest` is by key type, then key. */
export const entityDataSchema = z.object({
  entityId: z.object({ entityType: entityTypeSchema, id: uuidSchema }),
  latest: z.record(z.string(), z.record(z.string(), queryValueSchema)),
  timeseries: z.record(z.string(), z.array(queryValueSchema)),
  aggLatest: z.record(z.string(), z.object({ current: queryValueSchema, previous: queryValueSchema.nullish() })),
})
export type EntityData = z.infer<typeof entityDataSchema>

/** Keys that some of the found entities have. */
export type AvailableEntityKeys = { entityTypes: string[]; timeseries: string[]; attribute: string[] }
export const attributeKeyTypeScopes = {
  CLIENT_ATTRIBUTE: 'CLIENT_SCOPE',
  SHARED_ATTRIBUTE: 'SHARED_SCOPE',
  SERVER_ATTRIBUTE: 'SERVER_SCOPE',
} as const satisfies Partial<Record<(typeof entityKeyTypes)[number], (typeof attributeScopes)[number]>>
