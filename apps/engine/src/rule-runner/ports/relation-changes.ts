import type { EntityId } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { RelationChangesPort, RelationEnds } from '@thingwire/rules'

type Deps = { database: Pick<Database, 'relations' | 'entities'> }

const maxTypeLength = 255

/** Relations as rule nodes change them. Only what is missing is looked at closely: most of what is asked for is there. */
export const createRelationChanges = ({ database }: Deps, tenantId: string): RelationChangesPort => {
  const { relations, entities } = database

  /** Which of the entities the tenant has. */
  const owned = async (entityIds: readonly EntityId[]): Promise<Set<string>> => {
    const heads = await entities.findHeads(tenantId, entityIds)
    return new Set(heads.flatMap((head) => (head.tenantId === tenantId ? [keyOf(head.id)] : [])))
  }

  const refusal = (relation: RelationEnds, known: Set<string>): string | null => {
    if (relation.type === '') return 'The relation type is empty'
    if (relation.type.length > maxTypeLength) return `The relation type is longer than ${maxTypeLength} characters`
    const missing = [relation.from, relation.to].find((end) => !known.has(keyOf(end)))
    return missing ? `${missing.entityType} with id [${missing.id}] doesn't exist!` : null
  }

  return {
    save: async (wanted) => {
      const stored = new Set<number>()
      const lists = await relations.listMany(
        tenantId,
        'FROM',
        wanted.map(({ from, type }) => ({ entityId: from, type })),
      )
      for (const [index, { to }] of wanted.entries())
        if (lists[index]?.some((one) => keyOf(one.to) === keyOf(to))) stored.add(index)
      const missing = wanted.filter((_, index) => !stored.has(index))
      if (missing.length === 0) return wanted.map(() => ({ ok: true, value: false }))
      const known = await owned(missing.flatMap(({ from, to }) => [from, to]))
      const fit = missing.filter((one) => refusal(one, known) === null)
      const made = new Map<RelationEnds, boolean>()
      const saved = await relations.saveMissing(tenantId, fit)
      for (const [index, one] of fit.entries()) made.set(one, saved[index] ?? false)
      return wanted.map((one, index) => {
        if (stored.has(index)) return { ok: true, value: false }
        const error = refusal(one, known)
        return error === null ? { ok: true, value: made.get(one) ?? false } : { ok: false, error }
      })
    },
    remove: (wanted) => relations.deleteMany(tenantId, wanted),
    removeOf: (queries) => relations.deleteAround(tenantId, queries),
  }
}

const keyOf = ({ entityType, id }: EntityId): string => `${entityType} ${id.toLowerCase()}`
