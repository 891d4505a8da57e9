import { deviceClaiming } from '../device-claiming/manifest.ts'
import { imageInput } from '../image-input/manifest.ts'
import { locationInput } from '../location-input/manifest.ts'
import { updateAttributes } from '../update-attributes/manifest.ts'
import type { WidgetFamily } from './family.ts'

export const inputWidgets: WidgetFamily = {
  alias: 'input_widgets',
  title: 'Inputs',
  description: 'Forms that write attributes and telemetry.',
  order: 60,
  widgets: [updateAttributes, locationInput, imageInput, deviceClaiming],
}
