'use client'
import { useMemo } from 'react'
import { TimeChart } from '../engines/chart/chart-view.tsx'
import { closeNumber, unitText, withUnit } from '../engines/chart/numbers.ts'
import type { WidgetViewProps } from '../widget.ts'
import type { RangeChartSettings } from './manifest.ts'
import { asChart, asKey, orderedRanges, rangeName } from './ranges.ts'

export const RangeChart = (p: WidgetViewProps<RangeChartSettings>) => {
  const { settings } = p
  const made = useMemo(() => {
    const ranges = orderedRanges(settings.rangeColors)
    const key = asKey(settings)
    return {
      ranges,
      settings: asChart(settings, ranges),
      readKey: () => key,
      look: { ranges: { pieces: ranges, outside: settings.outOfRangeColor } },
    }
  }, [settings])
  const dataKey = p.state.status === 'ready' ? p.state.series[0]?.dataKey : undefined
  const units = unitText(dataKey?.units) ?? p.config.units
  const decimals = dataKey?.decimals ?? p.config.decimals
  return (
    <TimeChart
      {...p}
      settings={made.settings}
      readKey={made.readKey}
      look={made.look}
      legend={
        <ul className="flex max-h-full flex-wrap gap-x-4 overflow-y-auto px-3 text-xs">
          {made.ranges.map((range) => (
            <li key={`${range.from} ${range.to}`} className="flex h-6 items-center gap-1.5 text-ink-2 tabular-nums">
              <span aria-hidden className="size-2 rounded-full" style={{ background: range.color }} />
              {withUnit(
                rangeName(range, (value) => closeNumber(value, decimals, p.locale)),
                units,
              )}
            </li>
          ))}
        </ul>
      }
    />
  )
}
