import { z } from 'zod'
import { color, flag, number, oneOf, text } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { colorSettings } from '../style/color-settings.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'

const settings = z.object({
  layout: oneOf(['default', 'simplified'], 'default'),
  autoScale: flag(true),
  showValue: flag(true),
  valueFont: font({ size: 24, lineHeight: '32px' }),
  valueColor: colorSettings('rgba(0, 0, 0, 0.87)'),
  showTicks: flag(true),
  tickMin: number(0),
  tickMax: number(100),
  ticksFont: font({ size: 11, weight: '400', lineHeight: '16px' }),
  ticksColor: color('rgba(0,0,0,0.54)'),
  barColor: colorSettings('rgba(63, 82, 221, 1)'),
  barBackground: color('rgba(0, 0, 0, 0.04)'),
  background: background(),
  padding: text('12px'),
})
export type ProgressBarSettings = z.output<typeof settings>

export const progressBar = defineWidget({
  type: 'progress-bar',
  fqns: ['progress_bar'],
  name: 'Progress bar',
  description: 'The newest value as a bar between two ends.',
  data: 'latest',
  settings,
  actionSources: ['cardClick'],
  limits: { entities: 1, datasources: 1, keys: 1 },
  size: { columns: 4, rows: 2, minColumns: 2, minRows: 1 },
})
