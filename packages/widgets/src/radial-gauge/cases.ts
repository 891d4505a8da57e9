import { gaugeState, plainGaugeCases } from '../engines/gauge/digital-cases.ts'
import type { WidgetCase } from '../widget.ts'

export const cases: WidgetCase[] = [
  ...plainGaugeCases(),
  {
    name: 'half a dial, other ends',
    settings: { startAngle: 90, ticksAngle: 180, minValue: 0, maxValue: 0.8, majorTicksCount: 4 },
    state: gaugeState(0.31),
  },
  { name: 'on a plate of its own', settings: { colorPlate: '#1f3a5f' }, state: gaugeState(31) },
]
