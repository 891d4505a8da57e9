import { fitScale } from '../style/fit.ts'
import { fontPx } from '../style/font.ts'
import type { ValueCardSettings } from './manifest.ts'

type Box = { width: number; height: number }

/** What there is room for, and how large it is drawn. */
export type Arrangement = {
  isRow: boolean
  scale: number
  showLabel: boolean
  showIcon: boolean
  showDate: boolean
  /** Room for the value. */
  width: number
  height: number
  padding: number
}

/** Below these a card gives up its parts one after the other; the value stays. */
const least = { label: 52, date: 76, icon: 100, rowDate: 40 }

/** A card of this size is drawn as its file says. */
const naturalSizes = { column: { width: 170, height: 150 }, row: { width: 280, height: 72 } }

export const arrange = (settings: ValueCardSettings, size: Box): Arrangement => {
  const isRow = settings.layout === 'horizontal' || settings.layout === 'horizontal_reversed'
  const padding = Math.min(size.width, size.height) < 72 ? 6 : 12
  const inner = { width: size.width - 2 * padding, height: size.height - 2 * padding }
  // Without it a card is never larger than its file says, but smaller where it would be cut off.
  const most = settings.autoScale ? 1.2 : 1
  const scale = fitScale(inner, naturalSizes[isRow ? 'row' : 'column'], { least: 0.5, most })
  const hasDate = settings.showDate && settings.layout !== 'vertical' && settings.layout !== 'simplified'
  const showLabel = settings.showLabel && (isRow ? inner.width >= 130 : inner.height >= least.label)
  // In a column the icon stands above or below the value, so it needs height as well.
  const iconHeight =
    isRow || settings.layout === 'centered' ? 0 : settings.layout === 'vertical' ? least.date : least.label
  const showIcon =
    settings.showIcon && settings.layout !== 'simplified' && inner.width >= least.icon && inner.height >= iconHeight
  const showDate = hasDate && (isRow ? inner.height >= least.rowDate && showLabel : inner.height >= least.date)
  const isBesideIcon = settings.layout === 'centered' && showIcon
  const gap = isRow ? 12 : 8
  const beside = isBesideIcon || (isRow && showIcon) ? settings.iconSize * scale + gap : 0
  const taken = isRow && showLabel ? inner.width * 0.5 : beside
  const lines =
    isRow || !showLabel
      ? 0
      : (fontPx(settings.labelFont) * 1.35 + (showDate ? fontPx(settings.dateFont) * 1.35 : 0)) * scale + 8
  return {
    isRow,
    scale,
    showLabel,
    showIcon,
    showDate,
    padding,
    width: inner.width - taken,
    height: inner.height - lines,
  }
}
