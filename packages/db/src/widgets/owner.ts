import { AppError, type EntityType } from '@thingwire/contracts'
import type { Scope } from '../database.ts'

/** Null: the system. Customers see the library of their tenant. */
export const ownerOf = (scope: Scope): string | null => (scope.kind === 'system' ? null : scope.tenantId)

/** Owned by the tenant or, unless `ownOnly`, by the system. `$n` are made by `bind`. */
export const ownedBy = (owner: string | null, bind: (value: unknown) => string, ownOnly = false): string => {
  if (owner === null) return 'e.tenant_id IS NULL'
  const own = `e.tenant_id = ${bind(owner)}`
  return ownOnly ? own : `(${own} OR e.tenant_id IS NULL)`
}

export const missing = (entityType: EntityType, id: string): AppError =>
  new AppError(
    'ENTITY_NOT_FOUND',
    `${entityType === 'WIDGET_TYPE' ? 'Widget type' : 'Widgets bundle'} with id [${id}] is not found`,
  )

/** `basic`, `basic2`, `basic3`, … (as ThingsBoard). */
export const freeName = (wanted: string, taken: ReadonlySet<string>): string => {
  let name = wanted
  for (let n = 2; taken.has(name); n++) name = `${wanted}${n}`
  return name
}

/** What a title becomes when it has to serve as a name. */
export const toAlias = (title: string): string => {
  const alias = title.toLowerCase().replace(/[^\p{L}\p{N}_]+/gu, '_')
  return alias === '' || alias === '_' ? 'unnamed' : alias
}
