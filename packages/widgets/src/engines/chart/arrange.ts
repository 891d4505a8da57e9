import type { WidgetSeries } from '../../widget.ts'
import { keyLabel } from '../../format.ts'
import type { YAxis } from './axis-settings.ts'
import type { ChartKeySettings } from './key-settings.ts'
import type { ChartSettings } from './settings.ts'
import { unitText } from './numbers.ts'
import type { ChartTheme } from './theme.ts'

export type ChartAxis = { settings: YAxis; units: string | null; decimals: number | null; side: 'left' | 'right' }

export type ChartSeries = {
  series: WidgetSeries
  settings: ChartKeySettings
  color: string
  /** Index in the list of axes. */
  axis: number
  label: string
  units: string | null
  decimals: number | null
  isComparison: boolean
  isStepped: boolean
}

type Defaults = { units: string | null; decimals: number | null }

const comparisonLabel = (series: WidgetSeries, settings: ChartKeySettings, label: string, suffix: string) =>
  settings.comparisonSettings.comparisonValuesLabel
    ? keyLabel({ ...series.dataKey, label: settings.comparisonSettings.comparisonValuesLabel }, series.entity.name)
    : `${label} (${suffix})`

/** What tells series apart: labels that several entities share get the entity's name. */
const labelsOf = (list: readonly WidgetSeries[]): Map<string, string> => {
  const entities = new Set(list.map((series) => series.entity.id.id))
  return new Map(
    list.map((series) => {
      const label = keyLabel(series.dataKey, series.entity.name)
      return [
        series.id,
        entities.size > 1 && !label.includes(series.entity.name) ? `${series.entity.name} · ${label}` : label,
      ]
    }),
  )
}

/**
 * Colours, axes and names of the series. The file's colour goes to the first series that has it; when an alias stands for
 * many entities the others take colours of the theme.
 */
export const arrange = (p: {
  series: readonly WidgetSeries[]
  settings: Pick<ChartSettings, 'yAxes' | 'thresholds' | 'comparisonEnabled'>
  readKey: (settings: unknown) => ChartKeySettings
  theme: Pick<ChartTheme, 'series'>
  defaults: Defaults
  comparisonWord: string
}): { list: ChartSeries[]; axes: ChartAxis[] } => {
  const drawn = p.series.filter((series) => series.role !== 'beside')
  const labels = labelsOf(drawn)
  const colors = colorsOf(drawn, p.theme.series)
  const known = drawn.map((series) => ({ series, settings: p.readKey(series.dataKey.settings) }))
  const { axes, axisOf } = axesOf(known, p.settings, p.defaults)
  const list = known.flatMap(({ series, settings }, index): ChartSeries[] => {
    const isComparison = series.role === 'comparison'
    const label = labels.get(series.id) ?? ''
    return [
      {
        series,
        settings,
        color: (isComparison ? settings.comparisonSettings.color : '') || (colors[index] ?? '#888888'),
        axis: axisOf[index] ?? 0,
        label: isComparison ? comparisonLabel(series, settings, label, p.comparisonWord) : label,
        units: unitText(series.dataKey.units) ?? p.defaults.units,
        decimals: series.dataKey.decimals ?? p.defaults.decimals,
        isComparison,
        isStepped: settings.type === 'line' && settings.lineSettings.step,
      },
    ]
  })
  return { list, axes }
}

const colorsOf = (list: readonly WidgetSeries[], palette: readonly string[]): string[] => {
  const taken = new Set<string>()
  const mainColors = new Map<string, string>()
  const sourceOf = (series: WidgetSeries) =>
    `${series.datasource} ${series.entity.id.id} ${series.dataKey.type} ${series.dataKey.name}`
  const colors = list.map((series, index) => {
    if (series.role === 'comparison') return ''
    const wanted = series.dataKey.color?.toLowerCase()
    const free = palette.find((color) => !taken.has(color))
    const color = wanted && !taken.has(wanted) ? wanted : (free ?? palette[index % palette.length] ?? '#888888')
    taken.add(color)
    mainColors.set(sourceOf(series), color)
    return color
  })
  return colors.map(
    (color, index) => color || mainColors.get(sourceOf(list[index] as WidgetSeries)) || palette[0] || '#888888',
  )
}

type Known = { series: WidgetSeries; settings: ChartKeySettings }

/**
 * The axes of the file that a series or a threshold stands on. Where a file has one axis without a unit, keys of a second unit get an axis
 * of their own on the right: degrees and per cents on one scale say nothing.
 */
const axesOf = (
  known: readonly Known[],
  { yAxes, thresholds }: Pick<ChartSettings, 'yAxes' | 'thresholds'>,
  defaults: Defaults,
): { axes: ChartAxis[]; axisOf: number[] } => {
  const unitOf = (one: Known) => unitText(one.series.dataKey.units) ?? defaults.units ?? ''
  const [only] = yAxes
  const isSplit = yAxes.length === 1 && only && unitText(only.units) === null
  const nameOf = (one: Known): string => {
    if (isSplit) return unitOf(one)
    return yAxes.some((axis) => axis.id === one.settings.yAxisId) ? one.settings.yAxisId : 'default'
  }
  const ofThresholds = isSplit || known.length === 0 ? [] : thresholds.map(({ yAxisId }) => yAxisId)
  const named = ofThresholds.filter((id) => yAxes.some((axis) => axis.id === id))
  const names = [...new Set([...known.map(nameOf), ...named])]
  const axes = names.map((name, index): ChartAxis => {
    const first = known.find((one) => nameOf(one) === name)
    const settings = (isSplit ? only : yAxes.find((axis) => axis.id === name)) ?? only
    if (!settings) throw new Error('The settings have no axis')
    const isExtra = isSplit && index > 0
    return {
      settings: isExtra ? { ...settings, id: `${settings.id} ${name}`, showSplitLines: false, label: '' } : settings,
      units: unitText(settings.units) ?? (first ? unitOf(first) || null : null),
      decimals: settings.decimals,
      side: isExtra || settings.position === 'right' ? 'right' : 'left',
    }
  })
  return { axes, axisOf: known.map((one) => names.indexOf(nameOf(one))) }
}
