import { gaugeState, plainGaugeCases } from '../engines/gauge/digital-cases.ts'
import type { WidgetCase } from '../widget.ts'

export const cases: WidgetCase[] = [
  ...plainGaugeCases(),
  {
    name: 'coloured parts',
    settings: {
      highlights: [
        { from: 80, to: 120, color: '#fdd835' },
        { from: 120, to: 180, color: '#e57373' },
      ],
    },
    state: gaugeState(96),
  },
]
