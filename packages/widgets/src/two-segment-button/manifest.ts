import { z } from 'zod'
import { toRead } from '../engines/control/plan.ts'
import { getValue } from '../engines/control/settings.ts'
import { color, flag, number, oneOf, part, text, icon } from '../settings/schema.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'

const segment = (label: string) =>
  part({
    showLabel: flag(true),
    label: text(label),
    labelFont: font({ size: 14, lineHeight: '18px' }),
    showIcon: flag(true),
    icon: icon('rocket_launch'),
    iconSize: number(24),
    iconSizeUnit: text('px'),
  })
const nothing = { type: 'doNothing' }
const action = z.looseObject({ type: z.string() }).catch(nothing).default(nothing)
const colors = (main: string, ground: string) => part({ mainColor: color(main), backgroundColor: color(ground) })

const settings = z.object({
  initialState: getValue({ action: 'DO_NOTHING', value: true, compareTo: true }),
  disabledState: getValue({ action: 'DO_NOTHING', value: false, compareTo: true }),
  /** Descriptors of actions, as `config.actions` has them. */
  leftButtonClick: action,
  rightButtonClick: action,
  appearance: part({
    layout: oneOf(['squared', 'rounded'], 'squared'),
    autoScale: flag(true),
    cardBorder: number(1),
    cardBorderColor: color('#305680'),
    leftAppearance: segment('Traditional'),
    rightAppearance: segment('High performance'),
    selectedStyle: colors('#FFFFFF', '#305680'),
    unselectedStyle: colors('#000000C2', '#E8E8E8'),
  }),
})
export type TwoSegmentButtonSettings = z.output<typeof settings>

export const twoSegmentButton = defineWidget({
  type: 'two-segment-button',
  fqns: ['two_segment_button'],
  name: 'Two-segment button',
  description: 'Two choices side by side, one of them chosen; each does what its action says.',
  data: 'control',
  settings,
  control: (s) => ({
    reads: { value: toRead(s.initialState, true), disabled: toRead(s.disabledState, true) },
    writes: {},
  }),
  limits: { datasourcesOptional: true },
  size: { columns: 6, rows: 2, minColumns: 3, minRows: 1 },
})
