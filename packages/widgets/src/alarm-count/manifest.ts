import { countSettings } from '../engines/value-card/count-settings.ts'
import { defineWidget } from '../widget.ts'

export const alarmCount = defineWidget({
  type: 'alarm-count',
  fqns: ['alarm_count'],
  name: 'Alarm count',
  description: 'How many alarms there are of a kind.',
  data: 'latest',
  settings: countSettings({
    label: 'Total',
    icon: 'warning',
    iconBackgroundColor: {
      color: 'rgba(0, 105, 92, 1)',
      ranges: [
        { from: 0, to: 0, color: 'rgba(0, 105, 92, 1)' },
        { from: 1, to: null, color: 'rgba(209, 39, 48, 1)' },
      ],
    },
  }),
  actionSources: ['cardClick'],
  limits: { datasources: 1, keys: 1 },
  size: { columns: 5, rows: 2, minColumns: 2, minRows: 1 },
})
