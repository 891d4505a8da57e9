import { z } from 'zod'
import { getValue, olderControlSettings, setValue } from '../engines/control/settings.ts'
import { flag, text } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'
import { switchPlan } from './plan.ts'

/** Settings of ThingsBoard's single switch, and under their own names those of its older switches. */
export const singleSwitchSettingsSchema = z.object({
  initialState: getValue({ action: 'EXECUTE_RPC', value: false, compareTo: true }),
  disabledState: getValue({ action: 'DO_NOTHING', value: false, compareTo: true }),
  onUpdateState: setValue({ data: { constant: true } }),
  offUpdateState: setValue({ data: { constant: false } }),
  label: text(''),
  showLabel: flag(true),
  onLabel: text(''),
  offLabel: text(''),
  ...olderControlSettings,
  initialValue: flag(false),
  /** Title of older switches; they have no label. */
  title: text(''),
})
export type SingleSwitchSettings = z.output<typeof singleSwitchSettingsSchema>

export const singleSwitch = defineWidget({
  type: 'single-switch',
  fqns: [
    'single_switch',
    'control_widgets.switch_control',
    'control_widgets.slide_toggle_control',
    'control_widgets.round_switch',
  ],
  name: 'Switch',
  description: 'Turns something of a device on and off, and shows what the device says of it.',
  data: 'control',
  settings: singleSwitchSettingsSchema,
  control: switchPlan,
  size: { columns: 6, rows: 2, minColumns: 3, minRows: 1 },
})
