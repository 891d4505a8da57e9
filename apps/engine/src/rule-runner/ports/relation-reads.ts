import type { EntityId, RelationDirection } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { RelationSearch, RelationsPort } from '@thingwire/rules'

export type RelationReadsDatabase = Pick<Database, 'relations'>

/** What nodes of a tenant may read of relations, straight from the database: one statement for searches that differ by root. */
export const relationReads = ({ relations }: RelationReadsDatabase, tenantId: string): RelationsPort => {
  const searchAlike = async (
    { direction, maxLevel, fetchLastLevelOnly, filters }: RelationSearch,
    roots: readonly EntityId[],
  ): Promise<EntityId[][]> => {
    const distinct = new Map(roots.map((root) => [`${root.entityType} ${root.id}`, root]))
    const wanted = [...distinct.values()]
    // The last level that is asked for is the last one of a path.
    const found =
      maxLevel === 1
        ? await relations.findNeighbours(tenantId, { direction, filters }, wanted)
        : await relations.findFar(tenantId, { direction, filters, maxLevel, fetchLastLevelOnly }, wanted)
    const byRoot = new Map([...distinct.keys()].map((key, index) => [key, found[index] ?? []]))
    return roots.map((root) => byRoot.get(`${root.entityType} ${root.id}`) ?? [])
  }

  return {
    search: (searches) =>
      inGroups(
        searches,
        ({ root: _, ...how }) => JSON.stringify(how),
        (group) => {
          const [first] = group
          return first
            ? searchAlike(
                first,
                group.map(({ root }) => root),
              )
            : Promise.resolve([])
        },
      ),
    have: (queries) => inDirections(queries, (direction, group) => relations.haveRelation(tenantId, direction, group)),
    list: (queries) => inDirections(queries, (direction, group) => relations.listMany(tenantId, direction, group)),
  }
}

const inDirections = <Q extends { direction: RelationDirection }, A>(
  queries: readonly Q[],
  answer: (direction: RelationDirection, group: readonly Q[]) => Promise<readonly A[]>,
): Promise<A[]> =>
  inGroups(
    queries,
    ({ direction }) => direction,
    (group) => answer(group[0]?.direction ?? 'FROM', group),
  )

/** Answers queries group by group, in the order of the queries. */
const inGroups = async <Q, A>(
  queries: readonly Q[],
  groupOf: (query: Q) => string,
  answer: (group: readonly Q[]) => Promise<readonly A[]>,
): Promise<A[]> => {
  const answers = new Map<Q, A>()
  for (const group of Map.groupBy(queries, groupOf).values()) {
    const found = await answer(group)
    for (const [index, query] of group.entries()) {
      const one = found[index]
      if (one !== undefined) answers.set(query, one)
    }
  }
  return queries.map((query) => {
    const found = answers.get(query)
    if (found === undefined) throw new Error('A query has no answer')
    return found
  })
}
