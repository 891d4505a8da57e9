import { z } from 'zod'
import { color, flag, number, text } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

export const dashboardStateSettingsSchema = z.object({
  stateId: text('', { title: 'State' }),
  defaultAutofillLayout: flag(true, { title: 'Fill the height' }),
  defaultMargin: number(0, { title: 'Margin' }),
  defaultBackgroundColor: color('#fff', { title: 'Background' }),
  syncParentStateParams: flag(true, { title: 'Follows the parameters of the state around' }),
})

export const dashboardState = defineWidget({
  type: 'dashboard-state',
  fqns: ['cards.dashboard_state_widget'],
  name: 'Dashboard state',
  description: 'Another state of the dashboard, inside this one.',
  data: 'none',
  settings: dashboardStateSettingsSchema,
  limits: { datasourcesOptional: true },
  size: { columns: 12, rows: 8, minColumns: 3, minRows: 2 },
})
