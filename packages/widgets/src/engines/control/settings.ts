import { alarmSeverities } from '@thingwire/contracts'
import { z } from 'zod'
import { anyJson, list, milliseconds, flag, oneOf, optionalText, part, text } from '../../settings/schema.ts'

/** Code as files carry it: text, or text with imports. */
const code = (title: string, hint: string) =>
  z
    .union([z.string(), z.looseObject({ body: z.string() })])
    .nullable()
    .catch(null)
    .default(null)
    .meta({ title, hint, editor: 'script', when: { type: ['FUNCTION'] } })

const command = (method: string, action: string) =>
  part(
    {
      method: text(method, { title: 'Method' }),
      requestTimeout: milliseconds(5_000, { title: 'Waits at most', suffix: 'ms' }),
      requestPersistent: flag(false, { title: 'Kept until the device is there' }),
      persistentPollingInterval: milliseconds(5_000, {
        title: 'Asks every',
        suffix: 'ms',
        when: { requestPersistent: [true] },
      }),
    },
    { title: 'Command', when: { action: [action] } },
  )

const readActions = [
  'DO_NOTHING',
  'EXECUTE_RPC',
  'GET_ATTRIBUTE',
  'GET_TIME_SERIES',
  'GET_ALARM_STATUS',
  'GET_DASHBOARD_STATE',
  'GET_DASHBOARD_STATE_OBJECT',
] as const

const readWords = {
  DO_NOTHING: 'Always the same',
  EXECUTE_RPC: 'Command to the device',
  GET_ATTRIBUTE: 'Attribute',
  GET_TIME_SERIES: 'Newest telemetry',
  GET_ALARM_STATUS: 'Whether there are alarms',
  GET_DASHBOARD_STATE: 'State of the dashboard',
  GET_DASHBOARD_STATE_OBJECT: 'Parameters of the state',
}

const scopeWords = {
  SERVER_SCOPE: 'Server attributes',
  SHARED_SCOPE: 'Shared attributes',
  CLIENT_SCOPE: 'Client attributes',
}

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
      action: oneOf(readActions, d.action, { title: 'Comes from', words: readWords }),
      defaultValue: anyJson(d.value, {
        title: 'Value',
        editor: 'json-value',
        when: { action: ['DO_NOTHING'] },
      }),
      executeRpc: command(d.method ?? 'getState', 'EXECUTE_RPC'),
      getAttribute: part(
        {
          scope: z
            .enum(['SERVER_SCOPE', 'SHARED_SCOPE', 'CLIENT_SCOPE'])
            .nullable()
            .catch(null)
            .default(null)
            .meta({ title: 'Of', words: scopeWords }),
          key: text(d.key ?? 'state', { title: 'Key' }),
        },
        { title: 'Attribute', when: { action: ['GET_ATTRIBUTE'] } },
      ),
      getTimeSeries: part(
        { key: text(d.key ?? 'state', { title: 'Key' }) },
        { title: 'Telemetry', when: { action: ['GET_TIME_SERIES'] } },
      ),
      getAlarmStatus: part(
        {
          severityList: list(z.enum(alarmSeverities), { title: 'Severities', hint: 'None: all of them' }),
          typeList: list(z.string(), { title: 'Types', hint: 'None: all of them' }),
        },
        { title: 'Alarms', when: { action: ['GET_ALARM_STATUS'] } },
      ),
      dataToValue: part(
        {
          type: oneOf(['NONE', 'FUNCTION'], 'NONE', {
            title: 'Turned into the value',
            words: { NONE: 'As it is', FUNCTION: 'By a function' },
          }),
          dataToValueFunction: code('Function of data', 'Gets data and returns the value; runs in the sandbox'),
          compareToValue: anyJson(d.compareTo ?? null, {
            title: 'On when it is',
            editor: 'json-value',
            ...(d.compareTo === undefined ? { when: { type: [] } } : {}),
          }),
        },
        {
          title: 'Conversion',
          when: { action: readActions.filter((one) => one !== 'DO_NOTHING' && one !== 'GET_ALARM_STATUS') },
        },
      ),
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
      action: oneOf(['EXECUTE_RPC', 'SET_ATTRIBUTE', 'ADD_TIME_SERIES'], d.action ?? 'EXECUTE_RPC', {
        title: 'Does',
        words: {
          EXECUTE_RPC: 'Sends a command to the device',
          SET_ATTRIBUTE: 'Sets an attribute',
          ADD_TIME_SERIES: 'Adds telemetry',
        },
      }),
      executeRpc: command(d.method ?? 'setState', 'EXECUTE_RPC'),
      setAttribute: part(
        {
          scope: oneOf(['SERVER_SCOPE', 'SHARED_SCOPE'], 'SERVER_SCOPE', { title: 'Of', words: scopeWords }),
          key: text(d.key ?? 'state', { title: 'Key' }),
        },
        { title: 'Attribute', when: { action: ['SET_ATTRIBUTE'] } },
      ),
      putTimeSeries: part(
        { key: text(d.key ?? 'state', { title: 'Key' }) },
        { title: 'Telemetry', when: { action: ['ADD_TIME_SERIES'] } },
      ),
      valueToData: part(
        {
          type: oneOf(
            ['CONSTANT', 'VALUE', 'FUNCTION', 'NONE'],
            typeof d.data === 'string' ? d.data : d.data ? 'CONSTANT' : 'VALUE',
            {
              title: 'Sends',
              words: {
                CONSTANT: 'Always the same',
                VALUE: 'The value',
                FUNCTION: 'What a function makes of it',
                NONE: 'Nothing',
              },
            },
          ),
          constantValue: anyJson(constant, { title: 'This', editor: 'json-value', when: { type: ['CONSTANT'] } }),
          valueToDataFunction: code('Function of value', 'Gets value and returns what is sent; runs in the sandbox'),
        },
        { title: 'Data' },
      ),
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
