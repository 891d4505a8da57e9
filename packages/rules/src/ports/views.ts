import type { AttributeScope, EntityId } from '@thingwire/contracts'

/** An entity view, as far as attributes are copied to it. */
export type AttributesView = {
  id: EntityId
  /** Epoch ms; 0: open. */
  startTimeMs: number
  endTimeMs: number
  keys: Readonly<Record<AttributeScope, readonly string[]>>
}

export type ViewsPort = {
  /** Views of devices and assets; an array per entity, in order. */
  of(entityIds: readonly EntityId[]): Promise<AttributesView[][]>
}
