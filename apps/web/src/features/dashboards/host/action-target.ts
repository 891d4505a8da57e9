import type { EntityParam, OpenTarget, WidgetActionKind } from '@thingwire/dashboards'
import type { ActionContext } from '@thingwire/widgets/manifests'

type StateAction = Extract<WidgetActionKind, { type: 'openState' | 'updateState' | 'openDashboard' }>

/** The entity that was clicked on as a parameter of a state. */
export const paramOf = ({ entity }: ActionContext): EntityParam | null =>
  entity
    ? { entityId: entity.id, entityName: entity.name, ...(entity.label ? { entityLabel: entity.label } : {}) }
    : null

/** Which state an action leads to, and what it passes on. */
export const targetOf = (action: StateAction, context: ActionContext): OpenTarget => ({
  stateId: action.stateId,
  entity: action.setEntity ? paramOf(context) : null,
  paramName: action.paramName,
})

/** What tokens of an address may stand for: values of the row or point that was clicked on, by key. */
export const tokenValues = ({ params }: ActionContext): ReadonlyMap<string, unknown> => {
  const data = params?.data
  const first: unknown = Array.isArray(data) ? data[0] : data
  const row = typeof first === 'object' && first !== null ? Object.entries(first) : []
  return new Map([...row, ...Object.entries(params ?? {})].filter(([name]) => !name.startsWith('$') && name !== 'data'))
}

/** An address with its tokens filled in may hold what a device sent: that must not add to its path or query. */
export const encodeToken = (value: unknown): string =>
  encodeURIComponent(
    value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value),
  )
