import { z } from 'zod'
import { defineWidget } from '../widget.ts'

export const dashboardsListSettingsSchema = z.object({})

export const dashboardsList = defineWidget({
  type: 'dashboards-list',
  fqns: ['home_page_widgets.dashboards'],
  name: 'Dashboards',
  description: 'The dashboards that the viewer may open, with a search.',
  data: 'none',
  settings: dashboardsListSettingsSchema,
  limits: { datasourcesOptional: true },
  size: { columns: 8, rows: 6, minColumns: 3, minRows: 2 },
})
