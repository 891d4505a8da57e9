import type { Answer } from '@thingwire/api-client'
import type { EntityId, EntityType, FieldArgument, PageLink, SaveAlarmRuleDefinition } from '@thingwire/contracts'
import { api } from './http.ts'

/** Alarm rules over arguments; those of device profiles that a rule node evaluates are part of the profile. */
export type AlarmFieldView = Answer<'GET /api/alarm/rule/{alarmRuleId}'>
/** With the name of whom it stands at. */
export type AlarmFieldInfo = Answer<'GET /api/alarm/rules'>['data'][number]

/** Rules of the tenant; of one kind of owner, or of certain owners. */
export const listAlarmFields = (
  query: PageLink & { entityType?: EntityType | null; entities?: readonly string[] | null },
  signal?: AbortSignal,
) => api('GET /api/alarm/rules', { query, signal })

export const getAlarmField = (alarmRuleId: string, signal?: AbortSignal) =>
  api('GET /api/alarm/rule/{alarmRuleId}', { path: { alarmRuleId }, signal })

/** With the version that it started from it is refused with 409 when that is not the newest. */
export const saveAlarmField = (body: SaveAlarmRuleDefinition) => api('POST /api/alarm/rule', { body })

/** Its alarms stay. */
export const deleteAlarmField = (alarmRuleId: string) =>
  api('DELETE /api/alarm/rule/{alarmRuleId}', { path: { alarmRuleId } })

/** Runs the script of a condition once; what is wrong with it is in `error`. */
export const testExpression = (expression: string, values: Record<string, { value: unknown; ts: number }>) =>
  api('POST /api/alarm/rule/testScript', { body: { expression, arguments: values } })

/** What an argument of an entity is now; undefined: there is no value. */
export const currentValue = async (
  { entityType, id }: EntityId,
  { key, type, scope }: FieldArgument['refEntityKey'],
): Promise<unknown> => {
  const path = { entityType, entityId: id }
  if (type === 'TS_LATEST') {
    const query = { key: [key], useStrictDataTypes: true }
    const series = await api('GET /api/plugins/telemetry/{entityType}/{entityId}/values/timeseries', { path, query })
    return series[key]?.[0]?.value
  }
  const found = await api('GET /api/plugins/telemetry/{entityType}/{entityId}/values/attributes/{scope}', {
    path: { ...path, scope: scope ?? 'SERVER_SCOPE' },
    query: { key: [key] },
  })
  return found.find((one) => one.key === key)?.value
}
