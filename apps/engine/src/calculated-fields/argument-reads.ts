import type { AttributeScope, EntityId, KvValue, TsKvEntry } from '@thingwire/contracts'
import type { Database, FieldTarget } from '@thingwire/db'
import type { Argument, ArgumentSource, Ports } from '@thingwire/rules'
import type { LiveField } from './field-directory.ts'

/** Whose value an argument of an entity is. */
export const holderOf = ({ of }: ArgumentSource, { id, customerId }: FieldTarget, tenantId: string): EntityId => {
  if (of === 'entity') return id
  if (of !== 'owner') return of
  return customerId ? { entityType: 'CUSTOMER', id: customerId } : { entityType: 'TENANT', id: tenantId }
}

export type ToRead = { field: LiveField; target: FieldTarget }
type Reads = { telemetry: Pick<Ports['telemetry'], 'latest'> }

/** All arguments of rules as they are stored now; what has no value has its default, or none, since now. By rule, in order. */
export const readArguments = async (
  wanted: readonly ToRead[],
  deps: { tenantId: string; ports: Reads; database: Pick<Database, 'attributes'>; nowMs: number },
): Promise<Map<string, Argument>[]> => {
  const { tenantId } = deps
  const places = new Map<string, { holder: EntityId; scope: AttributeScope | null; keys: Set<string> }>()
  const placeOf = (holder: EntityId, scope: AttributeScope | null) => `${holder.id} ${scope ?? ''}`
  for (const { field, target } of wanted)
    for (const source of field.compiled.sources) {
      const holder = holderOf(source, target, tenantId)
      const place = places.get(placeOf(holder, source.scope)) ?? {
        holder,
        scope: source.scope,
        keys: new Set<string>(),
      }
      places.set(placeOf(holder, source.scope), place.keys.add(source.key) && place)
    }
  const all = [...places.entries()]
  const series = all.filter(([, { scope }]) => scope === null)
  const attributes = all.flatMap(([name, { scope, ...place }]) => (scope === null ? [] : [{ name, scope, ...place }]))
  const found = new Map<string, Map<string, { ts: number; value: KvValue }>>()
  const note = (name: string, entries: readonly TsKvEntry[]) =>
    found.set(name, new Map(entries.map(({ key, ts, ...value }) => [key, { ts, value }])))
  const [latest, stored] = await Promise.all([
    deps.ports.telemetry.latest(series.map(([, { holder, keys }]) => ({ entityId: holder, keys: [...keys] }))),
    deps.database.attributes.findManyWithTs(
      tenantId,
      attributes.map(({ holder, scope, keys }) => ({ entityId: holder, scope, keys: [...keys] })),
    ),
  ])
  for (const [index, [name]] of series.entries()) note(name, latest[index] ?? [])
  for (const [index, { name }] of attributes.entries()) note(name, stored[index] ?? [])
  return wanted.map(({ field, target }) => {
    const own = field.compiled.sources.map((source): [string, Argument] => {
      const value = found.get(placeOf(holderOf(source, target, tenantId), source.scope))?.get(source.key)
      return [source.name, value ?? { ts: deps.nowMs, value: source.fallback, isDefault: true }]
    })
    return new Map(own)
  })
}
