'use client'
import { cn } from '@thingwire/ui'
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { type ECharts, init, use as register } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { z } from 'zod'
import { formatValue, keyLabel, newest } from '../format.ts'
import { drawing } from '../frame-budget.ts'
import { WidgetNotice } from '../notice.tsx'
import type { WidgetSeries, WidgetViewProps } from '../widget.ts'
import { chartKeySettingsSchema, type chartSettingsSchema } from './manifest.ts'
import { arrange, type ChartSeries, toOption } from './option.ts'
import { type ChartTheme, readTheme } from './theme.ts'
import { tooltipContent } from './tooltip.ts'

register([LineChart, BarChart, GridComponent, TooltipComponent, CanvasRenderer])

type Props = WidgetViewProps<z.infer<typeof chartSettingsSchema>>

export const TimeSeriesChart = (p: Props) => {
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  return <Chart {...p} series={p.state.series} />
}

const isHiddenAtFirst = (series: WidgetSeries) =>
  chartKeySettingsSchema.parse(series.dataKey.settings).dataHiddenByDefault

const Chart = (p: Props & { series: readonly WidgetSeries[] }) => {
  const box = useRef<HTMLDivElement>(null)
  const [theme, setTheme] = useState<ChartTheme | null>(null)
  const [hidden, setHidden] = useState(() => new Set(p.series.filter(isHiddenAtFirst).map((series) => series.id)))
  // The tokens follow the attribute on <html>, which is set before this effect runs.
  // biome-ignore lint/correctness/useExhaustiveDependencies: p.theme is what changes the tokens
  useEffect(() => {
    if (box.current) setTheme(readTheme(box.current))
  }, [p.theme])
  const arranged = useMemo(() => (theme ? arrange(p.series, theme) : []), [p.series, theme])
  useChart({ box, theme, arranged, hidden, props: p })

  const toggle = (id: string) => {
    const next = new Set(hidden)
    if (!next.delete(id)) next.add(id)
    setHidden(next)
  }
  const isEmpty = p.series.every((series) => series.points.length === 0)
  return (
    <div className="flex size-full flex-col">
      {p.settings.showLegend && arranged.length > 0 ? (
        <Legend arranged={arranged} hidden={hidden} onToggle={toggle} locale={p.locale} />
      ) : null}
      <div className="relative min-h-0 flex-1">
        <div ref={box} role="img" aria-label={chartLabel(p)} className="absolute inset-0" />
        {isEmpty ? (
          <p className="pointer-events-none absolute inset-0 flex items-center justify-center text-xs text-ink-3">
            {p.texts.noData}
          </p>
        ) : null}
      </div>
    </div>
  )
}

/** What a screen reader hears in place of the picture: the newest value of each series. */
const chartLabel = (p: Props & { series: readonly WidgetSeries[] }) => {
  const values = p.series.map((series) => {
    const value = formatValue(newest(series.points)?.[1], series.dataKey, p.locale)
    return `${keyLabel(series.dataKey, series.entityName)} ${value} ${series.dataKey.units ?? ''}`.trim()
  })
  return `${p.title}: ${values.join(', ')}`
}

/** Keeps one ECharts instance for the life of the widget and moves it on with every picture. */
const useChart = (p: {
  box: React.RefObject<HTMLDivElement | null>
  theme: ChartTheme | null
  arranged: readonly ChartSeries[]
  hidden: ReadonlySet<string>
  props: Props
}) => {
  const chart = useRef<ECharts>(undefined)
  const shown = useRef(p)
  const { box, theme, arranged, hidden } = p
  const { window, interval, locale, settings } = p.props
  useEffect(() => {
    shown.current = p
  })
  useEffect(() => {
    if (!box.current) return
    const created = init(box.current, null, { renderer: 'canvas' })
    created.setOption({
      tooltip: {
        trigger: 'axis',
        confine: true,
        transitionDuration: 0,
        backgroundColor: 'transparent',
        borderWidth: 0,
        padding: 0,
        extraCssText: 'box-shadow:none;border-radius:8px',
        formatter: (hits: unknown) => tooltipContent(hits, shown.current.arranged, shown.current.props.locale),
      },
    })
    chart.current = created
    // Not the widget's size but the box's own: the legend above it takes a line, then two.
    const observer = new ResizeObserver(() => created.resize())
    observer.observe(box.current)
    return () => {
      observer.disconnect()
      drawing.cancel(box)
      chart.current = undefined
      created.dispose()
    }
  }, [box])
  useEffect(() => {
    if (!theme) return
    drawing.request(box, () =>
      chart.current?.setOption(toOption({ arranged, hidden, window, interval, theme, locale, settings }), {
        replaceMerge: ['series', 'yAxis'],
      }),
    )
  }, [box, theme, arranged, hidden, window, interval, locale, settings])
}

const Legend = (p: {
  arranged: readonly ChartSeries[]
  hidden: ReadonlySet<string>
  onToggle: (id: string) => void
  locale: string
}) => {
  const entities = new Set(p.arranged.map((item) => item.series.entityId))
  return (
    <ul className="flex max-h-14 shrink-0 flex-wrap gap-x-4 gap-y-0.5 overflow-y-auto px-3 pt-1">
      {p.arranged
        .filter((item) => item.settings.showInLegend)
        .map(({ series, color }) => {
          const label = keyLabel(series.dataKey, series.entityName)
          const text =
            entities.size > 1 && !label.includes(series.entityName) ? `${series.entityName} · ${label}` : label
          return (
            <li key={series.id}>
              <button
                type="button"
                aria-pressed={!p.hidden.has(series.id)}
                onClick={() => p.onToggle(series.id)}
                className={cn(
                  'flex h-6 items-center gap-1.5 text-xs text-ink-2 hover:text-ink',
                  p.hidden.has(series.id) && 'opacity-45',
                )}
              >
                <span aria-hidden className="h-0.75 w-3 rounded-full" style={{ background: color }} />
                <span className="max-w-56 truncate">{text}</span>
                <span className="font-medium text-ink tabular-nums">
                  {formatValue(newest(series.points)?.[1], series.dataKey, p.locale)}
                  {series.dataKey.units ? <span className="text-ink-3"> {series.dataKey.units}</span> : null}
                </span>
              </button>
            </li>
          )
        })}
    </ul>
  )
}
