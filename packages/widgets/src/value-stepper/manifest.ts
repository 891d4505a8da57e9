import { z } from 'zod'
import { toRead, toWrite } from '../engines/control/plan.ts'
import { getValue, setValue } from '../engines/control/settings.ts'
import { color, flag, number, oneOf, part, text } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'

/** Units stand as text, or with those of other systems beside them. */
const units = z
  .union([z.string(), z.looseObject({ from: z.string() }).transform(({ from }) => from)])
  .catch('')
  .default('')

const button = (icon: string) =>
  part({
    showButton: flag(true),
    icon: text(icon),
    iconSize: number(24),
    mainColorOn: color('#3F52DD'),
    backgroundColorOn: color('#FFFFFF'),
    mainColorDisabled: color('rgba(0,0,0,0.12)'),
    backgroundColorDisabled: color('#FFFFFF'),
  })

const settings = z.object({
  initialState: getValue({ action: 'EXECUTE_RPC', value: 0 }),
  disabledState: getValue({ action: 'DO_NOTHING', value: false, compareTo: true }),
  leftButtonClick: setValue({ action: 'EXECUTE_RPC', data: 'VALUE' }),
  rightButtonClick: setValue({ action: 'EXECUTE_RPC', data: 'VALUE' }),
  appearance: part({
    type: oneOf(['simplified', 'default', 'default_volume'], 'simplified'),
    autoScale: flag(true),
    minValueRange: number(-100),
    maxValueRange: number(100),
    valueStep: number(0.5),
    showValueBox: flag(true),
    valueUnits: units,
    valueDecimals: number(1),
    valueFont: font({ size: 16, weight: '500', lineHeight: '24px' }),
    valueColor: color('#000'),
    valueBoxBackground: color('rgba(0, 0, 0, 0.04)'),
    showBorder: flag(true),
    borderWidth: number(1),
    borderColor: color('#305680'),
  }),
  buttonAppearance: part({ leftButton: button('remove'), rightButton: button('add') }),
  background: background(),
  padding: text('12px'),
})
export type ValueStepperSettings = z.output<typeof settings>

export const valueStepper = defineWidget({
  type: 'value-stepper',
  fqns: ['value_stepper'],
  name: 'Value stepper',
  description: 'A number of a device with a button for less and one for more.',
  data: 'control',
  settings,
  control: (s) => ({
    reads: { value: toRead(s.initialState, false), disabled: toRead(s.disabledState, true) },
    writes: { less: toWrite(s.leftButtonClick), more: toWrite(s.rightButtonClick) },
  }),
  limits: { datasourcesOptional: true },
  size: { columns: 6, rows: 2, minColumns: 3, minRows: 1 },
})
