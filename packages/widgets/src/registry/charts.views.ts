import { untyped, type ViewLoaders } from './family.ts'

export const chartsViews: ViewLoaders = {
  'time-series-chart': async () => untyped((await import('../time-series-chart/view.tsx')).TimeSeriesChart),
  'line-chart': async () => untyped((await import('../line-chart/view.tsx')).LineChart),
  'bar-chart': async () => untyped((await import('../bar-chart/view.tsx')).BarChart),
  'point-chart': async () => untyped((await import('../point-chart/view.tsx')).PointChart),
  'area-chart': async () => untyped((await import('../area-chart/view.tsx')).AreaChart),
  'combined-chart': async () => untyped((await import('../combined-chart/view.tsx')).CombinedChart),
  'state-chart': async () => untyped((await import('../state-chart/view.tsx')).StateChart),
  'range-chart': async () => untyped((await import('../range-chart/view.tsx')).RangeChart),
  'bar-chart-with-labels': async () => untyped((await import('../bar-chart-with-labels/view.tsx')).BarChartWithLabels),
  'heat-map': async () => untyped((await import('../heat-map/view.tsx')).HeatMap),
  bars: async () => untyped((await import('../bars/view.tsx')).LatestBars),
  pie: async () => untyped((await import('../pie/view.tsx')).PieChart),
  doughnut: async () => untyped((await import('../doughnut/view.tsx')).Doughnut),
  'horizontal-doughnut': async () => untyped((await import('../horizontal-doughnut/view.tsx')).HorizontalDoughnut),
  'polar-area': async () => untyped((await import('../polar-area/view.tsx')).PolarAreaChart),
  radar: async () => untyped((await import('../radar/view.tsx')).RadarChart),
}
