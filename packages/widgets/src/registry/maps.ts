import { imageMap } from '../image-map/manifest.ts'
import { map } from '../map/manifest.ts'
import { routeMap } from '../route-map/manifest.ts'
import { tripMap } from '../trip-map/manifest.ts'
import type { WidgetFamily } from './family.ts'

export const maps: WidgetFamily = {
  alias: 'maps',
  title: 'Maps',
  description: 'Places, areas and routes.',
  order: 70,
  widgets: [map, imageMap, tripMap, routeMap],
}
