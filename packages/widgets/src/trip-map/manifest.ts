import { upgradeOldMap } from '../engines/map/old-maps.ts'
import { mapSettingsOf } from '../engines/map/settings.ts'
import { defineWidget } from '../widget.ts'

export const tripMap = defineWidget({
  type: 'trip-map',
  fqns: ['trip_map', 'maps_v2.test', 'maps_v2.trip_animation', 'maps.trip_animation'],
  name: 'Trip map',
  description: 'Plays back where entities went over the time window.',
  data: 'series',
  // Labels write values in ways of their own; a unit that is converted changes the values themselves.
  values: ['units'],
  settings: mapSettingsOf('geo', true),
  upgrade: (settings, fqn) => (fqn === 'trip_map' ? { ...settings } : upgradeOldMap(settings, 'trip')),
  actionSources: ['markerClick', 'polygonClick', 'circleClick', 'tooltipAction'],
  limits: { datasourcesOptional: true },
  size: { columns: 8, rows: 6, minColumns: 4, minRows: 3 },
})
