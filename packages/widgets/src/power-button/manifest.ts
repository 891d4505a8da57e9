import { z } from 'zod'
import { toRead, toWrite } from '../engines/control/plan.ts'
import { getValue, setValue } from '../engines/control/settings.ts'
import { color, flag, number, oneOf, part, text } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { defineWidget } from '../widget.ts'

const icon = (name: string) =>
  part({ showIcon: flag(false), icon: text(name), iconSize: number(32), iconSizeUnit: text('px') })

/** Three shapes, each plain, raised (`volume`) and as a mark alone (`icon`). */
export const powerLayouts = [
  'default',
  'simplified',
  'outlined',
  'default_volume',
  'simplified_volume',
  'outlined_volume',
  'default_icon',
  'simplified_icon',
  'outlined_icon',
] as const

const settings = z.object({
  initialState: getValue({ action: 'EXECUTE_RPC', value: false, compareTo: true }),
  disabledState: getValue({ action: 'DO_NOTHING', value: false, compareTo: true }),
  onUpdateState: setValue({ data: { constant: true } }, { title: 'When it is turned on' }),
  offUpdateState: setValue({ data: { constant: false } }, { title: 'When it is turned off' }),
  layout: oneOf(powerLayouts, 'default'),
  onButtonIcon: icon('power_settings_new'),
  offButtonIcon: icon('power_settings_new'),
  mainColorOn: color('#3F52DD'),
  backgroundColorOn: color('#FFFFFF'),
  mainColorOff: color('#A2A2A2'),
  backgroundColorOff: color('#FFFFFF'),
  mainColorDisabled: color('rgba(0,0,0,0.12)'),
  backgroundColorDisabled: color('#FFFFFF'),
  background: background(),
  padding: text('12px'),
})
export type PowerButtonSettings = z.output<typeof settings>

export const powerButton = defineWidget({
  type: 'power-button',
  fqns: ['power_button'],
  name: 'Power button',
  description: 'A large round button that turns something on and off.',
  data: 'control',
  settings,
  control: (s) => ({
    reads: { value: toRead(s.initialState, true), disabled: toRead(s.disabledState, true) },
    writes: { on: toWrite(s.onUpdateState), off: toWrite(s.offUpdateState) },
  }),
  size: { columns: 4, rows: 4, minColumns: 2, minRows: 2 },
})
