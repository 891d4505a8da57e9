import { alarmSeverities } from '@thingwire/contracts'
import { z } from 'zod'
import { anyJson, list, milliseconds, flag, oneOf, optionalText, part, text } from '../../settings/schema.ts'

/** Code as files carry it: text, or text with imports. */
const code = z
  .union([z.string(), z.looseObject({ body: z.string() })])
  .nullable()
  .catch(null)
  .default(null)

const command = (method: string) =>
  part({
    method: text(method),
    requestTimeout: milliseconds(5_000),
    requestPersistent: flag(false),
    persistentPollingInterval: milliseconds(5_000),
  })

const readActions = [
  'DO_NOTHING',
  'EXECUTE_RPC',
  'GET_ATTRIBUTE',
  'GET_TIME_SERIES',
  'GET_ALARM_STATUS',
  'GET_DASHBOARD_STATE',
  'GET_DASHBOARD_STATE_OBJECT',
] as const

type GetValueDefaults = {
  action: (typeof readActions)[number]
  /** Shown where nothing is read. */
  value: z.core.util.JSONType
  method?: string
  key?: string
  /** What the data is compared with, for values that are true or false. */
  compareTo?: z.core.util.JSONType
}

/** The settings family get-value: where something that a control shows comes from. */
export const getValue = (d: GetValueDefaults, meta?: { title: string }) =>
  part(
    {
      action: oneOf(readActions, d.action),
      defaultValue: anyJson(d.value),
      executeRpc: command(d.method ?? 'getState'),
      getAttribute: part({
        scope: z.enum(['SERVER_SCOPE', 'SHARED_SCOPE', 'CLIENT_SCOPE']).nullable().catch(null).default(null),
        key: text(d.key ?? 'state'),
      }),
      getTimeSeries: part({ key: text(d.key ?? 'state') }),
      getAlarmStatus: part({ severityList: list(z.enum(alarmSeverities)), typeList: list(z.string()) }),
      dataToValue: part({
        type: oneOf(['NONE', 'FUNCTION'], 'NONE'),
        dataToValueFunction: code,
        compareToValue: anyJson(d.compareTo ?? null),
      }),
    },
    meta,
  )
export type GetValueSettings = z.output<ReturnType<typeof getValue>>

type SetValueDefaults = {
  action?: 'EXECUTE_RPC' | 'SET_ATTRIBUTE' | 'ADD_TIME_SERIES'
  method?: string
  key?: string
  /** What is sent: the control's own value, or always the same. */
  data?: 'VALUE' | 'NONE' | { constant: z.core.util.JSONType }
}

/** The settings family set-value: what moving a control does. */
export const setValue = (d: SetValueDefaults, meta?: { title: string }) => {
  const constant = typeof d.data === 'object' ? d.data.constant : null
  return part(
    {
      action: oneOf(['EXECUTE_RPC', 'SET_ATTRIBUTE', 'ADD_TIME_SERIES'], d.action ?? 'EXECUTE_RPC'),
      executeRpc: command(d.method ?? 'setState'),
      setAttribute: part({
        scope: oneOf(['SERVER_SCOPE', 'SHARED_SCOPE'], 'SERVER_SCOPE'),
        key: text(d.key ?? 'state'),
      }),
      putTimeSeries: part({ key: text(d.key ?? 'state') }),
      valueToData: part({
        type: oneOf(
          ['CONSTANT', 'VALUE', 'FUNCTION', 'NONE'],
          typeof d.data === 'string' ? d.data : d.data ? 'CONSTANT' : 'VALUE',
        ),
        constantValue: anyJson(constant),
        valueToDataFunction: code,
      }),
    },
    meta,
  )
}
export type SetValueSettings = z.output<ReturnType<typeof setValue>>

/** Settings that controls of before 3.7 carry under names of their own; `retrieveValueMethod` is there where the others are. */
export const olderControlSettings = {
  retrieveValueMethod: z.enum(['none', 'rpc', 'attribute', 'timeseries']).nullable().catch(null).default(null),
  valueKey: text('value'),
  getValueMethod: text('getValue'),
  setValueMethod: text('setValue'),
  requestTimeout: milliseconds(5_000),
  requestPersistent: flag(false),
  persistentPollingInterval: milliseconds(5_000),
  parseValueFunction: optionalText(),
  convertValueFunction: optionalText(),
}
