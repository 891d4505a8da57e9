import { caseControl, controlCases, readyControl } from '../engines/control/case-control.ts'
import type { WidgetCase } from '../widget.ts'

export const cases: WidgetCase[] = [
  { name: 'a value', settings: {}, state: readyControl, control: caseControl(40) },
  {
    name: 'extended',
    settings: { layout: 'extended' },
    state: readyControl,
    control: caseControl(70),
  },
  {
    name: 'simplified, without marks',
    settings: { layout: 'simplified', showTickMarks: false },
    state: readyControl,
    control: caseControl(33),
  },
  {
    name: 'decimals, below zero, own colours',
    settings: {
      tickMin: -10,
      tickMax: 10,
      valueDecimals: 1,
      valueUnits: '°C',
      showTickMarks: false,
      mainColor: '#d97706',
      backgroundColor: '#fde7c5',
    },
    state: readyControl,
    control: caseControl(-2.5),
  },
  {
    name: 'ends in the wrong order, a value beyond',
    settings: { tickMin: 50, tickMax: 10 },
    state: readyControl,
    control: caseControl(4000),
  },
  {
    name: 'a ground of its own',
    settings: { background: { type: 'color', color: '#0b2545' } },
    state: readyControl,
    control: caseControl(60),
  },
  { name: 'a number as text', settings: {}, state: readyControl, control: caseControl('20') },
  ...controlCases({}, 50),
]
