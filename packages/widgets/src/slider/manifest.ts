import { z } from 'zod'
import { toRead, toWrite } from '../engines/control/plan.ts'
import { getValue, setValue } from '../engines/control/settings.ts'
import { color, flag, number, oneOf, text, icon } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'

/** Units stand as text, or with those of other systems beside them. */
const units = z
  .union([z.string(), z.looseObject({ from: z.string() }).transform(({ from }) => from)])
  .catch('%')
  .default('%')

const settings = z.object({
  initialState: getValue({ action: 'EXECUTE_RPC', value: 0 }),
  disabledState: getValue({ action: 'DO_NOTHING', value: false, compareTo: true }),
  valueChange: setValue({ action: 'EXECUTE_RPC', data: 'VALUE' }),
  layout: oneOf(['default', 'extended', 'simplified'], 'default'),
  autoScale: flag(true),
  showValue: flag(true),
  valueUnits: units,
  valueDecimals: number(0),
  valueFont: font({ size: 36, weight: '500', lineHeight: '36px' }),
  valueColor: color('rgba(0, 0, 0, 0.87)'),
  showTicks: flag(true),
  tickMin: number(0),
  tickMax: number(100),
  ticksFont: font({ size: 11, weight: '400', lineHeight: '16px' }),
  ticksColor: color('rgba(0,0,0,0.54)'),
  showTickMarks: flag(true),
  tickMarksCount: number(11),
  tickMarksColor: color('#5469FF'),
  mainColor: color('#5469FF'),
  backgroundColor: color('#CCD2FF'),
  mainColorDisabled: color('#9BA2B0'),
  backgroundColorDisabled: color('#D5D7E5'),
  leftIcon: icon('lightbulb'),
  leftIconSize: number(24),
  leftIconColor: color('#5469FF'),
  rightIcon: icon('mdi:lightbulb-on'),
  rightIconSize: number(24),
  rightIconColor: color('#5469FF'),
  background: background(),
  padding: text('24px'),
})
export type SliderSettings = z.output<typeof settings>

export const slider = defineWidget({
  type: 'slider',
  fqns: ['slider'],
  name: 'Slider',
  description: 'Sets a number of a device by dragging; one command when it is let go.',
  data: 'control',
  settings,
  control: (s) => ({
    reads: { value: toRead(s.initialState, false), disabled: toRead(s.disabledState, true) },
    writes: { change: toWrite(s.valueChange) },
  }),
  limits: { datasourcesOptional: true },
  size: { columns: 6, rows: 3, minColumns: 3, minRows: 2 },
})
