import { z } from 'zod'
import { buttonAppearance } from '../engines/control/button-appearance.ts'
import { toRead } from '../engines/control/plan.ts'
import { getValue } from '../engines/control/settings.ts'
import { text } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { defineWidget } from '../widget.ts'

const settings = z.object({
  appearance: buttonAppearance({ label: 'Button', icon: 'home' }),
  activatedState: getValue({ action: 'DO_NOTHING', value: false, compareTo: true }),
  disabledState: getValue({ action: 'DO_NOTHING', value: false, compareTo: true }),
  background: background(),
  padding: text('12px'),
})
export type ActionButtonSettings = z.output<typeof settings>

export const actionButton = defineWidget({
  type: 'action-button',
  fqns: ['action_button'],
  name: 'Action button',
  description: 'Does what its action says: opens a state, a dashboard or a page, or sends a command.',
  data: 'control',
  settings,
  control: ({ activatedState, disabledState }) => ({
    reads: { activated: toRead(activatedState, true), disabled: toRead(disabledState, true) },
    writes: {},
  }),
  actionSources: ['click'],
  limits: { datasourcesOptional: true },
  size: { columns: 4, rows: 2, minColumns: 2, minRows: 1 },
})
