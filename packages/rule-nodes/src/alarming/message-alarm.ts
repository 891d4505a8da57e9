import { alarmSeverities, entityTypeSchema, uuidSchema } from '@thingwire/contracts'
import { z } from 'zod'

const flag = z
  .boolean()
  .nullish()
  .transform((isOn) => isOn ?? false)
const time = z
  .number()
  .nullish()
  .transform((ms) => ms || null)

/** An alarm that somebody wrote into the data of a message; members that the platform sets are not read. */
const messageAlarmSchema = z.object({
  type: z.string({ error: 'it is missing' }),
  severity: z.enum(alarmSeverities, { error: 'it is none of the severities' }),
  originator: z.object({ entityType: entityTypeSchema, id: uuidSchema }, { error: 'it is no entity' }).nullish(),
  startTs: time,
  endTs: time,
  details: z
    .unknown()
    .optional()
    .transform((details) => details ?? null),
  propagate: flag,
  propagateToOwner: flag,
  propagateToTenant: flag,
  propagateRelationTypes: z
    .array(z.string())
    .nullish()
    .transform((types) => types ?? []),
})
export type MessageAlarm = z.output<typeof messageAlarmSchema>

const idSchema = z.object({ id: z.object({ id: uuidSchema }, { error: 'it is missing' }) })

const parsed = <T>(data: string, schema: z.ZodType<T>): T => {
  let value: unknown
  try {
    value = JSON.parse(data)
  } catch {
    throw new Error('The data of the message is no alarm: it is not JSON')
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const place = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''
  throw new Error(`The data of the message is no alarm: ${place}${issue?.message ?? 'it has another form'}`)
}

/** The alarm that the data of a message is; throws an error that says what is wrong with it. */
export const alarmInData = (data: string): MessageAlarm => parsed(data, messageAlarmSchema)

/** The id of the alarm that the data of a message is. */
export const alarmIdInData = (data: string): string => parsed(data, idSchema).id.id.toLowerCase()
