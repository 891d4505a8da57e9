type Values = Readonly<Record<string, unknown>>

export const sameValues = (one: Values, other: Values): boolean =>
  Object.keys({ ...one, ...other }).every((field) => one[field] === other[field])

/** Fields in which two states of a form differ. */
export const differences = <Form extends Values>(mine: Form, theirs: Form): (keyof Form & string)[] =>
  Object.keys(mine).filter((field) => mine[field] !== theirs[field])

/** What stays when two people edited the same state: each field as whoever changed it wrote it; where both did, `first` wins. */
export const mergeEdits = <Form extends Values>(base: Form, first: Form, second: Form): Form => {
  const merged: Form = { ...second }
  for (const field of differences(first, base)) merged[field] = first[field]
  return merged
}

/**
 * Whether a state of the server goes before the one that a form started from. An answer that was under way while the
 * page saved is older; one of the same version differs in what has no version, like attributes.
 */
export const isOvertaken = <View extends { version: number }>(
  base: View,
  stored: View,
  toForm: (view: View) => Values,
): boolean =>
  stored.version > base.version || (stored.version === base.version && !sameValues(toForm(stored), toForm(base)))
