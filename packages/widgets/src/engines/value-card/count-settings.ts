import { z } from 'zod'
import { color, flag, number, oneOf, text } from '../../settings/schema.ts'
import { colorSettings } from '../../style/color-settings.ts'
import { font } from '../../style/font.ts'

type CountDefaults = { label: string; icon: string; iconBackgroundColor: Parameters<typeof colorSettings>[0] }

export const countSettings = (defaults: CountDefaults) =>
  z.object({
    layout: oneOf(['column', 'row'], 'column'),
    autoScale: flag(true),
    showLabel: flag(true),
    label: text(defaults.label),
    labelFont: font({ size: 12, weight: '400', lineHeight: '16px' }),
    labelColor: colorSettings('rgba(0, 0, 0, 0.54)'),
    showIcon: flag(true),
    icon: text(defaults.icon),
    iconSize: number(20),
    iconSizeUnit: text('px'),
    iconColor: colorSettings('rgba(255, 255, 255, 1)'),
    showIconBackground: flag(true),
    iconBackgroundSize: number(36),
    iconBackgroundSizeUnit: text('px'),
    iconBackgroundColor: colorSettings(defaults.iconBackgroundColor),
    valueFont: font({ size: 20, lineHeight: '24px' }),
    valueColor: colorSettings('rgba(0, 0, 0, 0.87)'),
    showChevron: flag(false),
    chevronSize: number(24),
    chevronSizeUnit: text('px'),
    chevronColor: color('rgba(0, 0, 0, 0.38)'),
  })
export type CountSettings = z.output<ReturnType<typeof countSettings>>
