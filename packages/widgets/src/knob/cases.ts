import { caseControl, controlCases, readyControl } from '../engines/control/case-control.ts'
import type { WidgetCase } from '../widget.ts'

export const cases: WidgetCase[] = [
  { name: 'a value', settings: {}, state: readyControl, control: caseControl(64) },
  {
    name: 'with a title, below zero',
    settings: { title: 'Supply temperature', minValue: -40, maxValue: 120 },
    state: readyControl,
    control: caseControl(-12),
  },
  { name: 'at its end', settings: {}, state: readyControl, control: caseControl(100) },
  { name: 'beyond its end', settings: {}, state: readyControl, control: caseControl('1e12') },
  ...controlCases({}, 50),
]
