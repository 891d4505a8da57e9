import type { ControlState, ControlValue } from '../control.ts'
import type { WidgetCase, WidgetState } from '../widget.ts'

const ready: WidgetState = { status: 'ready', staleSince: null, series: [] }
const value = (change: Partial<ControlValue>): ControlValue => ({
  value: true,
  phase: 'ready',
  problem: null,
  ...change,
})
const control = (change: Partial<ControlValue>, disabled = false): ControlState => ({
  values: { value: value(change), disabled: value({ value: disabled }) },
  write: () => {},
  sending: null,
  problem: null,
})

export const cases: WidgetCase[] = [
  { name: 'waiting for the device behind the alias', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'on', settings: {}, state: ready, control: control({}) },
  { name: 'off', settings: {}, state: ready, control: control({ value: false }) },
  { name: 'in the middle', settings: { layout: 'center' }, state: ready, control: control({}) },
  { name: 'icon alone', settings: { layout: 'icon' }, state: ready, control: control({}) },
  { name: 'disabled', settings: {}, state: ready, control: control({}, true) },
  { name: 'asking', settings: {}, state: ready, control: control({ value: undefined, phase: 'reading' }) },
  { name: 'not known', settings: {}, state: ready, control: control({ value: undefined }) },
  {
    name: 'the device did not answer',
    settings: {},
    state: ready,
    control: control({ value: undefined, problem: { kind: 'timed-out', reason: 'HTTP 504' } }),
  },
  {
    name: 'long words',
    settings: {
      onState: {
        label: 'Window in the left corner of the conference room',
        status: 'Opened by the caretaker this morning',
      },
    },
    state: ready,
    control: control({}),
  },
  {
    name: 'stale',
    settings: {},
    state: { ...ready, staleSince: Date.UTC(2026, 0, 1) },
    control: control({ value: false }),
  },
]
