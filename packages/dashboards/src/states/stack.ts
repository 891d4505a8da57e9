import { entityIdSchema } from '@thingwire/contracts'
import type { DashboardDocument } from '../document/model.ts'
import { isRecord, type JsonRecord, recordOf, textOf } from '../read.ts'
import { type EntityParam, noParams, type StateEntry, type StateParams } from './model.ts'

type StatesOf = Pick<DashboardDocument, 'states' | 'rootStateId'>

const deepest = 50
const mostNamed = 50
const longestParam = 100_000
/** Characters of all that is no entity, as JSON. */
const longestOther = 20_000
/** Members of the parameters that are no parameters with names of their own. */
const ownMembers = ['entityId', 'entityName', 'entityLabel', 'targetEntityParamName']

const readEntity = (value: unknown): EntityParam | null => {
  const record = recordOf(value)
  const entityId = entityIdSchema.safeParse(record.entityId).data
  if (!entityId) return null
  const [name, label] = [textOf(record.entityName), textOf(record.entityLabel)]
  return {
    entityId,
    ...(name === null ? {} : { entityName: name }),
    ...(label === null ? {} : { entityLabel: label }),
  }
}

/**
 * Parameters as links and code of files have them: `entityId`, `entityName`, `entityLabel` of the state's own entity, other
 * entities by name, and plain values, which are left out where they are too long for a link.
 */
export const readStateParams = (value: unknown): StateParams => {
  if (!isRecord(value)) return noParams
  const members = Object.entries(value).filter(([name]) => !ownMembers.includes(name) && name !== '__proto__')
  const named = members.flatMap(([name, member]): [string, EntityParam][] => {
    const entity = readEntity(member)
    return entity ? [[name, entity]] : []
  })
  const other = members.filter(([, member]) => member !== null && member !== undefined && readEntity(member) === null)
  const isShort = other.length > 0 && JSON.stringify(other).length <= longestOther
  return {
    entity: readEntity(value),
    named: Object.fromEntries(named.slice(0, mostNamed)),
    ...(isShort ? { other: Object.fromEntries(other) } : {}),
  }
}

/** Links are written in base64 of UTF-8; those that went through mail and chat may have lost `=` or have URL letters. */
const decode = (param: string): unknown => {
  try {
    const bytes = Uint8Array.from(
      atob(param.replaceAll('-', '+').replaceAll('_', '/').replaceAll(' ', '+')),
      (letter) => letter.charCodeAt(0),
    )
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return null
  }
}

const rootStack = (dashboard: StatesOf): StateEntry[] => [{ id: dashboard.rootStateId, params: noParams }]

/**
 * The stack of states that the URL's `state` names. What is no stack is the root; states that the dashboard does not have
 * (any more) are left out, but the first of them gives way to the root, so that its parameters stay.
 */
export const parseStates = (param: string | null, dashboard: StatesOf): StateEntry[] => {
  if (param === null || param === '' || param.length > longestParam) return rootStack(dashboard)
  const decoded = decode(param)
  if (!Array.isArray(decoded)) return rootStack(dashboard)
  const stack = decoded.slice(0, deepest).flatMap((one: unknown, index): StateEntry[] => {
    if (!isRecord(one)) return []
    const id = typeof one.id === 'string' && dashboard.states.has(one.id) ? one.id : null
    if (id === null && index > 0) return []
    return [{ id: id ?? dashboard.rootStateId, params: readStateParams(one.params) }]
  })
  return stack.length > 0 ? stack : rootStack(dashboard)
}

/** As links and code of files have them. */
export const writeStateParams = ({ entity, named, other }: StateParams): JsonRecord => ({
  ...other,
  ...named,
  ...entity,
})

const isEmpty = (params: StateParams): boolean => Object.keys(writeStateParams(params)).length === 0

/** What `state` of the URL becomes; null for the root state alone, which needs none. */
export const formatStates = (stack: readonly StateEntry[], dashboard: Pick<StatesOf, 'rootStateId'>): string | null => {
  const [first] = stack
  if (!first || (stack.length === 1 && first.id === dashboard.rootStateId && isEmpty(first.params))) return null
  const json = JSON.stringify(stack.map(({ id, params }) => ({ id, params: writeStateParams(params) })))
  return btoa(Array.from(new TextEncoder().encode(json), (byte) => String.fromCharCode(byte)).join(''))
}

/** Which state is opened, and for which entity under which name. */
export type OpenTarget = {
  /** Null: the state that is shown. */
  stateId: string | null
  /** Null: none; the parameters of the present state stay. */
  entity: EntityParam | null
  /** Null: as the state's own entity. */
  paramName: string | null
}

/** Parameters of the present state with the entity put among them, as an action passes them on. */
export const paramsFor = (present: StateParams, { entity, paramName }: Omit<OpenTarget, 'stateId'>): StateParams => {
  if (!entity) return present
  if (paramName === null || paramName === '' || ownMembers.includes(paramName)) return { ...present, entity }
  return { ...present, named: { ...present.named, [paramName]: entity } }
}

const topOf = (stack: readonly StateEntry[], dashboard: StatesOf): StateEntry =>
  stack.at(-1) ?? { id: dashboard.rootStateId, params: noParams }

const entryFor = (stack: readonly StateEntry[], target: OpenTarget, dashboard: StatesOf): StateEntry | null => {
  const top = topOf(stack, dashboard)
  const id = target.stateId ?? top.id
  return dashboard.states.has(id) ? { id, params: paramsFor(top.params, target) } : null
}

/**
 * The stack with a state on top: a further crumb where states are a breadcrumb, the only entry where they are a choice.
 * A state that does not exist changes nothing.
 */
export const openState = (
  stack: readonly StateEntry[],
  target: OpenTarget,
  dashboard: StatesOf & Pick<DashboardDocument, 'settings'>,
): readonly StateEntry[] => {
  const entry = entryFor(stack, target, dashboard)
  if (!entry) return stack
  return dashboard.settings.stateController === 'default' ? [entry] : [...stack.slice(0, deepest - 1), entry]
}

/** The stack with another state (or other parameters) in place of the one shown. */
export const updateState = (
  stack: readonly StateEntry[],
  target: OpenTarget,
  dashboard: StatesOf,
): readonly StateEntry[] => {
  const entry = entryFor(stack, target, dashboard)
  return entry ? [...stack.slice(0, -1), entry] : stack
}

/** The stack up to the crumb of that index. */
export const backTo = (stack: readonly StateEntry[], index: number): readonly StateEntry[] =>
  stack.slice(0, Math.max(1, index + 1))

/**
 * The name of a state with its entity put in: `${entityName}`, `${entityLabel}`, and `${param:entityName}` of entities
 * with a name of their own. A label that is missing is the name.
 */
export const stateTitle = (pattern: string, { entity, named }: StateParams): string =>
  pattern.replaceAll(
    /\$\{(?:([^:{}]{1,255}):)?(entityName|entityLabel)\}/g,
    (_whole, param: string | undefined, what) => {
      const one = param === undefined ? entity : Object.hasOwn(named, param) ? named[param] : null
      return (what === 'entityLabel' ? one?.entityLabel : null) ?? one?.entityName ?? ''
    },
  )
