import { z } from 'zod'
import { buttonAppearance } from '../engines/control/button-appearance.ts'
import { toRead, toWrite } from '../engines/control/plan.ts'
import { getValue, setValue } from '../engines/control/settings.ts'
import { text } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { defineWidget } from '../widget.ts'

const settings = z.object({
  appearance: buttonAppearance({ label: 'Send', icon: 'arrow_outward' }),
  onClickState: setValue({ data: 'NONE' }, { title: 'On click' }),
  disabledState: getValue({ action: 'DO_NOTHING', value: false, compareTo: true }),
  background: background(),
  padding: text('12px'),
})
export type CommandButtonSettings = z.output<typeof settings>

export const commandButton = defineWidget({
  type: 'command-button',
  fqns: ['command_button'],
  name: 'Command button',
  description: 'Sends a command to a device, or writes an attribute or telemetry, with each press.',
  data: 'control',
  settings,
  control: ({ onClickState, disabledState }) => ({
    reads: { disabled: toRead(disabledState, true) },
    writes: { click: toWrite(onClickState) },
  }),
  limits: { datasourcesOptional: true },
  size: { columns: 4, rows: 2, minColumns: 2, minRows: 1 },
})
