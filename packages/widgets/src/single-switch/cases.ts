import type { ControlState, ControlValue } from '../control.ts'
import { caseControl } from '../engines/control/case-control.ts'
import type { WidgetCase, WidgetState } from '../widget.ts'

const ready: WidgetState = { status: 'ready', staleSince: null, series: [] }
const control = (change: Partial<ControlState>, value: unknown = true) => caseControl(value, change)
const unknown = (read: Partial<ControlValue>) => caseControl(undefined, { read })

export const cases: WidgetCase[] = [
  { name: 'waiting for the device behind the alias', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'on', settings: { label: 'Pump', onLabel: 'Running' }, state: ready, control: control({}) },
  { name: 'off', settings: { label: 'Pump' }, state: ready, control: control({}, false) },
  {
    name: 'centred, with an icon and colours of its own',
    settings: {
      ...{ layout: 'centered', label: 'Lamp', showIcon: true, icon: 'mdi:lightbulb-outline', iconColor: '#f59e0b' },
      ...{ switchColorOn: '#198038', tumblerColorOn: '#ffffff', onLabel: 'Lit', onLabelFont: { size: 16 } },
    },
    state: ready,
    control: control({}),
  },
  {
    name: 'at the left, on a dark ground, off without a word',
    settings: {
      ...{ layout: 'left', label: 'Heating', showOffLabel: false, switchColorOff: '#666666', padding: '12px' },
      background: { type: 'color', color: '#1e293b' },
    },
    state: ready,
    control: control({}, false),
  },
  { name: 'asking the device', settings: {}, state: ready, control: unknown({ phase: 'reading' }) },
  { name: 'sending', settings: {}, state: ready, control: control({ sending: 'on' }) },
  {
    name: 'the device did not answer',
    settings: {},
    state: ready,
    control: unknown({ problem: { kind: 'timed-out', reason: 'HTTP 504' }, readAgain: () => {} }),
  },
  {
    name: 'refused',
    settings: { showLabel: false },
    state: ready,
    control: control({ problem: { kind: 'failed', reason: 'You do not have permission', write: 'off' } }),
  },
  {
    name: 'stale',
    settings: {},
    state: { status: 'ready', staleSince: Date.UTC(2026, 0, 1), series: [] },
    control: control({}),
  },
]
