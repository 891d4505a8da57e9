import { alarmSeverities } from '@thingwire/contracts'
import { z } from 'zod'

/** Parameters that several templates ask for. */

/** A key of telemetry. Templates fill patterns with it, so what begins or ends one is left out. */
export const key = (title: string, description: string) =>
  z
    .string()
    .trim()
    .min(1, 'Name the key')
    .max(255)
    .regex(/^[^${}[\]]*$/, 'Without $, brackets and braces')
    .meta({ title, description })

export const text = (title: string, description: string, missing: string) =>
  z.string().trim().min(1, missing).max(1_024).meta({ title, description })

export const alarmType = text(
  'Alarm type',
  'What the alarm is called. One alarm of a type is active per device.',
  'Name the alarm',
)

export const severity = z.enum(alarmSeverities).meta({ title: 'Severity', description: 'How bad it is.' })

const mostAmount = 1e15

/** Scripts hold it as a literal; those of TBEL know whole numbers of 64 bits at most. */
export const number = (title: string, description: string) =>
  z
    .number()
    .refine((value) => Math.abs(value) <= mostAmount, 'This is too much')
    .meta({ title, description })
