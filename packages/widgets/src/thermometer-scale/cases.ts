import { gaugeState, plainGaugeCases } from '../engines/gauge/digital-cases.ts'
import type { WidgetCase } from '../widget.ts'

export const cases: WidgetCase[] = [
  ...plainGaugeCases(),
  {
    name: 'coloured parts, a column from cold to warm',
    settings: {
      unitTitle: 'Outdoors',
      colorBarProgress: '#90caf9',
      colorBarProgressEnd: '#f44336',
      highlights: [
        { from: -60, to: 0, color: '#90caf9' },
        { from: 0, to: 60, color: 'rgba(244, 67, 54, 0.4)' },
        { from: 60, to: 100, color: '#f44336' },
      ],
    },
    state: gaugeState(38.2, null, 'Temperature', '°C'),
  },
]
