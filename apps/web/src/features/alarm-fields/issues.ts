import type { z } from 'zod'
import type { AlarmFieldField } from './alarm-field-form.ts'

/** Something wrong with the form: `path` leads on within the field. */
export type FieldIssue = { field: AlarmFieldField; path: PropertyKey[]; code: string; message: string }
type PlainIssue = Omit<FieldIssue, 'field'>

type Issue = z.core.$ZodIssue

const isOtherKind = (issue: Issue): boolean =>
  issue.code === 'invalid_value' && issue.path.length === 1 && issue.path[0] === 'type'

/** Issues without unions: of those that the value could be, the one whose type it says it is. */
export const plainIssues = (issues: readonly Issue[], prefix: readonly PropertyKey[] = []): PlainIssue[] =>
  issues.flatMap((issue): PlainIssue[] => {
    const path = [...prefix, ...issue.path]
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const meant = issue.errors.find((list) => !list.some(isOtherKind)) ?? issue.errors[0] ?? []
      return plainIssues(meant, path)
    }
    const isWhole = issue.code === 'invalid_type' && issue.expected === 'int'
    return [{ path, code: isWhole ? 'notWhole' : issue.code, message: issue.message }]
  })

/** What is wrong at a place of a field, or below it; undefined: nothing. */
export type At = (...path: PropertyKey[]) => string | undefined

export const below =
  (at: At, ...prefix: PropertyKey[]): At =>
  (...path) =>
    at(...prefix, ...path)

/** The first issue at a place. */
export const issueAt = (
  issues: readonly FieldIssue[],
  field: AlarmFieldField,
  path: readonly PropertyKey[],
): FieldIssue | undefined =>
  issues.find((issue) => issue.field === field && path.every((step, index) => issue.path[index] === step))
