import { z } from 'zod'
import {
  alarmCountQuerySchema,
  alarmDataQuerySchema,
  entityCountQuerySchema,
  entityDataPageLinkSchema,
  entityDataQuerySchema,
  entityKeySchema,
} from './queries.ts'
import { aggregationSchema } from './values.ts'

/**
 * What clients of ThingsBoard say on `/api/ws` and its two older paths. A member that is not named here is an error, as
 * there; only inside entity and key filters are unknown members passed over, since its consoles send some.
 */
const cmdId = z.number().int().min(-2_147_483_648).max(2_147_483_647)
const number = z
  .number()
  .int()
  .nullish()
  .transform((value) => value ?? 0)
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false)
const text = z.string().nullish()
const agg = aggregationSchema.nullish().transform((value) => value ?? 'NONE')
const key = z.string().max(255)
const keyList = z.array(key).max(1_000)

const strictKey = entityKeySchema.strict()
const strictKeys = z.array(strictKey).max(200).nullish()
const selection = { entityFields: strictKeys, latestValues: strictKeys }
const strictPageLink = {
  sortOrder: z.strictObject({ key: strictKey, direction: z.enum(['ASC', 'DESC']).nullish() }).nullish(),
}
const entityDataQuery = entityDataQuerySchema
  .extend({ ...selection, pageLink: entityDataPageLinkSchema.extend(strictPageLink).strict() })
  .strict()
const alarmDataQuery = alarmDataQuerySchema
  .extend({
    ...selection,
    alarmFields: strictKeys,
    pageLink: alarmDataQuerySchema.shape.pageLink.extend(strictPageLink).strict(),
  })
  .strict()

/** Of the old style: one entity, keys as comma-separated text. */
const entityValues = {
  cmdId,
  entityType: text,
  entityId: text,
  keys: z.string().max(20_000).nullish(),
  scope: text,
  unsubscribe: flag,
}
const wsAttributesSchema = z.strictObject({ type: z.literal('ATTRIBUTES'), ...entityValues })
const wsTimeseriesSchema = z.strictObject({
  type: z.literal('TIMESERIES'),
  ...entityValues,
  startTs: number,
  timeWindow: number,
  interval: number,
  limit: number,
  agg,
})
const wsTimeseriesHistorySchema = z.strictObject({
  type: z.literal('TIMESERIES_HISTORY'),
  ...entityValues,
  startTs: number,
  endTs: number,
  interval: number,
  limit: number,
  agg,
})
export type WsAttributes = z.output<typeof wsAttributesSchema>
export type WsTimeseries = z.output<typeof wsTimeseriesSchema>
export type WsTimeseriesHistory = z.output<typeof wsTimeseriesHistorySchema>

export const wsIntervalTypes = ['MILLISECONDS', 'WEEK', 'WEEK_ISO', 'MONTH', 'QUARTER'] as const
const series = {
  keys: keyList,
  startTs: number,
  intervalType: z.enum(wsIntervalTypes).nullish(),
  interval: number,
  timeZoneId: z.string().max(64).nullish(),
  limit: number,
  agg,
  fetchLatestPreviousPoint: flag,
}
const historyPart = z.strictObject({ ...series, endTs: number })
const timeseriesPart = z.strictObject({ ...series, timeWindow: number })
const aggKey = z.strictObject({
  id: z.number().int(),
  key,
  agg,
  previousStartTs: z.number().int().nullish(),
  previousEndTs: z.number().int().nullish(),
  previousValueOnly: flag,
})
const aggKeys = z.array(aggKey).max(1_000)
export type WsAggKey = z.output<typeof aggKey>
export type WsSeries = z.output<typeof historyPart> | z.output<typeof timeseriesPart>

const wsEntityDataSchema = z.strictObject({
  type: z.literal('ENTITY_DATA'),
  cmdId,
  query: entityDataQuery.nullish(),
  historyCmd: historyPart.nullish(),
  latestCmd: z.strictObject({ keys: z.array(strictKey).max(1_000) }).nullish(),
  tsCmd: timeseriesPart.nullish(),
  aggHistoryCmd: z.strictObject({ keys: aggKeys, startTs: number, endTs: number }).nullish(),
  aggTsCmd: z.strictObject({ keys: aggKeys, startTs: number, timeWindow: number }).nullish(),
})
export type WsEntityData = z.output<typeof wsEntityDataSchema>

const wsEntityCountSchema = z.strictObject({
  type: z.literal('ENTITY_COUNT'),
  cmdId,
  query: entityCountQuerySchema.strict().nullish(),
})
export type WsEntityCount = z.output<typeof wsEntityCountSchema>

const wsAlarmDataSchema = z.strictObject({ type: z.literal('ALARM_DATA'), cmdId, query: alarmDataQuery.nullish() })
export type WsAlarmData = z.output<typeof wsAlarmDataSchema>

const wsAlarmCountSchema = z.strictObject({
  type: z.literal('ALARM_COUNT'),
  cmdId,
  query: alarmCountQuerySchema.strict().nullish(),
})
export type WsAlarmCount = z.output<typeof wsAlarmCountSchema>

const names = z.array(z.string().max(255)).max(1_000)
const wsAlarmStatusSchema = z.strictObject({
  type: z.literal('ALARM_STATUS'),
  cmdId,
  originatorId: z.strictObject({ entityType: z.string(), id: z.string() }).nullish(),
  typeList: names.nullish(),
  severityList: alarmCountQuerySchema.shape.severityList,
})
export type WsAlarmStatus = z.output<typeof wsAlarmStatusSchema>

