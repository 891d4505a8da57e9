import { untyped, type ViewLoaders } from './family.ts'

export const cardsViews: ViewLoaders = {
  'value-card': async () => untyped((await import('../value-card/view.tsx')).ValueCard),
  'aggregated-value-card': async () => untyped((await import('../aggregated-value-card/view.tsx')).AggregatedValueCard),
  'value-chart-card': async () => untyped((await import('../value-chart-card/view.tsx')).ValueChartCard),
  'label-card': async () => untyped((await import('../label-card/view.tsx')).LabelCard),
  'label-value-card': async () => untyped((await import('../label-value-card/view.tsx')).LabelValueCard),
  'progress-bar': async () => untyped((await import('../progress-bar/view.tsx')).ProgressBar),
  'alarm-count': async () => untyped((await import('../alarm-count/view.tsx')).CountCard),
  'entity-count': async () => untyped((await import('../entity-count/view.tsx')).CountCard),
  'attributes-card': async () => untyped((await import('../attributes-card/view.tsx')).AttributesCard),
  'label-over-image': async () => untyped((await import('../label-over-image/view.tsx')).LabelOverImage),
}
