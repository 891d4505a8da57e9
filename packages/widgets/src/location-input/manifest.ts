import { z } from 'zod'
import { flag, oneOf, text } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

const settings = z.object({
  latKeyName: text('latitude'),
  lngKeyName: text('longitude'),
  showGetLocation: flag(true),
  enableHighAccuracy: flag(false),
  showLabel: flag(true),
  latLabel: text(''),
  lngLabel: text(''),
  inputFieldsAlignment: oneOf(['column', 'row'], 'column'),
  isLatRequired: flag(true),
  isLngRequired: flag(true),
  requiredErrorMessage: text(''),
  showResultMessage: flag(true),
  /** Not in files: the name of the widget says it. */
  target: oneOf(['server', 'shared', 'timeseries'], 'server'),
})
export type LocationInputSettings = z.output<typeof settings>

export const locationInput = defineWidget({
  type: 'location-input',
  fqns: [
    'input_widgets.update_server_location_attribute',
    'input_widgets.update_shared_location_attribute',
    'input_widgets.update_location_timeseries',
  ],
  name: 'Location input',
  description: 'Where something stands, typed or taken from this device, written as latitude and longitude.',
  data: 'latest',
  values: [],
  settings,
  upgrade: (stored, fqn) => ({
    ...stored,
    ...(fqn.endsWith('_timeseries') ? { target: 'timeseries' } : fqn.includes('_shared_') ? { target: 'shared' } : {}),
  }),
  size: { columns: 7, rows: 4, minColumns: 4, minRows: 2 },
})
