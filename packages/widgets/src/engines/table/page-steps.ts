/** What a viewer may choose of rows a page: `count` steps of `increment`, and the usual size. */
export const pageSteps = (usual: number, increment: number | null, count: number | null): number[] => {
  const step = increment && increment > 0 ? Math.min(increment, mostRows) : usual
  const steps = Array.from({ length: Math.min(10, Math.max(1, count ?? 3)) }, (_, n) => step * (n + 1))
  return [...new Set([usual, ...steps])].filter((size) => size > 0 && size <= mostRows).sort((a, b) => a - b)
}

/** A page of more rows is no page. */
const mostRows = 1_000
