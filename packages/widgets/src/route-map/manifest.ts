import { upgradeOldMap } from '../engines/map/old-maps.ts'
import { mapSettingsOf } from '../engines/map/settings.ts'
import { defineWidget } from '../widget.ts'

export const routeMap = defineWidget({
  type: 'route-map',
  fqns: [
    ...['route_map', 'maps_v2.route_map', 'maps_v2.route_map_openstreetmap', 'maps_v2.route_map_tencent_maps'],
    ...['maps.route_map', 'maps.route_map_openstreetmap', 'maps.route_map_tencent_maps'],
  ],
  name: 'Route map',
  description: 'The ways that entities went over the time window, and where they are now.',
  data: 'series',
  // Labels write values in ways of their own; a unit that is converted changes the values themselves.
  values: ['units'],
  settings: mapSettingsOf('geo', false),
  upgrade: (settings, fqn) => (fqn === 'route_map' ? { ...settings } : upgradeOldMap(settings, 'route')),
  actionSources: ['markerClick', 'polygonClick', 'circleClick', 'tooltipAction'],
  limits: { datasourcesOptional: true },
  size: { columns: 8, rows: 6, minColumns: 4, minRows: 3 },
})
