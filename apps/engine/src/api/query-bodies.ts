import { z } from 'zod'

/** Members of queries whose absence has a text that clients know, by path; `''` is the body itself. */
const texts: Readonly<Record<string, string>> = {
  '': 'Query must be specified.',
  entityFilter: 'Query entity filter must be specified.',
  'entityFilter.entityType': 'Entity type is required',
  pageLink: 'Entity Data Page link must be specified.',
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined),
    value,
  )

/** A body of the query language whose missing parts are told in the texts that clients know (as ThingsBoard). */
export const required = <S extends z.ZodType>(schema: S) =>
  z.unknown().transform((body, context): z.output<S> => {
    const parsed = schema.safeParse(body)
    if (parsed.success) return parsed.data
    for (const issue of parsed.error.issues) {
      const path = issue.path.join('.')
      const value = valueAt(body, issue.path)
      const isFilterTypeMissing =
        path.startsWith('entityFilter') &&
        valueAt(body, ['entityFilter', 'type']) == null &&
        !isMissing(body, 'entityFilter')
      const text = isFilterTypeMissing
        ? 'Query entity filter type must be specified.'
        : value == null
          ? texts[path]
          : undefined
      context.issues.push({ code: 'custom', message: text ?? issue.message, path: issue.path, input: value })
    }
    return z.NEVER
  })

const isMissing = (body: unknown, key: string): boolean => valueAt(body, [key]) == null
