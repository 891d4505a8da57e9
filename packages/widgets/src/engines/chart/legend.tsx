'use client'
import { cn } from '@thingwire/ui'
import { fontStyle, fontPx } from '../../style/font.ts'
import { textColor } from '../../style/ground-colors.ts'
import { noLook, valueLook } from '../../style/value-look.ts'
import type { ChartSeries } from './arrange.ts'
import { closeNumber, withUnit } from './numbers.ts'
import type { ChartSettings } from './settings.ts'
import { stateName } from './states.ts'
import type { Statistics } from './statistics.ts'
import type { ChartWords } from './words.ts'

const columns = ['Min', 'Max', 'Avg', 'Total', 'Latest'] as const
type Column = (typeof columns)[number]
const statisticOf: Readonly<Record<Column, keyof Statistics>> = {
  Min: 'min',
  Max: 'max',
  Avg: 'avg',
  Total: 'total',
  Latest: 'latest',
}

type LegendProps = {
  list: readonly ChartSeries[]
  hidden: ReadonlySet<string>
  statistics: ReadonlyMap<string, Statistics | null>
  onToggle: (id: string) => void
  /** Only this one, or all again. */
  onSingle: (id: string) => void
  settings: ChartSettings
  scheme: 'light' | 'dark'
  locale: string
  words: ChartWords
  /** A table has to go without what can be done without. */
  isNarrow: boolean
}

const legendColumns = (settings: ChartSettings): Column[] =>
  columns.filter((column) => settings.legendConfig[`show${column}`])

const wordOf = { Min: 'min', Max: 'max', Avg: 'avg', Total: 'total', Latest: 'latest' } as const

const textOf = (
  p: LegendProps,
  item: ChartSeries,
  column: Column,
): { value: string; unit: string | null; color?: string | null } => {
  const found = p.statistics.get(item.series.id)
  const value = found?.[statisticOf[column]]
  if (value === undefined) return { value: '—', unit: null }
  const state = column === 'Avg' || column === 'Total' ? undefined : stateName(p.settings.states, value)
  // Means and totals are no values that the key has.
  const look = column === 'Avg' || column === 'Total' ? noLook : valueLook(value, item.series.dataKey)
  const { color } = look
  if (look.text !== null || state !== undefined) return { value: look.text ?? state ?? '', unit: null, color }
  return { value: closeNumber(value, item.decimals, p.locale), unit: item.units, color }
}

const Name = ({ p, item }: { p: LegendProps; item: ChartSeries }) => {
  const isHidden = p.hidden.has(item.series.id)
  return (
    <button
      type="button"
      aria-pressed={!isHidden}
      title={item.label}
      onClick={(event) => (event.altKey || event.metaKey || event.ctrlKey ? p.onSingle : p.onToggle)(item.series.id)}
      onDoubleClick={() => p.onSingle(item.series.id)}
      className={cn(
        'flex h-6 min-w-0 items-center gap-1.5 rounded-sm text-ink-2 hover:text-ink pointer-coarse:h-7',
        isHidden && 'line-through opacity-60',
      )}
    >
      <span
        aria-hidden
        className={cn('w-3 shrink-0 rounded-full', item.settings.type === 'bar' ? 'h-2 rounded-xs' : 'h-0.75')}
        style={
          isHidden
            ? { background: 'var(--tw-line-strong)' }
            : { background: item.color, opacity: item.isComparison ? 0.6 : 1 }
        }
      />
      <span
        // Breaks anywhere, so that a table gives up names before it gives up values.
        className="line-clamp-1 max-w-56 min-w-14 text-left break-all"
        style={{
          ...fontStyle(p.settings.legendLabelFont, Math.min(18, fontPx(p.settings.legendLabelFont))),
          ...(isStock(p.settings.legendLabelColor) ? {} : { color: textColor(p.settings.legendLabelColor, p.scheme) }),
        }}
      >
        {item.label}
      </span>
    </button>
  )
}

/** Black of whatever strength: nobody chose it. */
const isStock = (color: string) => color === '' || /^rgba\(0, ?0, ?0,/.test(color) || color === '#000'

const Value = ({
  p,
  item,
  column,
  isBare = false,
}: {
  p: LegendProps
  item: ChartSeries
  column: Column
  isBare?: boolean
}) => {
  const { value, unit, color } = textOf(p, item, column)
  return (
    <span
      className="whitespace-nowrap text-ink tabular-nums"
      style={{
        ...fontStyle(p.settings.legendValueFont, Math.min(18, fontPx(p.settings.legendValueFont))),
        ...(isStock(color ?? p.settings.legendValueColor)
          ? {}
          : { color: textColor(color ?? p.settings.legendValueColor, p.scheme) }),
      }}
    >
      {value}
      {unit && !isBare ? <span className="font-normal text-ink-3"> {unit}</span> : null}
    </span>
  )
}

/** In a line as far as one value each goes, else a table with the names of the columns. */
export const ChartLegend = (p: LegendProps) => {
  const shown = p.list.filter((item) => item.settings.showInLegend)
  if (shown.length === 0) return null
  const sorted = p.settings.legendConfig.sortDataKeys
    ? [...shown].sort((a, b) => a.label.localeCompare(b.label, p.locale, { numeric: true }))
    : shown
  const chosen = legendColumns(p.settings)
  const isBeside = p.settings.legendConfig.position === 'left' || p.settings.legendConfig.position === 'right'
  const gap = p.isNarrow || isBeside ? 'pl-2.5' : 'pl-4'
  if (chosen.length <= 1 && !isBeside) {
    const [column] = chosen
    return (
      <ul aria-label={p.words('legend')} className="flex max-h-full flex-wrap gap-x-4 overflow-y-auto px-3 text-xs">
        {sorted.map((item) => (
          <li key={item.series.id} className="flex items-center gap-1.5">
            <Name p={p} item={item} />
            {column ? (
              <span title={p.words(wordOf[column])}>
                <Value p={p} item={item} column={column} />
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    )
  }
  return (
    <div className="max-h-full overflow-auto px-3">
      <table className="text-xs" aria-label={p.words('legend')}>
        {chosen.length > 1 ? (
          <thead>
            <tr className="text-ink-3">
              <td />
              {chosen.map((column) => (
                <th key={column} scope="col" className={cn('h-6 text-right font-normal', gap)}>
                  {p.words(wordOf[column])}
                </th>
              ))}
            </tr>
          </thead>
        ) : null}
        <tbody>
          {sorted.map((item) => (
            <tr key={item.series.id}>
              <th scope="row" className="text-left font-normal">
                <Name p={p} item={item} />
              </th>
              {chosen.map((column) => (
                <td key={column} className={cn('text-right', gap)}>
                  <Value p={p} item={item} column={column} isBare={p.isNarrow && chosen.length > 2} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** For a screen reader: the newest value of each series. */
export const spokenValues = (p: Pick<LegendProps, 'list' | 'statistics' | 'settings' | 'locale'>): string =>
  p.list
    .map((item) => {
      const { value, unit } = textOf(p as LegendProps, item, 'Latest')
      return `${item.label} ${withUnit(value, unit)}`
    })
    .join(', ')
