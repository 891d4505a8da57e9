import { chartKeySettings, type ChartKeySettings } from '../engines/chart/key-settings.ts'
import { chartSettingsSchema, type ChartSettings } from '../engines/chart/settings.ts'
import type { BarChartWithLabelsSettings } from './manifest.ts'

const fullColor = 0.35

/** The settings of this widget as those of a plain chart. */
export const asChart = (settings: BarChartWithLabelsSettings): ChartSettings => ({
  ...chartSettingsSchema.parse({
    legendConfig: { position: settings.legendPosition },
    barWidthSettings: { barGap: 0, intervalGap: 0.5 },
  }),
  ...settings,
  tooltipShowFocusedSeries: true,
  yAxes: [{ ...settings.yAxis, id: 'default' }],
})

const keySchema = chartKeySettings({ type: 'bar' })

export const asKey = (settings: BarChartWithLabelsSettings): ChartKeySettings => {
  const background = settings.barBackgroundSettings
  return keySchema.parse({
    type: 'bar',
    barSettings: {
      showBorder: settings.showBarBorder,
      borderWidth: settings.barBorderWidth,
      borderRadius: settings.barBorderRadius,
      // Files have `none` for "in full colour", on which no text can be read.
      backgroundSettings: background.type === 'none' ? { type: 'opacity', opacity: fullColor } : background,
    },
  })
}
