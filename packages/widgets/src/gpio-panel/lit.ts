import { newest } from '../format.ts'
import type { WidgetSeries } from '../widget.ts'

/** Whether a value says that a pin is on; null: it says nothing of it. */
export const isLit = (value: unknown): boolean | null => {
  if (value === undefined || value === null || value === '') return null
  return value === true || value === 1 || value === 'true' || value === '1'
}

/** The pin's lamp by the key whose label, else name, is its number. */
export const lampOf = (pin: number | string, series: readonly WidgetSeries[]): boolean | null => {
  const name = String(pin)
  const found =
    series.find(({ dataKey }) => dataKey.label === name) ?? series.find(({ dataKey }) => dataKey.name === name)
  return found ? isLit(newest(found.points)?.[1]) : null
}