const wsNotificationsSchema = z.strictObject({
  type: z.literal('NOTIFICATIONS'),
  cmdId,
  limit: number,
  types: names.nullish(),
})
const wsNotificationsCountSchema = z.strictObject({ type: z.literal('NOTIFICATIONS_COUNT'), cmdId })
const wsMarkReadSchema = z.strictObject({
  type: z.literal('MARK_NOTIFICATIONS_AS_READ'),
  cmdId,
  notifications: z.array(z.guid()).max(10_000).nullish(),
})
const wsMarkAllReadSchema = z.strictObject({ type: z.literal('MARK_ALL_NOTIFICATIONS_AS_READ'), cmdId })

export const wsUnsubscribeTypes = [
  'ENTITY_DATA_UNSUBSCRIBE',
  'ENTITY_COUNT_UNSUBSCRIBE',
  'ALARM_DATA_UNSUBSCRIBE',
  'ALARM_COUNT_UNSUBSCRIBE',
  'ALARM_STATUS_UNSUBSCRIBE',
  'NOTIFICATIONS_UNSUBSCRIBE',
] as const
const wsUnsubscribeSchema = z.strictObject({ type: z.enum(wsUnsubscribeTypes), cmdId })

export const wsCommandSchema = z.discriminatedUnion('type', [
  wsAttributesSchema,
  wsTimeseriesSchema,
  wsTimeseriesHistorySchema,
  wsEntityDataSchema,
  wsEntityCountSchema,
  wsAlarmDataSchema,
  wsAlarmCountSchema,
  wsAlarmStatusSchema,
  wsNotificationsSchema,
  wsNotificationsCountSchema,
  wsMarkReadSchema,
  wsMarkAllReadSchema,
  wsUnsubscribeSchema,
])
export type WsCommand = z.output<typeof wsCommandSchema>

/** One message of a client on `/api/ws`. */
export const wsMessageSchema = z.strictObject({
  authCmd: z.strictObject({ type: text, cmdId: cmdId.nullish(), token: text, apiKey: text }).nullish(),
  cmds: z.array(wsCommandSchema).nullish(),
})
export type WsMessage = z.output<typeof wsMessageSchema>

/** A list of one kind of command that brings no `type`, or its own. */
const listOf = <T extends z.ZodRawShape, N extends string>(
  schema: z.ZodObject<T & { type: z.ZodLiteral<N> }, z.core.$strict>,
  type: N,
) =>
  z
    .array(z.preprocess((item) => withType(item, type), schema))
    .nullish()
    .transform((list) => list ?? [])

const unsubscriptions = (type: (typeof wsUnsubscribeTypes)[number]) =>
  z
    .array(z.preprocess((item) => withType(item, type), wsUnsubscribeSchema))
    .nullish()
    .transform((list) => list ?? [])

const withType = (item: unknown, type: string): unknown =>
  typeof item === 'object' && item !== null && !Array.isArray(item) ? { ...item, type } : item

/** `/api/ws/plugins/telemetry`: the commands, in the order in which the lists stand here. */
export const wsTelemetryMessageSchema = z
  .strictObject({
    attrSubCmds: listOf(wsAttributesSchema, 'ATTRIBUTES'),
    tsSubCmds: listOf(wsTimeseriesSchema, 'TIMESERIES'),
    historyCmds: listOf(wsTimeseriesHistorySchema, 'TIMESERIES_HISTORY'),
    entityDataCmds: listOf(wsEntityDataSchema, 'ENTITY_DATA'),
    entityDataUnsubscribeCmds: unsubscriptions('ENTITY_DATA_UNSUBSCRIBE'),
    alarmDataCmds: listOf(wsAlarmDataSchema, 'ALARM_DATA'),
    alarmDataUnsubscribeCmds: unsubscriptions('ALARM_DATA_UNSUBSCRIBE'),
    entityCountCmds: listOf(wsEntityCountSchema, 'ENTITY_COUNT'),
    entityCountUnsubscribeCmds: unsubscriptions('ENTITY_COUNT_UNSUBSCRIBE'),
    alarmCountCmds: listOf(wsAlarmCountSchema, 'ALARM_COUNT'),
    alarmCountUnsubscribeCmds: unsubscriptions('ALARM_COUNT_UNSUBSCRIBE'),
  })
  .transform((lists): WsCommand[] => [
    ...lists.attrSubCmds,
    ...lists.tsSubCmds,
    ...lists.historyCmds,
    ...lists.entityDataCmds,
    ...lists.entityDataUnsubscribeCmds,
    ...lists.alarmDataCmds,
    ...lists.alarmDataUnsubscribeCmds,
    ...lists.entityCountCmds,
    ...lists.entityCountUnsubscribeCmds,
    ...lists.alarmCountCmds,
    ...lists.alarmCountUnsubscribeCmds,
  ])

const one = <T extends z.ZodType>(schema: T, type: string) =>
  z.preprocess((item) => (item == null ? null : withType(item, type)), schema.nullable()).optional()

/** `/api/ws/plugins/notifications` */
export const wsNotificationsMessageSchema = z
  .strictObject({
    unreadCountSubCmd: one(wsNotificationsCountSchema, 'NOTIFICATIONS_COUNT'),
    unreadSubCmd: one(wsNotificationsSchema, 'NOTIFICATIONS'),
    markAsReadCmd: one(wsMarkReadSchema, 'MARK_NOTIFICATIONS_AS_READ'),
    markAllAsReadCmd: one(wsMarkAllReadSchema, 'MARK_ALL_NOTIFICATIONS_AS_READ'),
    unsubCmd: one(wsUnsubscribeSchema, 'NOTIFICATIONS_UNSUBSCRIBE'),
  })
  .transform((message): WsCommand[] => Object.values(message).flatMap((command) => command ?? []))
