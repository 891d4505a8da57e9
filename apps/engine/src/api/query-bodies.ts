import { z } from 'zod'

type Parts = { entityFilter: boolean; pageLink: boolean }

const memberOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined

const typedFilters: readonly unknown[] = ['entityList', 'entityName', 'entityType']

/** The first part that is missing, in the texts that clients know (as ThingsBoard). */
const missingText = (body: unknown, parts: Parts): string | null => {
  if (typeof body !== 'object' || body === null) return 'Query must be specified.'
  const filter = memberOf(body, 'entityFilter')
  if (filter == null) {
    if (parts.entityFilter) return 'Query entity filter must be specified.'
  } else {
    const type = memberOf(filter, 'type')
    if (type == null) return 'Query entity filter type must be specified.'
    if (typedFilters.includes(type) && memberOf(filter, 'entityType') == null) return 'Entity type is required'
  }
  return parts.pageLink && memberOf(body, 'pageLink') == null ? 'Entity Data Page link must be specified.' : null
}

/** A body of the query language that says in known texts which of its parts is missing; the rest is the schema's. */
export const queryBody = <S extends z.ZodType>(schema: S, parts: Parts) =>
  z.preprocess((body, context) => {
    const message = missingText(body, parts)
    if (message !== null) context.issues.push({ code: 'custom', message, input: body })
    return body
  }, schema)
