import { caseControl, controlCases, readyControl } from '../engines/control/case-control.ts'
import type { WidgetCase } from '../widget.ts'

const settings = {
  checkedAppearance: { type: 'filled', label: 'Door is open', icon: 'mdi:lock-open-variant', mainColor: '#198038' },
  uncheckedAppearance: { label: 'Door is closed', icon: 'mdi:lock' },
}

export const cases: WidgetCase[] = [
  { name: 'checked', settings, state: readyControl, control: caseControl(true) },
  { name: 'unchecked', settings, state: readyControl, control: caseControl(false) },
  {
    name: 'as wide as its words, as high as the card',
    settings: { ...settings, horizontalFill: false, verticalFill: true },
    state: readyControl,
    control: caseControl(true),
  },
  ...controlCases(settings, true),
]
