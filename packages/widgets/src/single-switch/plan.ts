import type { ControlPlan } from '../control.ts'
import { olderRead, olderWrite, toRead, toWrite } from '../engines/control/plan.ts'
import type { SingleSwitchSettings } from './manifest.ts'

/** What a switch reads and writes, by its settings; a write's value is where the switch goes. */
export const switchPlan = (settings: SingleSwitchSettings): ControlPlan => {
  if (settings.retrieveValueMethod !== null) {
    const write = olderWrite(settings)
    return { reads: { value: olderRead(settings, settings.initialValue, true) }, writes: { on: write, off: write } }
  }
  return {
    reads: { value: toRead(settings.initialState, true), disabled: toRead(settings.disabledState, true) },
    writes: { on: toWrite(settings.onUpdateState), off: toWrite(settings.offUpdateState) },
  }
}
