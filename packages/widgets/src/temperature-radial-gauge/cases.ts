import { gaugeState, plainGaugeCases } from '../engines/gauge/digital-cases.ts'
import type { WidgetCase } from '../widget.ts'

export const cases: WidgetCase[] = [
  ...plainGaugeCases(),
  {
    name: 'from cold to warm',
    settings: {
      unitTitle: 'Outdoors',
      highlights: [
        { from: -60, to: -20, color: '#42a5f5' },
        { from: -20, to: 0, color: 'rgba(66, 165, 245, 0.4)' },
        { from: 0, to: 30, color: 'rgba(229, 115, 115, 0.4)' },
        { from: 30, to: 60, color: '#e57373' },
      ],
    },
    state: gaugeState(-12.4, null, 'Temperature', '°C'),
  },
]
