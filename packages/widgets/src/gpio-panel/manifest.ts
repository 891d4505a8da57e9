import { z } from 'zod'
import { pinList } from '../engines/gpio/settings.ts'
import { color } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

const settings = z.object({
  gpioList: pinList(),
  /** Of the line beside the board. */
  ledPanelBackgroundColor: color('#008a00'),
})
export type GpioPanelSettings = z.output<typeof settings>

export const gpioPanel = defineWidget({
  type: 'gpio-panel',
  fqns: ['gpio_widgets.gpio_panel', 'gpio_widgets.raspberry_pi_gpio_panel'],
  name: 'GPIO panel',
  description: 'The pins of a board as lamps; each key is a pin, by its number.',
  data: 'latest',
  values: [],
  settings,
  limits: { entities: 1, datasources: 1 },
  size: { columns: 7, rows: 6, minColumns: 3, minRows: 2 },
})
