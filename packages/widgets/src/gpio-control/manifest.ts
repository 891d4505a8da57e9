import { z } from 'zod'
import { codeElse } from '../settings/code.ts'
import { pinList } from '../engines/gpio/settings.ts'
import { color, number, part, text } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

const request = (method: string, paramsBody: string) => part({ method: text(method), paramsBody: text(paramsBody) })

/** What older boards carry when nobody changed it; it needs no sandbox. */
export const usualParse = 'return body[pin] === true;'

const settings = z.object({
  gpioList: pinList(),
  /** Of the line beside the board. */
  switchPanelBackgroundColor: color('#008a00'),
  gpioStatusRequest: request('getGpioStatus', '{}'),
  /** `{$pin}` and `{$enabled}` in the parameters are the pin and what it is set to. */
  gpioStatusChangeRequest: request('setGpioStatus', '{ "pin": "{$pin}", "enabled": "{$enabled}" }'),
  parseGpioStatusFunction: codeElse(usualParse, {
    title: 'Reads the answer',
    hint: 'Answers whether the pin is on',
    args: ['body', 'pin'],
  }),
  requestTimeout: number(500),
})
export type GpioControlSettings = z.output<typeof settings>

export const gpioControl = defineWidget({
  type: 'gpio-control',
  fqns: ['gpio_widgets.basic_gpio_control', 'gpio_widgets.raspberry_pi_gpio_control'],
  name: 'GPIO control',
  description: 'The pins of a board as switches: asks the device how they are, and sets one at a time.',
  data: 'control',
  settings,
  control: () => ({ reads: {}, writes: {} }),
  limits: { datasourcesOptional: true },
  size: { columns: 7, rows: 6, minColumns: 3, minRows: 2 },
})
