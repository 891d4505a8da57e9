import type { SymbolBehavior, SymbolProperty } from '../../engines/scada/metadata.ts'

/*
 * Behaviours by the ids that ThingsBoard's symbols have, and read and written where theirs are unless a dashboard says
 * otherwise, so that what a dashboard stores for one of them holds for ours.
 */
type ValueType = SymbolBehavior['valueType']
type Defaults = Pick<
  SymbolBehavior,
  'defaultGetValueSettings' | 'defaultSetValueSettings' | 'defaultWidgetActionSettings'
>
const none: Defaults = {
  defaultGetValueSettings: null,
  defaultSetValueSettings: null,
  defaultWidgetActionSettings: null,
}
const base = { hint: '', group: '' }

const value = (
  id: string,
  name: string,
  valueType: ValueType,
  settings: Record<string, unknown>,
  group = '',
): SymbolBehavior => ({
  ...base,
  ...none,
  id,
  name,
  group,
  valueType,
  type: 'value',
  defaultGetValueSettings: settings,
})

/** Nothing is read; it always is this. */
export const fixed = (id: string, name: string, initial: boolean | number, group?: string): SymbolBehavior =>
  value(
    id,
    name,
    typeof initial === 'boolean' ? 'BOOLEAN' : 'DOUBLE',
    { action: 'DO_NOTHING', defaultValue: initial },
    group,
  )

export const attribute = (id: string, name: string, valueType: ValueType, key: string, scope: string): SymbolBehavior =>
  value(id, name, valueType, { action: 'GET_ATTRIBUTE', getAttribute: { scope, key } })

export const telemetry = (id: string, name: string, valueType: ValueType, key: string): SymbolBehavior =>
  value(id, name, valueType, { action: 'GET_TIME_SERIES', getTimeSeries: { key } })

const alarm = (id: string, name: string, severityList: readonly string[]): SymbolBehavior =>
  value(id, name, 'BOOLEAN', { action: 'GET_ALARM_STATUS', getAlarmStatus: { severityList } })

const write = (id: string, name: string, data: boolean, settings: Record<string, unknown>): SymbolBehavior => ({
  ...base,
  ...none,
  id,
  name,
  type: 'action',
  valueType: 'BOOLEAN',
  defaultSetValueSettings: { ...settings, valueToData: { type: 'CONSTANT', constantValue: data } },
})

/** Writes true or false to a shared attribute. */
export const writeAttribute = (id: string, name: string, key: string, data: boolean): SymbolBehavior =>
  write(id, name, data, { action: 'SET_ATTRIBUTE', setAttribute: { scope: 'SHARED_SCOPE', key } })

/** Sends true or false by a command. */
export const command = (id: string, name: string, method: string, data: boolean): SymbolBehavior =>
  write(id, name, data, { action: 'EXECUTE_RPC', executeRpc: { method } })

export const click = (id = 'click', name = 'On click'): SymbolBehavior => ({
  ...base,
  ...none,
  id,
  name,
  type: 'widgetAction',
  valueType: 'BOOLEAN',
  defaultWidgetActionSettings: { type: 'doNothing' },
})

const running = attribute('running', 'Running', 'BOOLEAN', 'running', 'SHARED_SCOPE')
/** Active alarms of the device. */
export const alarms = [
  alarm('warning', 'Warning', ['MAJOR', 'MINOR', 'WARNING', 'INDETERMINATE']),
  click('warningClick', 'On click on a warning'),
  alarm('critical', 'Critical', ['CRITICAL']),
  click('criticalClick', 'On click on a critical alarm'),
  fixed('criticalAnimation', 'Critical alarms blink', false),
]
/** Of everything that runs or stands still. */
export const machine = [running, ...alarms, click()]
export const speed = fixed('rotationAnimationSpeed', 'Speed of turning', 1)

export const valve = [
  attribute('opened', 'Open', 'BOOLEAN', 'open', 'SHARED_SCOPE'),
  writeAttribute('open', 'Opens', 'open', true),
  writeAttribute('close', 'Closes', 'open', false),
]

/** Contents of a pipe, or of one branch of it: `left` makes `leftFlow`. */
export const stream = (branch = ''): SymbolBehavior[] => {
  const id = (name: string) => (branch ? `${branch}${name[0]?.toUpperCase()}${name.slice(1)}` : name)
  return [
    fixed(id('fluid'), 'Is full', false, branch),
    fixed(id('flow'), 'Flows', false, branch),
    fixed(id('flowDirection'), 'Flows forwards', true, branch),
    fixed(id('flowAnimationSpeed'), 'Speed of the flow', 1, branch),
  ]
}
export const leak = fixed('leak', 'Leaks', false)

export const contents = [
  attribute('tankCapacity', 'Capacity', 'DOUBLE', 'tankCapacity', 'SERVER_SCOPE'),
  telemetry('currentVolume', 'Volume', 'DOUBLE', 'liquidVolume'),
]

type PropertyInput = Pick<SymbolProperty, 'id' | 'name' | 'type' | 'default'>
const property = (id: string, name: string, type: string, initial: unknown): PropertyInput => ({
  id,
  name,
  type,
  default: initial,
})
export const color = (id: string, name: string, paint: string) => property(id, name, 'color', paint)
export const flag = (id: string, name: string, initial: boolean) => property(id, name, 'switch', initial)
export const number = (id: string, name: string, initial: number | null) => property(id, name, 'number', initial)
export const units = (id: string, initial: string) => property(id, 'Unit', 'units', initial)
export const text = (id: string, name: string, initial: string) => property(id, name, 'text', initial)

export const alarmColors = [color('warningColor', 'Warning', 'warn'), color('criticalColor', 'Critical', 'danger')]
export const machineColors = [
  color('runningColor', 'Running', 'ok'),
  color('stoppedColor', 'Stopped', 'off'),
  ...alarmColors,
]

/** The colour of the state; alarms come first. */
export const stateFill = [
  { when: 'critical', use: '$criticalColor' },
  { when: 'warning', use: '$warningColor' },
  { when: 'running', use: '$runningColor' },
  { use: '$stoppedColor' },
]

/** Bindings of the alarm signs of `alarmSigns`. */
export const alarmBind = {
  warningSign: { show: 'warning & !critical', fill: '$warningColor', click: { run: 'warningClick' } },
  criticalSign: {
    show: 'critical',
    fill: '$criticalColor',
    blink: 'critical & criticalAnimation',
    click: { run: 'criticalClick' },
  },
}
