import { z } from 'zod'
import { getValue, olderControlSettings, setValue } from '../engines/control/settings.ts'
import { color, flag, icon, number, oneOf, text } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'
import { switchPlan } from './plan.ts'

/** Settings of ThingsBoard's single switch, and under their own names those of its older switches. */
export const singleSwitchSettingsSchema = z.object({
  initialState: getValue({ action: 'EXECUTE_RPC', value: false, compareTo: true }),
  disabledState: getValue({ action: 'DO_NOTHING', value: false, compareTo: true }),
  onUpdateState: setValue({ data: { constant: true } }),
  offUpdateState: setValue({ data: { constant: false } }),
  /** Where the switch stands beside the words; `centered`: below them. */
  layout: oneOf(['right', 'left', 'centered'], 'right'),
  showLabel: flag(true),
  label: text(''),
  labelFont: font({ size: 14, weight: '500', lineHeight: '24px' }),
  labelColor: color('rgba(0, 0, 0, 0.87)'),
  showIcon: flag(false),
  icon: icon('mdi:lightbulb-outline'),
  iconSize: number(24),
  iconColor: color('rgba(0, 0, 0, 0.76)'),
  /** Nothing: the colours of the theme. */
  switchColorOn: color(),
  switchColorOff: color(),
  switchColorDisabled: color(),
  tumblerColorOn: color(),
  tumblerColorOff: color(),
  tumblerColorDisabled: color(),
  showOnLabel: flag(true),
  onLabel: text(''),
  onLabelFont: font({ size: 12, weight: '400', lineHeight: '24px' }),
  onLabelColor: color('rgba(0, 0, 0, 0.54)'),
  showOffLabel: flag(true),
  offLabel: text(''),
  offLabelFont: font({ size: 12, weight: '400', lineHeight: '24px' }),
  offLabelColor: color('rgba(0, 0, 0, 0.54)'),
  background: background(),
  padding: text('8px 16px'),
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
