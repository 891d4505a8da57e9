import { z } from 'zod'
import { flag, oneOf, optionalNumber, text } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { colorSettings } from '../style/color-settings.ts'
import { defineWidget } from '../widget.ts'

const heatMapSettings = z.object({
  layout: oneOf(['auto', 'hoursByDays', 'seriesByTime'], 'auto', { title: 'Rows and columns' }),
  cellValue: oneOf(['avg', 'min', 'max', 'sum', 'count', 'latest'], 'avg', { title: 'Value of a cell' }),
  /** A constant colour means shades of the accent; ranges and gradients are used as they are. */
  color: colorSettings(''),
  min: optionalNumber({ title: 'Least value of the scale' }),
  max: optionalNumber({ title: 'Largest value of the scale' }),
  showValues: flag(false),
  showLegend: flag(true),
  background: background(),
  padding: text(''),
})
export type HeatMapSettings = z.output<typeof heatMapSettings>

export const heatMap = defineWidget({
  type: 'heat-map',
  fqns: ['heat_map'],
  name: 'Heat map',
  description: 'Values as colours: hours by days, or entities by time.',
  data: 'series',
  values: ['units', 'decimals'],
  settings: heatMapSettings,
  size: { columns: 12, rows: 6, minColumns: 4, minRows: 3 },
})
