import type { ControlState } from '../control.ts'
import type { WidgetCase, WidgetState } from '../widget.ts'

const ready: WidgetState = { status: 'ready', staleSince: null, series: [] }
const control = (change: Partial<ControlState>): ControlState => ({
  isOn: true,
  phase: 'ready',
  problem: null,
  set: () => {},
  ...change,
})

export const cases: WidgetCase[] = [
  { name: 'waiting for the device behind the alias', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'on', settings: { label: 'Pump', onLabel: 'Running' }, state: ready, control: control({}) },
  { name: 'off', settings: { label: 'Pump' }, state: ready, control: control({ isOn: false }) },
  { name: 'asking the device', settings: {}, state: ready, control: control({ isOn: null, phase: 'reading' }) },
  { name: 'sending', settings: {}, state: ready, control: control({ phase: 'sending' }) },
  {
    name: 'the device did not answer',
    settings: {},
    state: ready,
    control: control({ isOn: null, problem: { kind: 'timed-out', reason: 'HTTP 504' }, readAgain: () => {} }),
  },
  {
    name: 'refused',
    settings: { showLabel: false },
    state: ready,
    control: control({ problem: { kind: 'failed', reason: 'You do not have permission' } }),
  },
  {
    name: 'stale',
    settings: {},
    state: { status: 'ready', staleSince: Date.UTC(2026, 0, 1), series: [] },
    control: control({}),
  },
]
