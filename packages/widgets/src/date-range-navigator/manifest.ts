import { timeSteps } from '@thingwire/dashboards'
import { z } from 'zod'
import { flag, number, oneOf } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

export const dateRangeNavigatorSettingsSchema = z.object({
  hidePicker: flag(false, { title: 'Without dates' }),
  onePanel: flag(false),
  autoConfirm: flag(false),
  showTemplate: flag(false),
  firstDayOfWeek: number(1),
  hideInterval: flag(false, { title: 'Without length' }),
  initialInterval: oneOf(timeSteps, 'week', { title: 'Length' }),
  hideStepSize: flag(false, { title: 'Without step' }),
  stepSize: oneOf(timeSteps, 'day', { title: 'Step' }),
  hideLabels: flag(false, { title: 'Without labels' }),
  useSessionStorage: flag(true),
})

/** Its choice is the dashboard's time window, which stands in the address; so nothing is kept anywhere else. */
export const dateRangeNavigator = defineWidget({
  type: 'date-range-navigator',
  fqns: ['date.date_range_navigator'],
  name: 'Date range navigator',
  description: 'Steps the time of the dashboard back and forward.',
  data: 'none',
  settings: dateRangeNavigatorSettingsSchema,
  limits: { datasourcesOptional: true },
  size: { columns: 8, rows: 3, minColumns: 4, minRows: 1 },
})
