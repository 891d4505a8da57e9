import type { ControlProblem, ControlState } from '../../control.ts'
import type { WidgetState } from '../../widget.ts'
import { isOn } from './plan.ts'

/** What a control shows and lets a person do, out of what the host knows. */
export type Operation = {
  /** Of the read called `value`. */
  value: unknown
  /** The same where it is true or false; null: not known. */
  isOn: boolean | null
  isActivated: boolean
  phase: 'reading' | 'sending' | 'ready'
  /** The connection is lost, or the file's condition says so. */
  isDisabled: boolean
  /** Nothing can be done at the moment: disabled, or something is under way. */
  isBlocked: boolean
  problem: ControlProblem | null
  readAgain: (() => void) | null
  write: ControlState['write']
}

export const operationOf = (control: ControlState, state: WidgetState): Operation => {
  const { value, disabled, activated } = control.values
  const phase = control.sending !== null ? 'sending' : value && value.phase === 'reading' ? 'reading' : 'ready'
  const isLost = state.status === 'ready' && state.staleSince !== null
  const isDisabled = isLost || isOn(disabled?.value) === true
  return {
    value: value?.value,
    isOn: isOn(value?.value),
    isActivated: isOn(activated?.value) === true,
    phase,
    isDisabled,
    // While it is being asked what is on, a press would not know what it turns off.
    isBlocked: isDisabled || phase !== 'ready',
    problem: control.problem ?? value?.problem ?? null,
    // After a command without an answer, too: only the device knows what became of it.
    readAgain: value?.readAgain ?? null,
    write: control.write,
  }
}
