import { isEqual, isObject, ownMember } from './equal.ts'

/** One member that differs, from where the comparison began down; undefined: it is not there. */
export type MemberChange = { path: readonly string[]; before: unknown; after: unknown }

/** How a value became another, member by member. Lists are compared as a whole. */
export const memberChanges = (before: unknown, after: unknown, path: readonly string[] = []): MemberChange[] => {
  if (isEqual(before, after)) return []
  if (!isObject(before) || !isObject(after)) return [{ path, before, after }]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((member) =>
    memberChanges(ownMember(before, member), ownMember(after, member), [...path, member]),
  )
}
