import { map } from '../map/manifest.ts'
import type { WidgetFamily } from './family.ts'

export const maps: WidgetFamily = {
  alias: 'maps',
  title: 'Maps',
  description: 'Places, areas and routes.',
  order: 70,
  widgets: [map],
}
