import { compassSettings } from '../engines/gauge/analogue-settings.ts'
import { defineWidget } from '../widget.ts'

export const compass = defineWidget({
  type: 'compass',
  fqns: ['analogue_gauges.analogue_compass'],
  name: 'Compass',
  description: 'A direction in degrees as a needle on a rose.',
  data: 'latest',
  settings: compassSettings,
  actionSources: ['cardClick'],
  limits: { entities: 1, datasources: 1, keys: 1 },
  size: { columns: 5, rows: 5, minColumns: 2, minRows: 2 },
})
