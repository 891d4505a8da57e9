import type { PageLink } from '@thingwire/contracts'
import { AppError, sortOrders, uuidSchema } from '@thingwire/contracts'
import { z } from 'zod'

const maxPageSize = 10_000

const missingParameter = (name: string) =>
  `Required request parameter '${name}' for method parameter type int is not present`

const wholeNumber = (name: string) =>
  z
    .string({ error: missingParameter(name) })
    .regex(/^-?\d{1,9}$/, `Invalid value of request parameter '${name}'`)
    .transform(Number)

/** `ASC` or `DESC`, in any letters. */
export const sortOrderQuery = z
  .string()
  .meta({ enum: [...sortOrders] })
  .transform((text, context) => {
    const order = sortOrders.find((known) => known === text.toUpperCase())
    if (order) return order
    context.addIssue({
      code: 'custom',
      message: `Unsupported sort order '${text}'! Only 'ASC' or 'DESC' types are allowed.`,
    })
    return z.NEVER
  })

/** PageLink query parameters, with the texts clients know (as ThingsBoard). */
export const pageQuery = {
  pageSize: wholeNumber('pageSize')
    .refine((n) => n > 0, {
      error: (issue) => `Incorrect page link page size '${String(issue.input)}'. Page size must be greater than zero.`,
    })
    .refine((n) => n <= maxPageSize, `Page size must not be greater than ${maxPageSize}.`),
  page: wholeNumber('page').refine((n) => n >= 0, {
    error: (issue) => `Incorrect page link page '${String(issue.input)}'. Page must be positive integer.`,
  }),
  textSearch: z.string().max(255).optional(),
  sortProperty: z.string().regex(/^\w+$/, 'Invalid sort property').optional(),
  sortOrder: sortOrderQuery.optional(),
}

export const pageQuerySchema = z.object(pageQuery)

/** For paths that answer with a page, or with one entity when a parameter names it. */
export const optionalPageQuery = {
  ...pageQuery,
  pageSize: pageQuery.pageSize.optional(),
  page: pageQuery.page.optional(),
}

/** The page link of a query that names no single entity. */
export const requirePageLink = (query: z.output<z.ZodObject<typeof optionalPageQuery>>): PageLink => {
  const { pageSize, page, ...rest } = query
  if (pageSize === undefined || page === undefined)
    throw new AppError('ARGUMENT_INVALID', missingParameter(pageSize === undefined ? 'pageSize' : 'page'))
  return toPageLink({ ...rest, pageSize, page })
}

/** The page link of a parsed query, without the parameters that are not part of it. */
export const toPageLink = (query: z.output<typeof pageQuerySchema>): PageLink => ({
  pageSize: query.pageSize,
  page: query.page,
  ...(query.textSearch !== undefined && { textSearch: query.textSearch }),
  ...(query.sortProperty !== undefined && { sortProperty: query.sortProperty }),
  ...(query.sortOrder !== undefined && { sortOrder: query.sortOrder }),
})

/** An id in the path. */
export const pathId = z.string().refine((text) => uuidSchema.safeParse(text).success, {
  error: (issue) => `Invalid UUID string: ${String(issue.input)}`,
})

/** The number of a version or a revision, in a path or a query. */
export const versionNumber = z
  .string()
  .regex(/^\d{1,9}$/, 'A version is a whole number')
  .transform(Number)

const flagWords = new Map([
  ['true', true],
  ['on', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['off', false],
  ['no', false],
  ['0', false],
])

/**
 * A flag in a query or path: `true` or `false`. Clients in other languages write `True` (Python) or `1`;
 * the words are those that ThingsBoard takes, other texts are refused.
 */
export const queryFlagOr = (missing?: string) =>
  z
    .string({ ...(missing !== undefined && { error: missing }) })
    .meta({ enum: ['true', 'false'] })
    .transform((text, context) => {
      const flag = flagWords.get(text.toLowerCase())
      if (flag !== undefined) return flag
      context.addIssue({ code: 'custom', message: 'Invalid option: expected true or false' })
      return z.NEVER
    })

export const queryFlag = queryFlagOr()

/** Ids in a query: `a,b`, or the parameter repeated. */
export const idListQuery = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [
    ...new Set(
      [given]
        .flat()
        .flatMap((text) => text.split(','))
        .map((text) => text.trim())
        .filter((text) => text !== ''),
    ),
  ])
  .pipe(z.array(pathId).max(1_000))

/** An id in a query; clients leave parameters empty that they do not mean. */
export const optionalId = z
  .string()
  .optional()
  .transform((text) => text || undefined)
  .pipe(pathId.optional())
