import { attributesTable } from '../attributes-table/manifest.ts'
import { alarmsTable } from '../alarms-table/manifest.ts'
import { entitiesTable } from '../entities-table/manifest.ts'
import { eventsLog } from '../events-log/manifest.ts'
import { latestValuesTable } from '../latest-values-table/manifest.ts'
import { timeSeriesTable } from '../time-series-table/manifest.ts'
import type { WidgetFamily } from './family.ts'

export const tables: WidgetFamily = {
  alias: 'tables',
  title: 'Tables',
  description: 'Entities, values and alarms in rows.',
  order: 40,
  widgets: [entitiesTable, alarmsTable, timeSeriesTable, latestValuesTable, attributesTable, eventsLog],
}
