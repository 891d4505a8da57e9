import { z } from 'zod'
import { toRead, toWrite } from '../engines/control/plan.ts'
import { getValue, setValue } from '../engines/control/settings.ts'
import { number, text } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'
import { upgradeKnob } from './upgrade.ts'

const settings = z.object({
  initialState: getValue({ action: 'EXECUTE_RPC', value: 50, method: 'getValue', key: 'value' }),
  valueChange: setValue({ action: 'EXECUTE_RPC', method: 'setValue', key: 'value', data: 'VALUE' }),
  title: text(''),
  minValue: number(0),
  maxValue: number(100),
  initialValue: number(50),
})
export type KnobSettings = z.output<typeof settings>

export const knob = defineWidget({
  type: 'knob',
  fqns: ['control_widgets.knob_control'],
  name: 'Knob',
  description: 'Sets a number of a device by turning; one command when it is let go.',
  data: 'control',
  values: ['units', 'decimals'],
  settings,
  upgrade: upgradeKnob,
  control: (s) => ({
    reads: { value: toRead(s.initialState, false) },
    writes: { change: toWrite(s.valueChange) },
  }),
  limits: { datasourcesOptional: true },
  size: { columns: 5, rows: 5, minColumns: 3, minRows: 3 },
})
