import { z } from 'zod'

export const sortOrders = ['ASC', 'DESC'] as const

/** PageLink query parameters as strings of a URL (as ThingsBoard). */
export const pageLinkSchema = z.object({
  pageSize: z.coerce.number().int().positive().max(10_000),
  page: z.coerce.number().int().min(0),
  textSearch: z.string().max(255).optional(),
  sortProperty: z.string().regex(/^\w+$/).optional(),
  sortOrder: z.enum(sortOrders).optional(),
})
export type PageLink = z.infer<typeof pageLinkSchema>

export type PageData<T> = { data: T[]; totalPages: number; totalElements: number; hasNext: boolean }

export const toPageData = <T>(data: T[], totalElements: number, link: PageLink): PageData<T> => {
  const totalPages = Math.ceil(totalElements / link.pageSize)
  return { data, totalPages, totalElements, hasNext: link.page + 1 < totalPages }
}
