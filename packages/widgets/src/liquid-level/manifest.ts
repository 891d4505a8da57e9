import { z } from 'zod'
import { color, flag, number, oneOf, text } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { colorSettings } from '../style/color-settings.ts'
import { dateFormat } from '../style/date-format.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'
import { volumeUnits } from './volume.ts'

export const tankShapes = [
  'Vertical Oval',
  'Vertical Cylinder',
  'Vertical Capsule',
  'Rectangle',
  'Horizontal Oval',
  'Horizontal Ellipse',
  'Horizontal Dish Ends',
  'Horizontal Cylinder',
  'Horizontal Capsule',
  'Horizontal 2:1 Elliptical',
] as const
export type TankShape = (typeof tankShapes)[number]

const source = oneOf(['static', 'attribute'], 'static')
const unit = (fallback: string) => oneOf(volumeUnits, fallback)

const settings = z.object({
  tankSelectionType: source,
  selectedShape: oneOf(tankShapes, 'Vertical Cylinder'),
  shapeAttributeName: text('tankShape'),
  tankColor: colorSettings('#242770'),
  datasourceUnits: unit('%'),
  layout: oneOf(['simple', 'percentage', 'absolute'], 'percentage'),
  volumeSource: source,
  volumeConstant: number(500),
  volumeAttributeName: text('volume'),
  volumeUnitsSource: source,
  volumeUnitsAttributeName: text('volumeUnits'),
  volumeUnits: unit('L'),
  volumeFont: font({ size: 14, lineHeight: '100%' }),
  volumeColor: color('rgba(0, 0, 0, 0.54)'),
  units: unit('%'),
  widgetUnitsSource: source,
  widgetUnitsAttributeName: text('units'),
  liquidColor: colorSettings('#7A8BFF'),
  valueFont: font({ size: 24, lineHeight: '100%' }),
  valueColor: colorSettings('rgba(0, 0, 0, 0.87)'),
  showBackgroundOverlay: flag(true),
  backgroundOverlayColor: colorSettings('rgba(255, 255, 255, 0.76)'),
  showTooltip: flag(true),
  showTooltipLevel: flag(true),
  tooltipUnits: unit('%'),
  tooltipLevelDecimals: number(0),
  showTooltipDate: flag(true),
  tooltipDateFormat: dateFormat(),
  background: background(),
  padding: text('12px'),
})
export type LiquidLevelSettings = z.output<typeof settings>

export const liquidLevel = defineWidget({
  type: 'liquid-level',
  fqns: [
    'vertical_oval_tank',
    'vertical_cylinder_tank',
    'vertical_capsule_tank',
    'rectangle_tank',
    'horizontal_oval_tank',
    'horizontal_ellipse_tank',
    'horizontal_dish_ends_tank',
    'horizontal_cylinder_tank',
    'horizontal_capsule_tank',
    'horizontal_2_1_elliptical_tank',
  ],
  name: 'Liquid level',
  description: 'How full a tank is, in ten shapes, in percent or in units of volume.',
  data: 'latest',
  settings,
  actionSources: ['cardClick'],
  limits: { entities: 1, datasources: 1, keys: 1 },
  size: { columns: 5, rows: 5, minColumns: 2, minRows: 2 },
})
