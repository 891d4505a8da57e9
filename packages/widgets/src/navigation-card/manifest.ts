import { z } from 'zod'
import { text, icon } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

export const navigationCardSettingsSchema = z.object({
  name: text('{i18n:device.devices}', { title: 'Text' }),
  icon: icon('devices_other', { title: 'Icon' }),
  path: text('/devices', { title: 'Path' }),
})

export const navigationCard = defineWidget({
  type: 'navigation-card',
  fqns: ['navigation_widgets.navigation_card'],
  name: 'Navigation card',
  description: 'Leads to a place of the console.',
  data: 'none',
  settings: navigationCardSettingsSchema,
  limits: { datasourcesOptional: true },
  size: { columns: 3, rows: 2, minColumns: 2, minRows: 1 },
})
