import { z } from 'zod'
import { toRead } from '../engines/control/plan.ts'
import { getValue } from '../engines/control/settings.ts'
import { color, flag, number, oneOf, part, text } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'

type StateDefaults = { status: string; icon: string; primary: string; secondary: string; ground: string }

const state = (defaults: StateDefaults) =>
  part({
    showLabel: flag(true),
    label: text('Window'),
    labelFont: font({ size: 14, lineHeight: '16px' }),
    showStatus: flag(true),
    status: text(defaults.status),
    statusFont: font({ size: 12, lineHeight: '20px' }),
    icon: text(defaults.icon),
    iconSize: number(32),
    iconSizeUnit: text('px'),
    primaryColor: color(defaults.primary),
    secondaryColor: color(defaults.secondary),
    background: background(defaults.ground),
    primaryColorDisabled: color('rgba(0, 0, 0, 0.38)'),
    secondaryColorDisabled: color('rgba(0, 0, 0, 0.38)'),
    backgroundDisabled: background('#CACACA'),
  })

const settings = z.object({
  initialState: getValue({ action: 'EXECUTE_RPC', value: false, compareTo: true }),
  disabledState: getValue({ action: 'DO_NOTHING', value: false, compareTo: true }),
  layout: oneOf(['default', 'center', 'icon'], 'default'),
  onState: state({
    status: 'Opened',
    icon: 'mdi:curtains',
    primary: '#fff',
    secondary: 'rgba(255, 255, 255, 0.80)',
    ground: '#3F52DD',
  }),
  offState: state({
    status: 'Closed',
    icon: 'mdi:curtains-closed',
    primary: 'rgba(0, 0, 0, 0.87)',
    secondary: 'rgba(0, 0, 0, 0.54)',
    ground: '#FFF',
  }),
  padding: text(''),
})
export type StatusWidgetSettings = z.output<typeof settings>

export const statusWidget = defineWidget({
  type: 'status-widget',
  fqns: ['status_widget'],
  name: 'Status',
  description: 'Whether something is on or off, in words, icon and colour.',
  data: 'control',
  settings,
  control: (p) => ({
    reads: { value: toRead(p.initialState, true), disabled: toRead(p.disabledState, true) },
    writes: {},
  }),
  actionSources: ['cardClick'],
  size: { columns: 3, rows: 2, minColumns: 2, minRows: 1 },
})
