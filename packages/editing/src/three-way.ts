import { isEqual, isObject, ownMember } from './equal.ts'

/** One value as it was, and as two people left it; undefined: it is not there. */
export type Three = { base: unknown; mine: unknown; theirs: unknown }

type Rules = {
  /** Not to be looked into. */
  isWhole: boolean
  /** Both changed it, each to something else. Says what counts. */
  clash: (at: Three, path: readonly string[]) => unknown
}

/** Merges JSON member by member. A list is one value: its elements have no names by which they could be told apart. */
export const threeWay = (three: Three, path: readonly string[], rules: Rules): unknown => {
  const { base, mine, theirs } = three
  if (isEqual(mine, theirs) || isEqual(base, theirs)) return mine
  if (isEqual(base, mine)) return theirs
  if (rules.isWhole || !isObject(mine) || !isObject(theirs)) return rules.clash(three, path)
  const from = isObject(base) ? base : {}
  const members = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])]
  return Object.fromEntries(
    members.flatMap((member) => {
      const inner = {
        base: ownMember(from, member),
        mine: ownMember(mine, member),
        theirs: ownMember(theirs, member),
      }
      const value = threeWay(inner, [...path, member], rules)
      return value === undefined ? [] : [[member, value]]
    }),
  )
}
