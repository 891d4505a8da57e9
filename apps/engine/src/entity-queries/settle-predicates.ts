import {
  AppError,
  type EntityId,
  type KeyFilter,
  type KvValue,
  type Predicate,
  type SimplePredicate,
  toTextValue,
} from '@thingwire/contracts'
import type { Database, Principal, SettledPredicate } from '@thingwire/db'

type Dynamic = NonNullable<SimplePredicate['value']['dynamicValue']>

/** The value of a source attribute, if there is one. */
type ReadSource = (dynamic: Dynamic) => KvValue | undefined

const none: ReadSource = () => undefined

/**
 * Key filters with their values settled: what the user chose, else the attribute, else the default.
 * @param attributes Absent: attributes are not looked at (as counting by REST in ThingsBoard)
 */
export const settleKeyFilters = async (
  keyFilters: readonly KeyFilter[],
  caller: Principal,
  attributes?: Pick<Database['attributes'], 'findMany'>,
) => {
  const read = attributes ? await readSources(keyFilters, caller, attributes) : none
  return keyFilters.map(({ key, predicate }) => ({
    key,
    predicate: settle(predicate, read) ?? { type: 'COMPLEX' as const, operation: 'AND' as const, predicates: [] },
  }))
}

const simplePredicates = (predicate: Predicate): SimplePredicate[] =>
  predicate.type === 'COMPLEX' ? predicate.predicates.flatMap(simplePredicates) : [predicate]

const readSources = async (
  keyFilters: readonly KeyFilter[],
  caller: Principal,
  attributes: Pick<Database['attributes'], 'findMany'>,
): Promise<ReadSource> => {
  const wanted = new Map<string, { entityId: EntityId; keys: Set<string> }>()
  for (const { value } of keyFilters.flatMap(({ predicate }) => simplePredicates(predicate))) {
    if (value.userValue != null || !value.dynamicValue) continue
    const { sourceType, sourceAttribute } = value.dynamicValue
    const entityId = sourceOf(sourceType, caller)
    if (!entityId) continue
    const known = wanted.get(sourceType) ?? { entityId, keys: new Set() }
    known.keys.add(sourceAttribute)
    wanted.set(sourceType, known)
  }
  if (wanted.size === 0 || !caller.tenantId) return none
  const sources = [...wanted]
  const found = await attributes.findMany(
    caller.tenantId,
    sources.map(([, { entityId, keys }]) => ({ entityId, scope: 'SERVER_SCOPE', keys: [...keys] })),
  )
  return ({ sourceType, sourceAttribute }) => {
    const index = sources.findIndex(([type]) => type === sourceType)
    return found[index]?.find(({ key }) => key === sourceAttribute)
  }
}

const sourceOf = (sourceType: Dynamic['sourceType'], caller: Principal): EntityId | null => {
  switch (sourceType) {
    case 'CURRENT_TENANT':
      return caller.tenantId ? { entityType: 'TENANT', id: caller.tenantId } : null
    case 'CURRENT_CUSTOMER':
      return caller.customerId ? { entityType: 'CUSTOMER', id: caller.customerId } : null
    case 'CURRENT_USER':
      return { entityType: 'USER', id: caller.userId }
    case 'CURRENT_DEVICE':
      throw new AppError('ARGUMENT_INVALID', 'A query has no current device')
  }
}

const settle = (predicate: Predicate, read: ReadSource): SettledPredicate | null => {
  switch (predicate.type) {
    case 'COMPLEX': {
      const { operation } = predicate
      const predicates = predicate.predicates.flatMap((part) => settle(part, read) ?? [])
      return { type: 'COMPLEX', operation, predicates }
    }
    case 'STRING': {
      const { operation, ignoreCase } = predicate
      const value = effective(predicate.value, read, toTextValue)
      return value === null ? null : { type: 'STRING', operation, value, ignoreCase: ignoreCase ?? false }
    }
    case 'NUMERIC': {
      const value = effective(predicate.value, read, numberOf)
      return value === null ? null : { type: 'NUMERIC', operation: predicate.operation, value }
    }
    case 'BOOLEAN': {
      const value = effective(predicate.value, read, booleanOf)
      return value === null ? null : { type: 'BOOLEAN', operation: predicate.operation, value }
    }
  }
}

const effective = <T>(
  value: {
    userValue?: T | null | undefined
    defaultValue?: T | null | undefined
    dynamicValue?: Dynamic | null | undefined
  },
  read: ReadSource,
  convert: (found: KvValue) => T | null,
): T | null => {
  if (value.userValue != null) return value.userValue
  const found = value.dynamicValue ? read(value.dynamicValue) : undefined
  return (found ? convert(found) : null) ?? value.defaultValue ?? null
}

const numberOf = (found: KvValue): number | null => {
  if (found.type === 'BOOLEAN' || found.type === 'JSON' || found.value === '') return null
  const number = Number(found.value)
  return Number.isFinite(number) ? number : null
}

const booleanOf = (found: KvValue): boolean | null => {
  const text = toTextValue(found)
  return text === 'true' ? true : text === 'false' ? false : null
}
