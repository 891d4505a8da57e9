import { caseControl, controlCases, readyControl } from '../engines/control/case-control.ts'
import type { WidgetCase } from '../widget.ts'

const shown = (name: string, appearance: Record<string, unknown>): WidgetCase => ({
  name,
  settings: { appearance },
  state: readyControl,
  control: caseControl(undefined),
})

export const cases: WidgetCase[] = [
  shown('outlined', { label: 'Restart' }),
  shown('filled', { type: 'filled', label: 'Restart', icon: 'restart_alt' }),
  shown('underlined', { type: 'underlined', label: 'Restart' }),
  shown('basic', { type: 'basic', label: 'Restart' }),
  shown('only an icon', { type: 'filled', showLabel: false, icon: 'power_settings_new' }),
  shown('own colours', {
    type: 'filled',
    label: 'Stop',
    mainColor: '#D12730',
    backgroundColor: '#FFFFFF',
    icon: 'stop',
  }),
  shown('a pale colour, outlined', { label: 'Sleep', mainColor: '#FFE082' }),
  shown('a long label', { label: 'Restart the gateway and everything that is behind it' }),
  ...controlCases({ appearance: { label: 'Restart' } }, undefined),
]
