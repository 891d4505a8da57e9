import type { ControlState, ControlValue } from '../control.ts'
import type { WidgetState } from '../widget.ts'

export const readyControl: WidgetState = { status: 'ready', staleSince: null, series: [] }

/** A control that knows these values. */
export const fixed = (values: Record<string, unknown>, more: Partial<ControlValue> = {}): ControlState => ({
  values: Object.fromEntries(
    Object.entries(values).map(([id, value]) => [id, { value, phase: 'ready', problem: null, ...more } as const]),
  ),
  write: () => {},
  sending: null,
  problem: null,
})
