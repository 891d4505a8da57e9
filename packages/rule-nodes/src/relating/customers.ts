import type { EntityId, EntityType, Message } from '@thingwire/contracts'
import type { EntitiesPort } from '@thingwire/rules'

const assignable: ReadonlySet<EntityType> = new Set(['ASSET', 'DEVICE', 'ENTITY_VIEW', 'DASHBOARD', 'EDGE'])

/** Throws for originators that belong to no customer. */
export const requireAssignable = ({ originator }: Message): EntityId => {
  if (!assignable.has(originator.entityType)) throw new Error(`Unsupported originator type: ${originator.entityType}`)
  return originator
}

/** Ids of customers by their titles; those that are missing are absent. One call for all. */
export const customersNamed = async (
  entities: Pick<EntitiesPort, 'named'>,
  titles: Iterable<string>,
): Promise<Map<string, string>> => {
  const names = [...new Set(titles)]
  if (names.length === 0) return new Map()
  const found = await entities.named(names.map((name) => ({ entityType: 'CUSTOMER', name })))
  return new Map(names.flatMap((name, index) => (found[index] ? [[name, found[index].id] as const] : [])))
}
