import { z } from 'zod'
import { buttonAppearance } from '../engines/control/button-appearance.ts'
import { toRead, toWrite } from '../engines/control/plan.ts'
import { getValue, setValue } from '../engines/control/settings.ts'
import { flag, text } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { defineWidget } from '../widget.ts'

const settings = z.object({
  initialState: getValue({ action: 'EXECUTE_RPC', value: false, compareTo: true }),
  disabledState: getValue({ action: 'DO_NOTHING', value: false, compareTo: true }),
  checkState: setValue({ data: { constant: true } }, { title: 'When it is checked' }),
  uncheckState: setValue({ data: { constant: false } }, { title: 'When it is unchecked' }),
  autoScale: flag(true),
  horizontalFill: flag(true),
  verticalFill: flag(false),
  checkedAppearance: buttonAppearance({ label: 'Opened', icon: 'mdi:lock-open-variant' }),
  uncheckedAppearance: buttonAppearance({ label: 'Closed', icon: 'mdi:lock' }),
  background: background(),
  padding: text('12px'),
})
export type ToggleButtonSettings = z.output<typeof settings>

export const toggleButton = defineWidget({
  type: 'toggle-button',
  fqns: ['toggle_button'],
  name: 'Toggle button',
  description: 'A button that stays pressed, with a look for each of its two states.',
  data: 'control',
  settings,
  control: (s) => ({
    reads: { value: toRead(s.initialState, true), disabled: toRead(s.disabledState, true) },
    writes: { on: toWrite(s.checkState), off: toWrite(s.uncheckState) },
  }),
  size: { columns: 4, rows: 2, minColumns: 2, minRows: 1 },
})
