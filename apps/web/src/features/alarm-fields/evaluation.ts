import { alarmSeverities, type AlarmSeverity, type EntityId, entityIdSchema } from '@thingwire/contracts'
import { z } from 'zod'

/** A debug event of an alarm rule, as it is told. */
export type Evaluation = {
  outcome: 'raise' | 'clear' | 'unchanged' | 'failed'
  severity: AlarmSeverity | null
  entityId: EntityId | null
  error: string
  /** JSON; '' where there is none. */
  arguments: string
  result: string
  /** The arguments in one line: `t = 60, limit = 80`. */
  values: string
}

const text = z.string().catch('')
const bodySchema = z.object({ arguments: text, result: text, error: text })
const resultSchema = z.object({
  alarm: z.enum(['raise', 'clear', 'unchanged']),
  severity: z.enum(alarmSeverities).optional(),
})
const argumentsSchema = z.record(z.string(), z.object({ value: z.unknown() }))

/** Null: it is no JSON, or was cut. */
const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

export const evaluationIn = (body: Readonly<Record<string, unknown>>): Evaluation => {
  const texts = bodySchema.parse(body)
  const result = resultSchema.safeParse(parsed(texts.result)).data
  const all = argumentsSchema.safeParse(parsed(texts.arguments)).data ?? {}
  return {
    ...texts,
    outcome: texts.error ? 'failed' : (result?.alarm ?? 'unchanged'),
    severity: result?.severity ?? null,
    entityId: entityIdSchema.safeParse({ entityType: body.entityType, id: body.entityId }).data ?? null,
    values: Object.entries(all)
      .map(([name, { value }]) => `${name} = ${typeof value === 'string' ? value : JSON.stringify(value ?? null)}`)
      .join(', '),
  }
}
