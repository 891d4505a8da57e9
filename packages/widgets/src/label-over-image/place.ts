import { fillTokens } from '@thingwire/dashboards'
import { keyLabel } from '../format.ts'
import { textOf } from '../engines/value-card/reading.ts'
import type { WidgetSeries } from '../widget.ts'

type Box = { width: number; height: number }
export type Frame = Box & { left: number; top: number }

/** Where a picture of that proportion stands when it is shown whole in the middle of a box. */
export const frameOf = (box: Box, picture: Box): Frame => {
  const scale = Math.min(box.width / picture.width, box.height / picture.height)
  const width = picture.width * scale
  const height = picture.height * scale
  return { width, height, left: (box.width - width) / 2, top: (box.height - height) / 2 }
}

/** Tags that older files have in their patterns: only the text is shown. */
const withoutTags = (text: string): string => text.replaceAll(/<br\s*\/?>/gi, '\n').replaceAll(/<[^>]*>/g, '')

/** A pattern with its tokens filled: `${#0:2}` is the first key with two decimals, `${label}` a key by its label. */
export const labelText = (pattern: string, series: readonly WidgetSeries[], locale: string): string => {
  const byToken = new Map<string, WidgetSeries>()
  series.forEach((one, index) => {
    const label = keyLabel(one.dataKey, one.entity.name)
    byToken.set(byToken.has(label) ? `${label} ${index}` : label, one)
  })
  const values = new Map([...byToken].map(([token, one]) => [token, one] as const))
  const filled = fillTokens(
    withoutTags(pattern),
    { entity: series[0]?.entity ?? null, alias: series[0]?.datasourceName ?? null, values },
    (value, decimals) => {
      const found = series.find((one) => one === value)
      if (!found) return typeof value === 'string' ? value : ''
      const dataKey = decimals === null ? found.dataKey : { ...found.dataKey, decimals }
      return textOf(found.points.at(-1)?.[1], { ...found, dataKey }, locale)
    },
  )
  return filled
}
