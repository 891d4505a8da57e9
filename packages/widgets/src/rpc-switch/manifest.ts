import { z } from 'zod'
import { defineWidget } from '../widget.ts'
import { switchPlan } from './plan.ts'

const flag = (fallback: boolean) => z.boolean().catch(fallback).default(fallback)
const text = (fallback: string) => z.string().catch(fallback).default(fallback)
const words = z.string().nullable().catch(null).default(null)
const milliseconds = (fallback: number) => z.number().int().positive().catch(fallback).default(fallback)
const oneOf = <const T extends readonly [string, ...string[]]>(values: T, fallback: T[number]) =>
  z.enum(values).catch(fallback).default(fallback)

/** An object whose every member has a default, so that nothing at all, or something else, is all of them. */
const part = <S extends z.ZodRawShape>(shape: S) => {
  const schema = z.object(shape)
  return schema.catch(() => schema.parse({})).prefault({} as z.input<typeof schema>)
}

const command = (method: string) =>
  part({
    method: text(method),
    requestTimeout: milliseconds(5_000),
    requestPersistent: flag(false),
    persistentPollingInterval: milliseconds(5_000),
  })

const update = (isOn: boolean) =>
  part({
    action: oneOf(['EXECUTE_RPC', 'SET_ATTRIBUTE', 'ADD_TIME_SERIES'], 'EXECUTE_RPC'),
    executeRpc: command('setState'),
    setAttribute: part({ scope: oneOf(['SERVER_SCOPE', 'SHARED_SCOPE'], 'SERVER_SCOPE'), key: text('state') }),
    putTimeSeries: part({ key: text('state') }),
    valueToData: part({
      type: oneOf(['CONSTANT', 'VALUE', 'FUNCTION', 'NONE'], 'CONSTANT'),
      constantValue: z.json().catch(isOn).default(isOn),
    }),
  })

/** Settings of ThingsBoard's single switch, and under their own names those of its older switches. */
export const rpcSwitchSettingsSchema = z.object({
  initialState: part({
    action: oneOf(['EXECUTE_RPC', 'GET_ATTRIBUTE', 'GET_TIME_SERIES', 'DO_NOTHING'], 'EXECUTE_RPC'),
    defaultValue: flag(false),
    executeRpc: command('getState'),
    getAttribute: part({
      scope: z.enum(['SERVER_SCOPE', 'SHARED_SCOPE', 'CLIENT_SCOPE']).nullable().catch(null).default(null),
      key: text('state'),
    }),
    getTimeSeries: part({ key: text('state') }),
    dataToValue: part({
      type: oneOf(['NONE', 'FUNCTION'], 'NONE'),
      compareToValue: z.json().catch(true).default(true),
    }),
  }),
  onUpdateState: update(true),
  offUpdateState: update(false),
  label: text(''),
  showLabel: flag(true),
  onLabel: text(''),
  offLabel: text(''),
  /** Older switches: present where this is. */
  retrieveValueMethod: z.enum(['none', 'rpc', 'attribute', 'timeseries']).nullable().catch(null).default(null),
  valueKey: text('value'),
  getValueMethod: text('getValue'),
  setValueMethod: text('setValue'),
  initialValue: flag(false),
  requestTimeout: milliseconds(5_000),
  requestPersistent: flag(false),
  persistentPollingInterval: milliseconds(5_000),
  parseValueFunction: words,
  convertValueFunction: words,
  /** Title of older switches; they have no label. */
  title: text(''),
})
export type RpcSwitchSettings = z.output<typeof rpcSwitchSettingsSchema>

export const rpcSwitch = defineWidget({
  type: 'rpc-switch',
  fqns: [
    'single_switch',
    'control_widgets.switch_control',
    'control_widgets.slide_toggle_control',
    'control_widgets.round_switch',
  ],
  name: 'RPC switch',
  description: 'Turns something of a device on and off, and shows what the device says of it.',
  data: 'control',
  settings: rpcSwitchSettingsSchema,
  control: switchPlan,
  size: { columns: 6, rows: 2, minColumns: 3, minRows: 1 },
})
