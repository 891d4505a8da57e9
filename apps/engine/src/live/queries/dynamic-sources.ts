import type { EntityId, Predicate } from '@thingwire/contracts'
import type { Principal } from '@thingwire/db'

type Filtered = { keyFilters?: readonly { predicate: Predicate }[] | null | undefined }

/** The attributes (server scope) that the filters of a query take values from. */
export const dynamicSourcesOf = (
  caller: Principal,
  { keyFilters }: Filtered,
): { entityId: EntityId; key: string }[] => {
  const sources = new Map<string, { entityId: EntityId; key: string }>()
  for (const predicate of (keyFilters ?? []).flatMap((filter) => simple(filter.predicate))) {
    const dynamic = predicate.value.dynamicValue
    const entityId = dynamic && sourceOf(caller, dynamic.sourceType)
    if (!entityId) continue
    const key = dynamic.sourceAttribute
    sources.set(`${entityId.id} ${key}`, { entityId, key })
  }
  return [...sources.values()]
}

const simple = (predicate: Predicate): Exclude<Predicate, { type: 'COMPLEX' }>[] =>
  predicate.type === 'COMPLEX' ? predicate.predicates.flatMap(simple) : [predicate]

const sourceOf = (
  { tenantId, customerId, userId }: Principal,
  type: 'CURRENT_TENANT' | 'CURRENT_CUSTOMER' | 'CURRENT_USER' | 'CURRENT_DEVICE',
): EntityId | null => {
  switch (type) {
    case 'CURRENT_TENANT':
      return tenantId ? { entityType: 'TENANT', id: tenantId } : null
    case 'CURRENT_CUSTOMER':
      return customerId ? { entityType: 'CUSTOMER', id: customerId } : null
    case 'CURRENT_USER':
      return { entityType: 'USER', id: userId }
    case 'CURRENT_DEVICE':
      return null
  }
}
