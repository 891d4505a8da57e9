import { beginHistory, type History, step } from '@thingwire/editing'
import type { Command, EditedDashboard, StepName } from './model.ts'

/** An open dashboard and the way to it; see `undo`, `redo` and `rebase` of `@thingwire/editing`. */
export type DashboardHistory = History<EditedDashboard, StepName>

export const beginEditing = (document: EditedDashboard): DashboardHistory => beginHistory(document)

/** Takes a command as one step, or as part of the last one when both are of the same kind on the same thing. */
export const perform = (history: DashboardHistory, command: Command): DashboardHistory => {
  const { present } = history
  return step(history, command.apply(present), command.name(present), command.join)
}
