import { z } from 'zod'
import { entityIdSchema, entityTypeSchema, idOf, uuidSchema } from './ids.ts'
import { alarmSeverities, entityDataSchema } from './queries.ts'

export const alarmStatuses = ['ACTIVE_UNACK', 'ACTIVE_ACK', 'CLEARED_UNACK', 'CLEARED_ACK'] as const
export type AlarmStatus = (typeof alarmStatuses)[number]
export type AlarmSeverity = (typeof alarmSeverities)[number]

/** The one status that the two marks of an alarm amount to. */
export const alarmStatusOf = (marks: { acknowledged: boolean; cleared: boolean }): AlarmStatus =>
  `${marks.cleared ? 'CLEARED' : 'ACTIVE'}_${marks.acknowledged ? 'ACK' : 'UNACK'}`

/** An alarm as REST and messages carry it; times are epoch ms, 0 means "not yet". */
export const alarmSchema = z.object({
  id: idOf('ALARM'),
  createdTime: z.number(),
  tenantId: idOf('TENANT'),
  customerId: idOf('CUSTOMER'),
  type: z.string(),
  /** The type again. */
  name: z.string(),
  originator: entityIdSchema,
  severity: z.enum(alarmSeverities),
  acknowledged: z.boolean(),
  cleared: z.boolean(),
  status: z.enum(alarmStatuses),
  assigneeId: idOf('USER').nullable(),
  startTs: z.number(),
  endTs: z.number(),
  ackTs: z.number(),
  clearTs: z.number(),
  assignTs: z.number(),
  details: z.unknown(),
  propagate: z.boolean(),
  propagateToOwner: z.boolean(),
  propagateToTenant: z.boolean(),
  propagateRelationTypes: z.array(z.string()),
})
export type Alarm = z.output<typeof alarmSchema>

export const alarmAssigneeSchema = z.object({
  id: idOf('USER'),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  email: z.string(),
})

export const alarmInfoSchema = alarmSchema.extend({
  originatorName: z.string().nullable(),
  originatorLabel: z.string().nullable(),
  /** The label, or the name where there is none. */
  originatorDisplayName: z.string().nullable(),
  assignee: alarmAssigneeSchema.nullable(),
})
export type AlarmInfo = z.output<typeof alarmInfoSchema>

/** A row of an alarm query: the entity of the query that shows the alarm, with the values asked for. */
export const alarmDataSchema = alarmInfoSchema.extend({
  entityId: z.object({ entityType: entityTypeSchema, id: uuidSchema }),
  latest: entityDataSchema.shape.latest,
})
export type AlarmData = z.output<typeof alarmDataSchema>

/** Size of an alarm's details as JSON, in characters. */
export const maxAlarmDetailsLength = 100_000
const epochMs = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

/** What a client may set of an alarm. With `id`: that alarm; without: the active one of originator and type, or a new one. */
export const saveAlarmSchema = z.object({
  id: idOf('ALARM').nullish(),
  originator: z.object(
    { entityType: entityTypeSchema, id: uuidSchema },
    { error: 'Alarm originator should be specified!' },
  ),
  type: z
    .string({ error: 'Alarm type should be specified!' })
    .max(255)
    .refine((text) => text.trim() !== '', 'Alarm type should be specified!'),
  severity: z.enum(alarmSeverities, { error: 'Alarm severity should be specified!' }),
  acknowledged: z.boolean().nullish(),
  cleared: z.boolean().nullish(),
  assigneeId: idOf('USER').nullish(),
  startTs: epochMs.nullish(),
  endTs: epochMs.nullish(),
  /** When it was acknowledged or cleared, if that comes with the alarm; absent or 0: now. */
  ackTs: epochMs.nullish(),
  clearTs: epochMs.nullish(),
  details: z
    .unknown()
    .refine((value) => value === undefined || JSON.stringify(value).length <= maxAlarmDetailsLength, {
      error: `Alarm details must not be longer than ${maxAlarmDetailsLength} characters`,
    })
    .optional(),
  propagate: z.boolean().nullish(),
  propagateToOwner: z.boolean().nullish(),
  propagateToTenant: z.boolean().nullish(),
  propagateRelationTypes: z.array(z.string().max(255)).max(1_000).nullish(),
})
export type SaveAlarm = z.output<typeof saveAlarmSchema>

export const alarmCommentTypes = ['SYSTEM', 'OTHER'] as const

const bareId = z.object({ id: uuidSchema })
export const alarmCommentSchema = z.object({
  id: bareId,
  createdTime: z.number(),
  alarmId: idOf('ALARM'),
  /** Null: the platform's own, or of a user who is gone. */
  userId: idOf('USER').nullable(),
  type: z.enum(alarmCommentTypes),
  comment: z.looseObject({ text: z.string().optional() }),
  /** The comment's JSON text. */
  name: z.string(),
})
export type AlarmComment = z.output<typeof alarmCommentSchema>

export const alarmCommentInfoSchema = alarmCommentSchema.extend({
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  email: z.string().nullable(),
})
export type AlarmCommentInfo = z.output<typeof alarmCommentInfoSchema>

const maxCommentLength = 10_000
export const saveAlarmCommentSchema = z.object({
  id: bareId.nullish(),
  comment: z
    .record(z.string(), z.unknown(), { error: 'Alarm comment should be specified!' })
    .refine((comment) => JSON.stringify(comment).length <= maxCommentLength, {
      error: `Alarm comment must not be longer than ${maxCommentLength} characters`,
    }),
})
export type SaveAlarmComment = z.output<typeof saveAlarmCommentSchema>
