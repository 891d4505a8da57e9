type Held<Row> = {
  rows: readonly Row[]
  /** How many rows come or go when the list moves on. */
  waiting: number
}

/**
 * A list that does not move under a hand: the rows stay where they are and show what is known of them now; those that
 * came or went wait.
 */
export const holdRows = <Row>(shown: readonly Row[], fresh: readonly Row[], idOf: (row: Row) => string): Held<Row> => {
  const byId = new Map(fresh.map((row) => [idOf(row), row]))
  const known = new Set(shown.map(idOf))
  const came = fresh.filter((row) => !known.has(idOf(row))).length
  const went = shown.filter((row) => !byId.has(idOf(row))).length
  return { rows: shown.map((row) => byId.get(idOf(row)) ?? row), waiting: Math.max(came, went) }
}

/** The ids that are in `fresh` and were not in `before`. */
export const arrivals = <Row>(
  before: readonly Row[],
  fresh: readonly Row[],
  idOf: (row: Row) => string,
): ReadonlySet<string> => {
  const known = new Set(before.map(idOf))
  return new Set(fresh.map(idOf).filter((id) => !known.has(id)))
}
