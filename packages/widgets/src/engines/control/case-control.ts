import type { ControlState, ControlValue } from '../../control.ts'
import type { WidgetCase, WidgetState } from '../../widget.ts'

export const readyControl: WidgetState = { status: 'ready', staleSince: null, series: [] }
const staleControl: WidgetState = { ...readyControl, staleSince: Date.UTC(2026, 0, 1) }

/** A control for cases: `value` as read, and what else its moment is made of. */
export const caseControl = (
  value: unknown,
  more: Partial<ControlState> & { read?: Partial<ControlValue>; disabled?: boolean; activated?: boolean } = {},
): ControlState => {
  const { read, disabled, activated, ...state } = more
  const known = (of: unknown): ControlValue => ({ value: of, phase: 'ready', problem: null })
  return {
    values: {
      value: { ...known(value), ...read },
      disabled: known(disabled ?? false),
      activated: known(activated ?? false),
    },
    write: () => {},
    sending: null,
    problem: null,
    ...state,
  }
}

/** What every control has to stand: no answer yet, no target, refusals, waits, and values of another kind. */
export const controlCases = (settings: Record<string, unknown>, value: unknown): WidgetCase[] => [
  { name: 'waiting for the device behind the alias', settings, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'no device is chosen', settings, state: readyControl },
  {
    name: 'asking the device',
    settings,
    state: readyControl,
    control: caseControl(undefined, { read: { phase: 'reading' } }),
  },
  { name: 'sending', settings, state: readyControl, control: caseControl(value, { sending: 'on' }) },
  {
    name: 'the device did not answer',
    settings,
    state: readyControl,
    control: caseControl(undefined, {
      read: { problem: { kind: 'timed-out', reason: 'HTTP 504' }, readAgain: () => {} },
    }),
  },
  {
    name: 'refused, at length',
    settings,
    state: readyControl,
    control: caseControl(value, {
      problem: {
        kind: 'failed',
        reason: 'You do not have permission to perform this operation on the device!',
        write: 'on',
      },
    }),
  },
  { name: 'disabled by a value', settings, state: readyControl, control: caseControl(value, { disabled: true }) },
  { name: 'stale', settings, state: staleControl, control: caseControl(value) },
  {
    name: 'a value of another kind',
    settings,
    state: readyControl,
    control: caseControl({ odd: ['x'.repeat(40)] }),
  },
]
