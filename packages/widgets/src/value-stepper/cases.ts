import { caseControl, controlCases, readyControl } from '../engines/control/case-control.ts'
import type { WidgetCase } from '../widget.ts'

const degrees = { appearance: { minValueRange: 5, maxValueRange: 30, valueUnits: '°C' } }

export const cases: WidgetCase[] = [
  { name: 'a value', settings: degrees, state: readyControl, control: caseControl(21.5) },
  {
    name: 'filled, at the most',
    settings: { appearance: { ...degrees.appearance, type: 'default' } },
    state: readyControl,
    control: caseControl(30),
  },
  {
    name: 'raised, own colours',
    settings: {
      appearance: { type: 'default_volume', valueDecimals: 0, showValueBox: false },
      buttonAppearance: {
        leftButton: { icon: 'chevron_left', mainColorOn: '#198038' },
        rightButton: { icon: 'chevron_right', mainColorOn: '#198038' },
      },
    },
    state: readyControl,
    control: caseControl(7),
  },
  {
    name: 'only more',
    settings: { buttonAppearance: { leftButton: { showButton: false } } },
    state: readyControl,
    control: caseControl(12),
  },
  {
    name: 'a ground of its own',
    settings: { ...degrees, background: { type: 'color', color: '#0b2545' } },
    state: readyControl,
    control: caseControl(19),
  },
  ...controlCases(degrees, 20),
]
