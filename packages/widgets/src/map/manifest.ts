import { upgradeOldMap } from '../engines/map/old-maps.ts'
import { mapSettings } from '../engines/map/settings.ts'
import { defineWidget } from '../widget.ts'

export const map = defineWidget({
  type: 'map',
  fqns: [
    ...['map', 'maps_v2.openstreetmap', 'maps_v2.google_maps', 'maps_v2.here_map', 'maps_v2.tencent_maps'],
    ...['maps.openstreetmap', 'maps.google_maps', 'maps.tencent_maps'],
    ...['input_widgets.markers_placement_openstreetmap', 'input_widgets.markers_placement_google_maps'],
  ],
  name: 'Map',
  description: 'Markers, areas and lines at the newest positions of entities.',
  data: 'latest',
  // Labels write values in ways of their own; a unit that is converted changes the values themselves.
  values: ['units'],
  settings: mapSettings,
  upgrade: (settings, fqn) => (fqn === 'map' ? { ...settings } : upgradeOldMap(settings, 'places')),
  actionSources: ['markerClick', 'polygonClick', 'circleClick', 'tooltipAction'],
  limits: { datasourcesOptional: true },
  size: { columns: 8, rows: 6, minColumns: 4, minRows: 3 },
})
