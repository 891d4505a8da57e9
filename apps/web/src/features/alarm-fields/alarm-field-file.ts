import { alarmFieldConfigurationSchema, saveAlarmRuleDefinitionSchema } from '@thingwire/contracts'
import { z } from 'zod'
import type { AlarmFieldView } from '@/api/alarm-fields.ts'
import { type AlarmFieldState, newState } from './alarm-field-form.ts'

/** A rule as a file: without what makes it one of this installation. */
export const toFile = ({ id: _, createdTime: __, tenantId: ___, version: ____, ...content }: AlarmFieldView) => ({
  type: 'ALARM',
  ...content,
  debugSettings: null,
})

const fileSchema = saveAlarmRuleDefinitionSchema.omit({ id: true, version: true, debugSettings: true }).extend({
  entityId: saveAlarmRuleDefinitionSchema.shape.entityId.nullish(),
  configuration: alarmFieldConfigurationSchema,
})

/** The rule that a file describes, as a new one. Throws with everything that is wrong. */
export const fromFile = (content: unknown): AlarmFieldState => {
  const { data, error } = fileSchema.safeParse(content)
  if (!data) throw new Error(z.prettifyError(error))
  return { ...newState(data.entityId ?? null), name: data.name, configuration: data.configuration }
}

const place = 'thingwire.alarm-rule-file'

/** Hands a file on to the page of a new rule; it survives that page being loaded again. */
export const carryFile = (content: unknown): void => sessionStorage.setItem(place, JSON.stringify(content))

/** Null: none was handed on. */
export const carriedFile = (): AlarmFieldState | null => {
  const text = sessionStorage.getItem(place)
  return text === null ? null : fromFile(JSON.parse(text))
}
