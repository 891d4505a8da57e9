import { upgradeOldMap } from '../engines/map/old-maps.ts'
import { mapSettingsOf } from '../engines/map/settings.ts'
import { defineWidget } from '../widget.ts'

export const imageMap = defineWidget({
  type: 'image-map',
  fqns: ['image_map', 'maps_v2.image_map', 'maps.image_map', 'input_widgets.markers_placement_image_map'],
  name: 'Image map',
  description: 'Markers, areas and lines on a picture: a floor, a machine, a site.',
  data: 'latest',
  // Labels write values in ways of their own; a unit that is converted changes the values themselves.
  values: ['units'],
  settings: mapSettingsOf('image', false),
  upgrade: (settings, fqn) => (fqn === 'image_map' ? { ...settings } : upgradeOldMap(settings, 'image')),
  actionSources: ['markerClick', 'polygonClick', 'circleClick', 'tooltipAction'],
  limits: { datasourcesOptional: true },
  size: { columns: 8, rows: 6, minColumns: 4, minRows: 3 },
})
