import { gaugeState, plainGaugeCases } from '../engines/gauge/digital-cases.ts'
import type { WidgetCase } from '../widget.ts'

const direction = (value: number) => gaugeState(value, null, 'Wind direction', '°')

export const cases: WidgetCase[] = [
  ...plainGaugeCases(),
  { name: 'the rose turns', settings: { animationTarget: 'plate' }, state: direction(290) },
  { name: 'four directions', settings: { majorTicks: ['N', 'E', 'S', 'W'] }, state: direction(725) },
  { name: 'on a plate of its own', settings: { colorPlate: '#1f3a5f' }, state: direction(45) },
]
