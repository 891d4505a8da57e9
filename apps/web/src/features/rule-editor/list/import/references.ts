import { entityTypeSchema, type EntityType } from '@thingwire/contracts'

/** A thing that nodes of a file name by its id. */
export type Reference = {
  entityType: EntityType
  id: string
  /** Nodes that name it, by their place in the chain. */
  nodes: readonly number[]
}

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i
const nullUuid = '13814000-1dd2-11b2-8080-808080808080'

/** Members of configurations that hold the bare id of a thing, and what kind it is: fixed, or told by a member beside it. */
const bareIds: Readonly<Record<string, EntityType | { by: string }>> = {
  ruleChainId: 'RULE_CHAIN',
  entityId: { by: 'entityType' },
  originatorId: { by: 'originatorType' },
  defaultEntityId: { by: 'entityType' },
}

/** What every node of a chain names, each thing once. */
export const referencesOf = (nodes: readonly { configuration?: unknown }[]): Reference[] => {
  const found = new Map<string, { entityType: EntityType; id: string; nodes: number[] }>()
  for (const [index, node] of nodes.entries())
    for (const { entityType, id } of idsIn(node.configuration)) {
      const known = found.get(id) ?? { entityType, id, nodes: [] }
      if (!known.nodes.includes(index)) known.nodes.push(index)
      found.set(id, known)
    }
  return [...found.values()]
}

function* idsIn(value: unknown): Generator<{ entityType: EntityType; id: string }> {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const one of value) yield* idsIn(one)
    return
  }
  const members = new Map<string, unknown>(Object.entries(value))
  const own = found(members.get('entityType'), members.get('id'))
  if (own) yield own
  for (const [name, member] of members) {
    const kind = bareIds[name]
    const bare = kind && found(typeof kind === 'string' ? kind : members.get(kind.by), member)
    if (bare) yield bare
    else yield* idsIn(member)
  }
}

const found = (type: unknown, id: unknown): { entityType: EntityType; id: string } | null => {
  const entityType = entityTypeSchema.safeParse(type)
  if (!entityType.success || typeof id !== 'string' || !uuid.test(id) || id === nullUuid) return null
  return { entityType: entityType.data, id: id.toLowerCase() }
}

/** The same with other ids, wherever they stand; what holds none of them stays the very same object. */
export const withIds = (value: unknown, ids: ReadonlyMap<string, string>): unknown => {
  if (typeof value === 'string') return uuid.test(value) ? (ids.get(value.toLowerCase()) ?? value) : value
  if (typeof value !== 'object' || value === null || ids.size === 0) return value
  if (Array.isArray(value)) {
    const list = value.map((one) => withIds(one, ids))
    return list.some((one, index) => one !== value[index]) ? list : value
  }
  const entries = Object.entries(value).map(([name, one]) => [name, one, withIds(one, ids)] as const)
  if (entries.every(([, before, after]) => before === after)) return value
  return Object.fromEntries(entries.map(([name, , after]) => [name, after]))
}
