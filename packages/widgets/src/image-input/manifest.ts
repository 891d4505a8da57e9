import { z } from 'zod'
import { flag, number, oneOf } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

const settings = z.object({
  displayPreview: flag(true),
  displayClearButton: flag(false),
  showResultMessage: flag(true),
  imageFormat: oneOf(['image/jpeg', 'image/png', 'image/webp'], 'image/png'),
  imageQuality: number(0.92),
  maxWidth: number(640),
  maxHeight: number(480),
  /** Not in files, as the name of the widget says it. `key`: server attribute or time series, as the key is. */
  target: oneOf(['server', 'shared', 'key'], 'key'),
})
export type ImageInputSettings = z.output<typeof settings>

export const imageInput = defineWidget({
  type: 'image-input',
  fqns: [
    'input_widgets.web_camera_input',
    'input_widgets.update_server_image_attribute',
    'input_widgets.update_shared_image_attribute',
  ],
  name: 'Photo and image input',
  description: 'A photo of the camera or a picture of a file, made small and written as an attribute.',
  data: 'latest',
  values: [],
  settings,
  upgrade: (stored, fqn) => ({
    ...stored,
    ...(fqn.includes('_shared_') ? { target: 'shared' } : fqn.includes('_server_') ? { target: 'server' } : {}),
  }),
  limits: { entities: 1, keys: 1 },
  size: { columns: 7, rows: 6, minColumns: 4, minRows: 4 },
})
