import { type EntityId, type EntityType, entityId, type Message } from '@thingwire/contracts'
import type { Ports } from '@thingwire/rules'

const assignable: ReadonlySet<EntityType> = new Set<EntityType>([
  'CUSTOMER',
  'USER',
  'ASSET',
  'DEVICE',
  'ENTITY_VIEW',
  'EDGE',
])

/** Throws when the originator is of a kind that belongs to no customer. */
export const requireAssignable = ({ originator }: Message): EntityId => {
  if (!assignable.has(originator.entityType))
    throw new Error(`Unexpected originator type: ${originator.entityType}; it belongs to no customer`)
  return originator
}

/** The customer of each, in order: customers are their own; null: there is no such entity, or it has none. */
export const customersOf = async (
  originators: readonly EntityId[],
  { entities }: Pick<Ports, 'entities'>,
): Promise<(EntityId | null)[]> => {
  const summaries = await entities.summaries(originators)
  return originators.map((originator, index) => {
    const summary = summaries[index]
    if (!summary) return null
    if (originator.entityType === 'CUSTOMER') return originator
    return summary.customerId === null ? null : entityId('CUSTOMER', summary.customerId)
  })
}
