import { caseControl, controlCases, readyControl } from '../engines/control/case-control.ts'
import type { WidgetCase } from '../widget.ts'
import { powerLayouts } from './manifest.ts'

const settings = {}

export const cases: WidgetCase[] = [
  ...powerLayouts.flatMap((layout): WidgetCase[] => [
    { name: `${layout}, on`, settings: { layout }, state: readyControl, control: caseControl(true) },
    { name: `${layout}, off`, settings: { layout }, state: readyControl, control: caseControl(false) },
  ]),
  {
    name: 'own colour and icon',
    settings: { mainColorOn: '#FFC107', onButtonIcon: { showIcon: true, icon: 'lightbulb' } },
    state: readyControl,
    control: caseControl(true),
  },
  ...controlCases(settings, true),
]
