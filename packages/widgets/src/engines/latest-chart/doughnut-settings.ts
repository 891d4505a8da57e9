import { z } from 'zod'
import { color, flag, number, oneOf } from '../../settings/schema.ts'
import { colorSettings } from '../../style/color-settings.ts'
import { font } from '../../style/font.ts'
import { latestParts } from './settings.ts'

export const doughnutSettings = (legendPosition: 'bottom' | 'right') =>
  z.object({
    ...latestParts(legendPosition),
    autoScale: flag(true),
    layout: oneOf(['default', 'with_total'], 'default'),
    clockwise: flag(false),
    totalValueFont: font({ size: 24, weight: '500', lineHeight: '1' }),
    totalValueColor: colorSettings('rgba(0, 0, 0, 0.87)'),
    /** Of older files. */
    borderWidth: number(0),
    borderColor: color(''),
  })
export type DoughnutSettings = z.output<ReturnType<typeof doughnutSettings>>
