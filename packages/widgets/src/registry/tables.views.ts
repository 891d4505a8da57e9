import { untyped, type ViewLoaders } from './family.ts'

export const tablesViews: ViewLoaders = {
  'alarms-table': async () => untyped((await import('../alarms-table/view.tsx')).AlarmsTable),
  'entities-table': async () => untyped((await import('../entities-table/view.tsx')).EntitiesTable),
  'latest-values-table': async () => untyped((await import('../latest-values-table/view.tsx')).LatestValuesTable),
  'time-series-table': async () => untyped((await import('../time-series-table/view.tsx')).TimeSeriesTable),
  'attributes-table': async () => untyped((await import('../attributes-table/view.tsx')).AttributesTable),
  'events-log': async () => untyped((await import('../events-log/view.tsx')).EventsLog),
}
