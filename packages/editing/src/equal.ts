export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A member that the object itself has; documents may have members called `constructor`. */
export const ownMember = (from: Readonly<Record<string, unknown>>, member: string): unknown =>
  Object.hasOwn(from, member) ? from[member] : undefined

/** Whether two values are the same JSON; the order of members means nothing, and an absent member is one that is undefined. */
export const isEqual = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((one, index) => isEqual(one, b[index]))
  }
  if (!isObject(a) || !isObject(b)) return false
  for (const key of Object.keys(a)) if (!isEqual(a[key], ownMember(b, key))) return false
  for (const key of Object.keys(b)) if (b[key] !== undefined && !Object.hasOwn(a, key)) return false
  return true
}
