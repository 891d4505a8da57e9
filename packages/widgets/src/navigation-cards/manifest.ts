import { z } from 'zod'
import { list, oneOf } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

export const navigationCardsSettingsSchema = z.object({
  filterType: oneOf(['all', 'include', 'exclude'], 'all', { title: 'Places' }),
  filter: list(z.string(), { title: 'Paths' }),
})

export const navigationCards = defineWidget({
  type: 'navigation-cards',
  fqns: ['navigation_widgets.navigation_cards'],
  name: 'Navigation cards',
  description: 'All places of the console that the viewer may enter, by section.',
  data: 'none',
  settings: navigationCardsSettingsSchema,
  limits: { datasourcesOptional: true },
  size: { columns: 8, rows: 6, minColumns: 3, minRows: 2 },
})
