import { caseControl, controlCases, readyControl } from '../engines/control/case-control.ts'
import type { WidgetCase } from '../widget.ts'

export const cases: WidgetCase[] = [
  { name: 'lit', settings: { title: 'Heater' }, state: readyControl, control: caseControl(true) },
  { name: 'not lit', settings: { title: 'Heater' }, state: readyControl, control: caseControl(false) },
  { name: 'red', settings: { ledColor: '#D12730' }, state: readyControl, control: caseControl(true) },
  ...controlCases({ title: 'Heater' }, true),
]
