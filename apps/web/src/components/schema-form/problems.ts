import type { z } from 'zod'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** What is wrong with a configuration, and where: the keys from the root, joined by `/`. */
export type Problem = { path: string; message: string }

export const pathOf = (parent: string, key: string | number): string => (parent === '' ? `${key}` : `${parent}/${key}`)

/** Everything that a schema said against a value; `required` are the words for what is missing. */
export const problemsOf = (read: z.ZodSafeParseResult<unknown>, value: unknown, required: string): Problem[] =>
  (read.error?.issues ?? []).flatMap((issue) => problemsOfIssue(issue, [], value, required))

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), value)

const problemsOfIssue = (issue: Issue, parent: Path, value: unknown, required: string): Problem[] => {
  const path = [...parent, ...issue.path]
  if (issue.code === 'invalid_union') {
    // The branch that fits best is the one whose complaints are about parts of the value, not about all of it.
    const best = issue.errors.find((branch) => branch.length > 0 && branch.every((one) => one.path.length > 0))
    if (best) return best.flatMap((one) => problemsOfIssue(one, path, value, required))
  }
  const isMissing =
    valueAt(value, path) === undefined && ['invalid_type', 'invalid_value', 'invalid_union'].includes(issue.code)
  return [{ path: path.map(String).join('/'), message: isMissing ? required : issue.message }]
}

/** The first complaint about exactly this place. */
export const problemAt = (problems: readonly Problem[], path: string): string | undefined =>
  problems.find((one) => one.path === path)?.message

/** The first complaint about this place or anything in it: for controls that show a whole part. */
export const problemWithin = (problems: readonly Problem[], path: string): string | undefined =>
  problems.find((one) => path === '' || one.path === path || one.path.startsWith(`${path}/`))?.message
