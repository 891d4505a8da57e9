import { z } from 'zod'
import { flag, text } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

const settings = z.object({
  /** Whether a secret is asked for. */
  deviceSecret: flag(false),
  showLabel: flag(true),
  deviceLabel: text(''),
  secretKeyLabel: text(''),
  labelClaimButon: text(''),
  successfulClaimDevice: text(''),
  deviceNotFound: text(''),
  failedClaimDevice: text(''),
  requiredErrorDevice: text(''),
  requiredErrorSecretKey: text(''),
})
export type DeviceClaimingSettings = z.output<typeof settings>

export const deviceClaiming = defineWidget({
  type: 'device-claiming',
  fqns: ['input_widgets.device_claiming_widget'],
  name: 'Device claiming widget',
  description: 'Takes a device that offers itself, by its name and its secret.',
  data: 'none',
  settings,
  size: { columns: 7, rows: 4, minColumns: 4, minRows: 3 },
})
