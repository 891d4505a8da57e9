import { caseControl, controlCases, readyControl } from '../engines/control/case-control.ts'
import type { WidgetCase } from '../widget.ts'

export const cases: WidgetCase[] = [
  {
    name: 'a command',
    settings: { title: 'Gateway', buttonText: 'Blink', methodName: 'blink' },
    state: readyControl,
    control: caseControl(undefined),
  },
  {
    name: 'attributes',
    settings: { entityAttributeType: 'SHARED_SCOPE', entityParameters: '{"limit": 5}' },
    state: readyControl,
    control: caseControl(undefined),
  },
  {
    name: 'parameters that are no JSON',
    settings: { buttonText: 'Blink', methodParams: '{times' },
    state: readyControl,
    control: caseControl(undefined),
  },
  {
    name: 'flat, in its own colours',
    settings: { buttonText: 'Stop', styleButton: { isRaised: false, bgColor: '#D12730' } },
    state: readyControl,
    control: caseControl(undefined),
  },
  ...controlCases({ buttonText: 'Blink' }, undefined),
]
