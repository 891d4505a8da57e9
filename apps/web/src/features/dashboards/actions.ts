import type { Widget } from '@thingwire/contracts'
import { z } from 'zod'

const actionSchema = z.looseObject({
  type: z.string(),
  targetDashboardStateId: z.string().nullish(),
  setEntityId: z.boolean().default(false),
})
const actionsSchema = z.record(z.string(), z.array(z.unknown()))

/** The state that a click on an entity of this widget opens, when the file says so. */
export const openStateAction = (widget: Widget): string | null => {
  const sources = actionsSchema.safeParse(widget.config.actions).data ?? {}
  for (const action of Object.values(sources).flat()) {
    const parsed = actionSchema.safeParse(action).data
    const opens = parsed?.type === 'openDashboardState' || parsed?.type === 'updateDashboardState'
    if (opens && parsed.setEntityId && parsed.targetDashboardStateId) return parsed.targetDashboardStateId
  }
  return null
}
