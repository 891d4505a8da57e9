import { z } from 'zod'
import { flag, oneOf, text } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { colorSettings } from '../style/color-settings.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'

const settings = z.object({
  /** `default`: a ring of ticks; `advanced`: with the four directions between; `simplified`: the ring alone. */
  layout: oneOf(['default', 'advanced', 'simplified'], 'default'),
  centerValueFont: font({ size: 24, weight: '500', lineHeight: '32px' }),
  centerValueColor: colorSettings('rgba(0, 0, 0, 0.87)'),
  ticksColor: text('rgba(0, 0, 0, 0.12)'),
  arrowColor: text('rgba(0, 0, 0, 0.87)'),
  /** N, E, S and W instead of 0, 90, 180 and 270. */
  directionalNamesElseDegrees: flag(true),
  majorTicksColor: text('rgba(158, 158, 158, 1)'),
  /** Of the direction under the speed; names on the ring go by its size. */
  minorTicksFont: font({ size: 14, weight: '500', lineHeight: '20px' }),
  minorTicksColor: text('rgba(0, 0, 0, 0.12)'),
  background: background(),
})
export type WindSettings = z.output<typeof settings>

export const windSpeedDirection = defineWidget({
  type: 'wind-speed-direction',
  fqns: ['wind_speed_and_direction', 'wind_speed_and_direction_with_background'],
  name: 'Wind speed and direction',
  description: 'Where the wind comes from, as an arrow on a ring, around how strong it is.',
  data: 'latest',
  settings,
  actionSources: ['cardClick'],
  limits: { entities: 1, datasources: 1, keys: 2 },
  size: { columns: 5, rows: 5, minColumns: 2, minRows: 2 },
})
