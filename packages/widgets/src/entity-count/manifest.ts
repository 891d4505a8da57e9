import { countSettings } from '../engines/value-card/count-settings.ts'
import { defineWidget } from '../widget.ts'

export const entityCount = defineWidget({
  type: 'entity-count',
  fqns: ['entity_count'],
  name: 'Entity count',
  description: 'How many entities there are of a kind.',
  data: 'latest',
  settings: countSettings({ label: 'Devices', icon: 'devices', iconBackgroundColor: 'rgba(241, 141, 23, 1)' }),
  actionSources: ['cardClick'],
  limits: { datasources: 1, keys: 1 },
  size: { columns: 5, rows: 2, minColumns: 2, minRows: 1 },
})
