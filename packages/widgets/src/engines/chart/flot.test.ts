import { describe, expect, it } from 'vitest'
import { flotKey, flotUpgrade } from './flot.ts'
import { chartKeySettings } from './key-settings.ts'
import { chartSettingsSchema } from './settings.ts'

describe('settings of the first generation of charts', () => {
  it('become those of today', () => {
    const old = {
      stack: true,
      smoothLines: true,
      hideZeros: true,
      tooltipCumulative: true,
      grid: { verticalLines: true, horizontalLines: false },
      xaxis: { title: 'When', showLabels: true },
      yaxis: { min: 0, max: 100, title: 'Level', tickSize: 25, ticksFormatter: 'return value' },
      legendConfig: { position: 'bottom', showMax: true },
    }
    const settings = chartSettingsSchema.parse(flotUpgrade(old, 'charts.basic_timeseries'))
    expect(settings).toMatchObject({
      stack: true,
      smoothLines: true,
      tooltipHideZeroValues: true,
      tooltipStackedShowTotal: true,
    })
    expect(settings.yAxes[0]).toMatchObject({
      label: 'Level',
      interval: 25,
      ticksFormatter: 'return value',
      showSplitLines: false,
    })
    expect([settings.yAxes[0]?.min.value, settings.yAxes[0]?.max.value]).toEqual([0, 100])
    expect(settings.legendConfig).toMatchObject({ position: 'bottom', showMax: true })
  })

  it('of keys become those of today, and those of today pass through', () => {
    const key = chartKeySettings().parse(
      flotKey({ showLines: true, fillLines: true, lineWidth: 3, removeFromLegend: true }),
    )
    expect(key).toMatchObject({
      showInLegend: false,
      lineSettings: { showLine: true, lineWidth: 3, fillAreaSettings: { type: 'opacity' } },
    })
    const today = { type: 'bar', lineSettings: { smooth: true } }
    expect(flotKey(today)).toEqual(today)
    expect(flotUpgrade({ yAxes: {} }, 'charts.basic_timeseries')).toEqual({ yAxes: {} })
  })
})
