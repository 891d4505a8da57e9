import { caseControl, controlCases, readyControl } from '../engines/control/case-control.ts'
import type { WidgetCase } from '../widget.ts'

const sides = {
  leftAppearance: { label: 'Overview', icon: 'dashboard' },
  rightAppearance: { label: 'Floor plan', icon: 'map' },
}

export const cases: WidgetCase[] = [
  { name: 'left', settings: { appearance: sides }, state: readyControl, control: caseControl(true) },
  { name: 'right', settings: { appearance: sides }, state: readyControl, control: caseControl(false) },
  {
    name: 'rounded, own colours',
    settings: {
      appearance: {
        ...sides,
        layout: 'rounded',
        selectedStyle: { mainColor: '#FFFFFF', backgroundColor: '#198038' },
        unselectedStyle: { mainColor: '#666666', backgroundColor: '#DDF3E4' },
      },
    },
    state: readyControl,
    control: caseControl(true),
  },
  {
    name: 'long words',
    settings: {
      appearance: {
        leftAppearance: { label: 'Everything that happened last week' },
        rightAppearance: { label: 'Now' },
      },
    },
    state: readyControl,
    control: caseControl(false),
  },
  ...controlCases({ appearance: sides }, true),
]
