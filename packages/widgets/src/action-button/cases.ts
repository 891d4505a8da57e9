import { caseControl, controlCases, readyControl } from '../engines/control/case-control.ts'
import type { WidgetCase } from '../widget.ts'

export const cases: WidgetCase[] = [
  {
    name: 'at rest',
    settings: { appearance: { label: 'Floor plan', icon: 'map' } },
    state: readyControl,
    control: caseControl(undefined),
  },
  {
    name: 'activated',
    settings: { appearance: { label: 'Floor plan', icon: 'map' } },
    state: readyControl,
    control: caseControl(undefined, { activated: true }),
  },
  {
    name: 'filled, activated in its own colours',
    settings: {
      appearance: {
        type: 'filled',
        label: 'Alarms',
        icon: 'warning',
        customStyle: { activated: { overrideMainColor: true, mainColor: '#D12730' } },
      },
    },
    state: readyControl,
    control: caseControl(undefined, { activated: true }),
  },
  ...controlCases({ appearance: { label: 'Floor plan', icon: 'map' } }, undefined),
]
