import type { EntityId } from '@thingwire/contracts'

/** An entity that a state was opened for. */
export type EntityParam = { entityId: EntityId; entityName?: string; entityLabel?: string }

/** What a state was opened with: its own entity, and others by the name of their parameter. */
export type StateParams = {
  entity: EntityParam | null
  named: Readonly<Record<string, EntityParam>>
  /** What is no entity, by name: plain values that code of files hands from state to state. */
  other?: Readonly<Record<string, unknown>>
}

/** `id` of the state in the dashboard; a stack of these is the breadcrumb, its last entry is what is shown. */
export type StateEntry = { id: string; params: StateParams }

export const noParams: StateParams = { entity: null, named: {} }
