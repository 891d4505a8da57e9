import { z } from 'zod'
import { olderRead, toRead } from '../engines/control/plan.ts'
import { getValue, olderControlSettings } from '../engines/control/settings.ts'
import { color, flag, text } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

const settings = z.object({
  initialState: getValue({ action: 'GET_ATTRIBUTE', value: false, key: 'value', compareTo: true }),
  title: text(''),
  ledColor: color('#4caf50'),
  initialValue: flag(false),
  ...olderControlSettings,
  performCheckStatus: flag(true),
  checkStatusMethod: text('checkStatus'),
  valueAttribute: text('value'),
})
export type LedIndicatorSettings = z.output<typeof settings>

export const ledIndicator = defineWidget({
  type: 'led-indicator',
  fqns: ['control_widgets.led_indicator'],
  name: 'LED indicator',
  description: 'A lamp that is lit while something of a device is on.',
  data: 'control',
  settings,
  control: (s) => {
    if (s.retrieveValueMethod === null) return { reads: { value: toRead(s.initialState, true) }, writes: {} }
    // Where it is to ask the device, it asks by this method; else it follows the key.
    const asks = s.performCheckStatus && s.retrieveValueMethod === 'rpc'
    const older = { ...s, valueKey: s.valueAttribute, ...(asks ? { getValueMethod: s.checkStatusMethod } : {}) }
    return { reads: { value: olderRead(older, s.initialValue, true) }, writes: {} }
  },
  size: { columns: 3, rows: 3, minColumns: 1, minRows: 1 },
})
